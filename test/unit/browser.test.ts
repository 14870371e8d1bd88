/** A web page is to show what the command line shows, by the same functions: what decides and says it must run in a browser. */
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { build, type BuildResult } from 'esbuild';
import { sourcesBelow } from './sources.ts';

const repository = join(import.meta.dirname, '..', '..');
const rooms = /^src\/(?:product|api|domain|storage|workload|kinds\/\w+\/status)\//;
const entries = sourcesBelow('src').filter(({ path }) => rooms.test(path) && !path.endsWith('.test.ts'));

/** What these rooms need of packages, and what lint alone needs: a page that reads no manifests goes without. */
const packages = ['@noble/hashes'];
const packagesOfLint = ['@bufbuild/cel', '@bufbuild/cel-spec', '@bufbuild/protobuf', '@bufbuild/re2', 'croner', 'yaml'];

/** Types say what the models of flyball/api need: they are for people who write programs, and bring a validator. */
const forPrograms = ['src/api/index.ts', 'src/api/validator.ts', 'src/api/generated/models.ts'];

const paths = entries.map(({ path }) => path).filter((path) => !forPrograms.includes(path));

type Bundle = BuildResult<{ write: false; metafile: true }>;

function bundled(files: readonly string[]): Promise<Bundle> {
  const contents = files.map((path, index) => `export * as room${index} from './${path}';`).join('\n');
  return build({
    stdin: { contents, resolveDir: repository, loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'rooms',
    target: 'es2022',
    logLevel: 'silent',
    absWorkingDir: repository,
  });
}

function packagesIn({ metafile }: Bundle): ReadonlySet<string> {
  const found = Object.keys(metafile.inputs).flatMap(
    (path) => /node_modules\/(@[^/]+\/[^/]+|[^/]+)\//.exec(path)?.[1] ?? [],
  );
  return new Set(found);
}

describe('What decides and says what people see', () => {
  let bundle: Bundle;

  beforeAll(async () => {
    bundle = await bundled(paths);
  });

  it('is bundled for a browser with nothing of Node', () => {
    expect(bundle.warnings).toEqual([]);
    const inputs = Object.keys(bundle.metafile.inputs);
    expect(inputs.length).toBeGreaterThan(100);
    expect(inputs.filter((path) => path.includes('node:') || path.startsWith('src/kube/'))).toEqual([]);
  });

  it('needs few packages, and none of the operator', async () => {
    expect(packagesIn(bundle)).toEqual(new Set([...packages, ...packagesOfLint]));
    const withoutLint = await bundled(paths.filter((path) => !path.startsWith('src/product/lint/')));
    expect(packagesIn(withoutLint)).toEqual(new Set(packages));
  });

  it('runs where there is nothing but the language and what all browsers have', () => {
    const context = createContext({ TextEncoder, TextDecoder, URL });
    runInContext(bundle.outputFiles[0]?.text ?? '', context);
    const index = paths.indexOf('src/product/reasons.ts');
    const told: unknown = runInContext(`rooms.room${index}.reasonOf('TrainingRun', 'Forged').actor`, context);
    expect(told).toBe('Administrator');
  });
});

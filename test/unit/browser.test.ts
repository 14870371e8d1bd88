/** A web page is to show what the command line shows, by the same functions: what decides and says it must run in a browser. */
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { build, type BuildResult } from 'esbuild';
import { sourcesBelow } from './sources.ts';

const repository = join(import.meta.dirname, '..', '..');
const rooms = /^src\/(?:product|api|domain|storage|workload|kinds\/\w+\/status)\//;
const entries = sourcesBelow('src').filter(({ path }) => rooms.test(path) && !path.endsWith('.test.ts'));

/** What these rooms need of packages. */
const packages = ['@noble/hashes'];

/** Types say what the models of flyball/api need: they are for people who write programs, and bring a validator. */
const forPrograms = ['src/api/index.ts', 'src/api/validator.ts', 'src/api/generated/models.ts'];

describe('What decides and says what people see', () => {
  let bundle: BuildResult<{ write: false; metafile: true }>;

  beforeAll(async () => {
    const paths = entries.map(({ path }) => path).filter((path) => !forPrograms.includes(path));
    const contents = paths.map((path, index) => `export * as room${index} from './${path}';`).join('\n');
    bundle = await build({
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
  });

  it('is bundled for a browser with nothing of Node', () => {
    expect(bundle.warnings).toEqual([]);
    const inputs = Object.keys(bundle.metafile.inputs);
    expect(inputs.length).toBeGreaterThan(100);
    expect(inputs.filter((path) => path.includes('node:') || path.startsWith('src/kube/'))).toEqual([]);
  });

  it('needs few packages, and none of the operator', () => {
    const found = Object.keys(bundle.metafile.inputs).flatMap(
      (path) => /node_modules\/(@[^/]+\/[^/]+|[^/]+)\//.exec(path)?.[1] ?? [],
    );
    expect([...new Set(found)].toSorted()).toEqual(packages);
  });

  it('runs where there is nothing but the language and what all browsers have', () => {
    const context = createContext({ TextEncoder, TextDecoder, URL });
    runInContext(bundle.outputFiles[0]?.text ?? '', context);
    const index = entries
      .filter(({ path }) => !forPrograms.includes(path))
      .findIndex(({ path }) => path === 'src/product/reasons.ts');
    const told: unknown = runInContext(`rooms.room${index}.reasonOf('TrainingRun', 'Forged').actor`, context);
    expect(told).toBe('Administrator');
  });
});

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiVersion, trainingRuns, TrainingRun } from 'flyball/api';
import * as source from '../../src/api/index.ts';

const repository = join(import.meta.dirname, '..', '..');
const modules = join(repository, 'node_modules');
const folder = mkdtempSync(join(tmpdir(), 'flyball-package-'));
const consumer = join(folder, 'consumer');

function run(command: string, args: readonly string[], cwd: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** Packs a copy, so that nothing is written where others may be at work, with no more than the build needs. */
function packed(): string {
  const copy = join(folder, 'copy');
  const built = ['src', join('hack', 'build.ts'), 'LICENSE', join('docs', 'cli.md')];
  for (const path of ['package.json', 'tsconfig.json', 'tsconfig.api.json', ...built]) {
    cpSync(join(repository, path), join(copy, path), { recursive: true });
  }
  symlinkSync(modules, join(copy, 'node_modules'));
  const { status, output } = run('npm', ['pack', '--silent', `--pack-destination=${folder}`], copy);
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (status !== 0 || file === undefined) throw new Error(`npm pack failed: ${output}`);
  return join(folder, file);
}

/** Unpacks it beside what it names as its dependencies, and nothing else. */
function install(archive: string): void {
  const installed = join(consumer, 'node_modules', 'flyball');
  mkdirSync(installed, { recursive: true });
  const { status, output } = run('tar', ['-xzf', archive, '--strip-components=1', '-C', installed], folder);
  if (status !== 0) throw new Error(`the archive cannot be unpacked: ${output}`);
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(dependencies)) {
    const link = join(consumer, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(modules, name), link);
  }
}

describe('flyball/api in this repository', () => {
  it('is what src/api/index.ts is', () => {
    expect(TrainingRun).toBe(source.TrainingRun);
    expect(trainingRuns).toEqual(expect.objectContaining({ apiVersion, kind: 'TrainingRun', plural: 'trainingruns' }));
  });

  it('is there for programs that Node runs from source', () => {
    const program = "import { group } from 'flyball/api'; console.log(group)";
    const args = ['--conditions=flyball-source', '--input-type=module', '--eval', program];
    expect(run(process.execPath, args, repository)).toEqual({ status: 0, output: 'flyball.dev\n' });
  });
});

describe('flyball/api in a packed tarball', () => {
  beforeAll(() => {
    install(packed());
    writeFileSync(join(consumer, 'package.json'), '{ "type": "module" }');
  }, 60_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('brings no source, no test and nothing of the operator', () => {
    const wantFiles = /^(package\.json|LICENSE|dist|dist\/api|dist\/api\/.*)$/;
    const files = readdirSync(join(consumer, 'node_modules', 'flyball'), { recursive: true, encoding: 'utf8' });
    expect(files).toContain(join('dist', 'api', 'index.js'));
    expect(files.filter((file) => !wantFiles.test(file))).toEqual([]);
  });

  it('validates objects in plain JavaScript', () => {
    const program = join(consumer, 'program.js');
    writeFileSync(
      program,
      `import { TrainingRun } from 'flyball/api';
       const spec = { image: 'registry.example/train:1' };
       new TrainingRun({ metadata: { name: 'fraud' }, spec }).validate();
       try {
         new TrainingRun({ metadata: { name: 'fraud' }, spec: { ...spec, imagee: 'x' } }).validate();
       } catch ({ message }) {
         console.log(message);
       }`,
    );
    const wantOutput = 'data/spec/imagee must NOT have additional properties\n';
    expect(run(process.execPath, [program], consumer)).toEqual({ status: 0, output: wantOutput });
  });

  it.each(['nodenext', 'bundler'])('types objects in TypeScript, resolved as by %s', (moduleResolution) => {
    const module = moduleResolution === 'bundler' ? 'preserve' : moduleResolution;
    const options = { module, moduleResolution, target: 'es2022', strict: true, noEmit: true, types: [] };
    const program = `import { type ITrainingRun, findCondition, milliseconds, TrainingRun, trainingRuns } from 'flyball/api';
      const run: ITrainingRun = new TrainingRun({ metadata: { name: 'fraud' }, spec: { image: 'train:1' } });
      export const told: string | undefined = findCondition(run.status?.conditions, 'Succeeded')?.message;
      export const wait: number | undefined = milliseconds('5m');
      export const path: string = trainingRuns.plural;
      export const labels: Record<string, string> | undefined = run.metadata?.labels;`;
    writeFileSync(
      join(consumer, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, files: ['good.ts', 'bad.ts'] }),
    );
    writeFileSync(join(consumer, 'good.ts'), program);
    writeFileSync(
      join(consumer, 'bad.ts'),
      "import { TrainingRun } from 'flyball/api';\nexport const run = new TrainingRun({ spec: { image: 7 } });\n",
    );
    const { output } = run(join(modules, '.bin', 'tsc'), ['--pretty', 'false'], consumer);
    const wantError = /^bad\.ts\(2,\d+\): error TS2322: Type 'number' is not assignable to type 'string'\.$/;
    expect(output.trim().split('\n')).toEqual([expect.stringMatching(wantError)]);
  });
});

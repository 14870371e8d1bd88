import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';

const repository = join(import.meta.dirname, '..', '..');
const elsewhere = mkdtempSync(join(tmpdir(), 'flyball-launch-'));

afterAll(() => rmSync(elsewhere, { recursive: true }));

/** A PATH on which there is a shell and what it needs, and neither Node nor npm. */
function withoutNode(): string {
  const folder = join(elsewhere, 'bin');
  mkdirSync(folder, { recursive: true });
  for (const name of ['bash', 'env', 'awk', 'dirname']) {
    const { stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    cpSync(realpathSync(stdout.trim()), join(folder, name));
  }
  return folder;
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  return spawnSync(command, args, { cwd: elsewhere, env, encoding: 'utf8' });
}

const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

describe('Help', () => {
  test.each([['hack/demo'], ['hack/test']])('of %s needs no Node and no packages', (command) => {
    const { status, stdout } = run(join(repository, command), ['--help'], { PATH: withoutNode() });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining(command) });
  });

  test.each([['test:e2e'], ['bench'], ['modelcheck'], ['faults'], ['attacks']])(
    'of npm run %s needs no packages, and names the command',
    (script) => {
      const [launch = '', program = ''] = scripts[script]?.split(' ') ?? [];
      const { status, stdout } = run(join(repository, launch), [program, '--help'], { PATH: withoutNode() });
      expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining(`npm run ${script}`) });
      // What only running the program would fill in.
      expect(stdout).not.toMatch(/\$\{|`;/);
    },
  );

  test('of the clusters is answered by whatever Node starts cli.ts', () => {
    const { status, stdout } = run(process.execPath, [join(repository, 'hack/cluster/cli.ts'), '--help']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('node hack/cluster/cli.ts') });
    expect(realpathSync(join(repository, 'hack/cluster/cli.ts'))).toMatch(/\.mjs$/);
  });
});

describe('The packages', () => {
  test('are not installed through a link, which would empty the folder of somebody else', () => {
    const copy = join(elsewhere, 'copy');
    const script = [
      `mkdir -p ${copy}/hack ${copy}/theirs && cp ${repository}/hack/launch ${repository}/hack/prepare.sh ${copy}/hack`,
      `touch ${copy}/package-lock.json ${copy}/theirs/file && ln -s theirs ${copy}/node_modules`,
      `${copy}/hack/launch program.ts`,
    ].join(' && ');
    const { status, stderr } = run('sh', ['-c', script]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('run npm ci there') });
    expect(existsSync(join(copy, 'theirs', 'file'))).toBe(true);
  });
});

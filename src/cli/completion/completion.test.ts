import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, replyStatus } from '../../../test/builders/apiserver.ts';
import { play } from '../../../test/builders/commandline.ts';
import { modelDeployment } from '../../../test/builders/modeldeployment.ts';
import { modelVersion } from '../../../test/builders/modelversion.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { commands } from '../commands/index.ts';
import { shells } from './shells.ts';

const server = new FakeApiServer();

beforeAll(async () => {
  await server.start();
  const elsewhere = { ...trainingRun(), metadata: { name: 'other', namespace: 'elsewhere' } };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } };
  server.load([trainingRun(), elsewhere, modelVersion(1), modelVersion(2), modelDeployment(), namespace]);
});
beforeEach(() => {
  server.intercept = () => false;
});
afterAll(() => server.stop());

/** The words that are offered, and what the shell does else. */
async function offered(typed: string): Promise<readonly string[]> {
  const { out, err, exitCode } = await play(server, `complete -- ${typed}`);
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  return out
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '');
}

const names = commands.map(({ usage }) => usage.split(' ')[0] ?? '');

describe('Completion offers', () => {
  it.each([
    ['commands', '""', [...names, ':4']],
    ['commands that begin so', 'ge', ['get', ':4']],
    ['kinds', 'get m', ['modelversion', 'modeldeployment', 'monitor', ':4']],
    ['names of a kind', 'get mver ""', ['fraud-1', 'fraud-2', ':4']],
    ['names behind a slash', 'why trun/f', ['trun/fraud', ':4']],
    ['names of another namespace', '-n elsewhere get trun ""', ['other', ':4']],
    ['names after an option and its value', 'get -o json trun ""', ['fraud', ':4']],
    ['options', 'get --all', ['--all-namespaces', ':4']],
    ['values of an option', 'get -o ""', ['json', 'yaml', ':4']],
    ['values behind an equals sign', 'get --output=y', ['--output=yaml', ':4']],
    ['namespaces', 'get -n ""', ['team', ':4']],
    ['files where an option takes one', 'get --kubeconfig ""', [':0']],
    ['nothing for a kind that there is not', 'get pods ""', [':4']],
    ['nothing behind the last argument', 'get trun fraud ""', [':4']],
  ])('%s', async (_, typed, want) => {
    expect(await offered(typed)).toEqual(want);
  });

  it('nothing where the cluster refuses, and says nothing', async () => {
    server.intercept = (_, response) => {
      replyStatus(response, 403, 'Forbidden');
      return true;
    };
    expect(await offered('get trun ""')).toEqual([':4']);
  });

  it('no word that would mean something to a shell', async () => {
    server.intercept = (_, response) => {
      const items = ['$(reboot)', 'a;b', 'plain'].map((name) => ({ metadata: { name } }));
      response.end(JSON.stringify({ metadata: {}, items }));
      return true;
    };
    expect(await offered('get trun ""')).toEqual(['plain', ':4']);
  });
});

describe('The script for a shell', () => {
  it.each(shells)('is there for %s', async (shell) => {
    const { out, exitCode } = await play(server, `completion ${shell}`);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/kubectl-flyball complete/);
  });

  it('is one that bash can read', async () => {
    const { out } = await play(server, 'completion bash');
    const { status, stderr } = spawnSync('bash', ['-n'], { input: out, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('is refused for a shell that is not known', async () => {
    expect(await play(server, 'completion tcsh')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('bash, zsh'),
    });
  });
});

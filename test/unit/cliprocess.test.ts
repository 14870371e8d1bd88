import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer } from '../builders/apiserver.ts';
import { trainingRun } from '../builders/trainingrun.ts';

/** The command line as a process of its own: what main.ts makes of signals, pipes, the environment and kubeconfigs. */
const program = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');
const server = new FakeApiServer();
let folder = '';
let kubeconfig = '';

interface Ended {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number | null;
}

function begin(line: string, environment: NodeJS.ProcessEnv = {}): ChildProcess & { ended: Promise<Ended> } {
  const clean = { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: kubeconfig };
  const child = spawn(process.execPath, [program, ...line.split(' ')], { env: { ...clean, ...environment } });
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  const ended = Promise.all([text(child.stdout), text(child.stderr), exit]).then(([out, err, exitCode]) => ({
    out,
    err,
    exitCode,
  }));
  return Object.assign(child, { ended });
}

const exitOf = (child: ChildProcess) => new Promise<number | null>((resolve) => child.on('exit', resolve));

/** @param name of the file */
function written(name: string, cluster: object, user: object = {}): string {
  const config = {
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u', namespace: 'team' } }],
    'current-context': 'x',
  };
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(config));
  return file;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flyball-cli-'));
  await server.start();
  server.load([trainingRun()]);
  kubeconfig = written('config', { server: server.url });
});
beforeEach(() => {
  server.intercept = () => false;
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

describe('kubectl flyball as a process', () => {
  it('reads the namespace from the kubeconfig, and is not coloured in a pipe', async () => {
    const { out, err, exitCode } = await begin('get').ended;
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(out).toContain('fraud');
    expect(out).not.toContain('\u001B[');
  });

  it('passes over kubeconfigs that are not there, and takes several', async () => {
    const files = [join(folder, 'gone'), written('other', { server: 'http://127.0.0.1:1' }), kubeconfig];
    const { err, exitCode } = await begin('get', { KUBECONFIG: files.join(delimiter) }).ended;
    expect({ err, exitCode }).toEqual({
      err: expect.stringContaining('nothing listens at http://127.0.0.1:1'),
      exitCode: 1,
    });
  });

  it.each([
    ['without one', 'get', { KUBECONFIG: '' }, 'there is no kubeconfig'],
    ['with one that is not there', 'get --kubeconfig /nowhere/config', {}, 'there is no file /nowhere/config'],
    [
      'with a context that is not there',
      'get --context y',
      {},
      'there is no context "y" in the kubeconfig; there are x',
    ],
    ['with a time that is none', 'get --request-timeout soon', {}, '--request-timeout soon is no time'],
  ])('refuses a command %s', async (_, line, environment, wantWords) => {
    const { out, err, exitCode } = await begin(line, environment).ended;
    expect({ out, err, exitCode }).toEqual({ out: '', err: expect.stringContaining(wantWords), exitCode: 2 });
  });

  it('names the program that would get the credentials', async () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-plugin', installHint: 'Get it' };
    const file = written('exec', { server: 'https://127.0.0.1:1' }, { exec });
    const { err, exitCode } = await begin(`get --kubeconfig ${file}`).ended;
    expect(exitCode).toBe(1);
    expect(err).toMatch(/"no-such-plugin".*not on the PATH.*the kubeconfig said: Get it/);
    expect(err).toContain(`\`kubectl --kubeconfig ${file} config view --minify\``);
  });

  it('waits for an answer no longer than it was told', async () => {
    server.intercept = () => true;
    const { err, exitCode } = await begin('get --request-timeout 200ms').ended;
    expect({ err, exitCode }).toEqual({ err: expect.stringContaining('did not answer in time'), exitCode: 1 });
  });

  it.each([
    ['Ctrl-C', 'SIGINT', 130],
    ['its terminal being closed', 'SIGHUP', 129],
  ] as const)('ends by %s at once, with the exit code that shells know', async (_, signal, wantCode) => {
    const asked = new Promise<void>((resolve) => {
      server.intercept = () => {
        resolve();
        return true;
      };
    });
    const child = begin('get');
    await asked;
    child.kill(signal);
    expect(await child.ended).toEqual({ out: '', err: '', exitCode: wantCode });
  });

  it('ends well when whoever reads it has seen enough', async () => {
    const child = begin('get -o yaml');
    child.ended.catch(() => undefined);
    child.stdout?.destroy();
    expect(await exitOf(child)).toBe(0);
  });

  it('keeps its exit code when nobody reads it', async () => {
    const child = begin('why trun absent');
    child.ended.catch(() => undefined);
    child.stderr?.destroy();
    expect(await exitOf(child)).toBe(1);
  });

  it('takes away what it made when nobody reads it any more', async () => {
    const run = trainingRun({ spec: { output: { uri: 'pvc://models/fraud' } } });
    const metadata = { ...run.metadata, name: 'kept', uid: '11111111-2222-4333-8444-555555555555' };
    server.put('/apis/flyball.dev/v1alpha1/namespaces/team/trainingruns/kept', { ...run, metadata });
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: { accessModes: ['ReadWriteMany'] } };
    server.put('/api/v1/namespaces/team/persistentvolumeclaims/models', claim);
    const child = begin('artifacts kept');
    child.ended.catch(() => undefined);
    child.stderr?.destroy();
    expect(await exitOf(child)).toBe(1);
    const methods = server.requests.filter(({ path }) => /\/pods\b/.test(path)).map(({ method }) => method);
    expect(methods.filter((method) => method !== 'GET')).toEqual(['POST', 'DELETE']);
  });
});

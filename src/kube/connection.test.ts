import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chosenCluster, kubeConfigConnection } from './connection.ts';

let folder: string;
const before = process.env['KUBECONFIG'];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flyball-connection-'));
  process.env['KUBECONFIG'] = join(folder, 'config');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  if (before === undefined) delete process.env['KUBECONFIG'];
  else process.env['KUBECONFIG'] = before;
});

/** Writes a kubeconfig with this user and gives what it leads to. */
function connect(user: object, cluster: object = {}) {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: 'https://example.test/prefix/', ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  };
  writeFileSync(join(folder, 'config'), JSON.stringify(config));
  return kubeConfigConnection();
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('The connection', () => {
  it('bears the token and trusts the CA of the kubeconfig', async () => {
    const connection = connect({ token: 'secret' }, { 'certificate-authority-data': base64('the CA') });
    expect(await connection()).toEqual({
      server: 'https://example.test/prefix',
      headers: { Authorization: 'Bearer secret' },
      tls: { ca: 'the CA' },
    });
  });

  it('shows the client certificate, read anew each time', async () => {
    const file = join(folder, 'client.crt');
    writeFileSync(file, 'first');
    const connection = connect({ 'client-certificate': file, 'client-key-data': base64('key') });
    expect((await connection()).tls).toEqual({ cert: 'first', key: 'key' });
    writeFileSync(file, 'second');
    expect((await connection()).tls).toMatchObject({ cert: 'second' });
  });

  it('asks the exec plugin', async () => {
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'made' },
    };
    const args = ['-e', `console.log(${JSON.stringify(JSON.stringify(credential))})`];
    const connection = connect({ exec: { apiVersion: credential.apiVersion, command: process.execPath, args } });
    expect((await connection()).headers).toEqual({ Authorization: 'Bearer made' });
  });

  it('reads a token file', async () => {
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, 'from the file\n');
    const connection = connect({ 'auth-provider': { name: 'tokenFile', config: { tokenFile } } });
    expect((await connection()).headers).toEqual({ Authorization: 'Bearer from the file' });
  });

  it('fails on each call while credentials cannot be had, and not for good', async () => {
    const connection = connect({ exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-plugin' } });
    await expect(connection()).rejects.toThrow('no-such-plugin');
    await expect(connection()).rejects.toThrow('no-such-plugin');
  });

  it.each([
    ['there is no such context', [], 'there is no context "x" in the kubeconfig; there are none'],
    ['the context names no cluster', [{ name: 'x', context: { cluster: 'gone' } }], 'context "x" names no cluster'],
  ])('is refused where %s', (_, contexts, wantMessage) => {
    const config = { clusters: [], users: [], contexts, 'current-context': 'x' };
    writeFileSync(join(folder, 'config'), JSON.stringify(config));
    expect(kubeConfigConnection).toThrow(wantMessage);
  });

  it('takes of several files what the first one tells of a name', () => {
    const files = ['one', 'other'].map((name) => {
      const file = join(folder, name);
      const config = {
        clusters: [{ name: 'c', cluster: { server: `https://${name}.test`, 'proxy-url': 'http://proxy.test' } }],
        users: [{ name: 'u', user: {} }],
        contexts: [{ name, context: { cluster: 'c', user: 'u', namespace: `of-${name}` } }],
        'current-context': name,
      };
      writeFileSync(file, JSON.stringify(config));
      return file;
    });
    const told = { server: 'https://one.test', proxy: 'http://proxy.test' };
    expect(chosenCluster({ kubeconfigs: files })).toMatchObject({ ...told, context: 'one', namespace: 'of-one' });
    expect(chosenCluster({ kubeconfigs: files, context: 'other' })).toMatchObject({ ...told, namespace: 'of-other' });
  });

  it('impersonates whom the kubeconfig names, or instead whom a person names', async () => {
    connect({ token: 'secret', as: 'robot' });
    const headersAs = async (choice: object) => (await chosenCluster(choice).connect()).headers;
    expect(await headersAs({})).toEqual({ Authorization: 'Bearer secret', 'Impersonate-User': 'robot' });
    expect(await headersAs({ as: 'eve', asGroups: ['a', 'b'] })).toEqual({
      Authorization: 'Bearer secret',
      'impersonate-user': 'eve',
      'impersonate-group': ['a', 'b'],
    });
  });

  it('goes without TLS only where there are no credentials', async () => {
    const cluster = { server: 'http://127.0.0.1:8001' };
    expect(await connect({}, cluster)()).toMatchObject({ server: cluster.server });
    await expect(connect({ token: 'secret' }, cluster)()).rejects.toThrow('HTTP protocol is not allowed');
    expect((await connect({})()).tls.rejectUnauthorized).not.toBe(false);
  });
});

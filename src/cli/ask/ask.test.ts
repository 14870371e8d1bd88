import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { FakeApiServer, type ReceivedRequest, reply, replyStatus } from '../../../test/builders/apiserver.ts';
import { play } from '../../../test/builders/commandline.ts';
import { modelDeployment, server as openInference } from '../../../test/builders/modeldeployment.ts';
import { replicaSetOf } from '../../../test/builders/replicaset.ts';
import { ownerReference } from '../../api/resource.ts';
import type { ModelDeploymentSpec } from '../../api/types.ts';

let server: FakeApiServer;
const proxied = '/services/http:fraud-aaaaaaaa:http/proxy';

/** What the model answers; of the API server there is no port to forward. */
let answers: (request: ReceivedRequest, path: string) => { readonly code: number; readonly body: object };

beforeEach(async () => {
  server = new FakeApiServer();
  answers = () => ({ code: 200, body: { answered: true } });
  server.intercept = (request, response) => {
    const { path } = request;
    if (path.endsWith('/portforward')) {
      replyStatus(response, 403, 'Forbidden');
      return true;
    }
    if (!path.includes('/proxy')) return false;
    const { code, body } = answers(request, path.slice(path.indexOf('/proxy') + '/proxy'.length));
    reply(response, code, body);
    return true;
  };
  await server.start();
});
afterEach(() => server.stop());

function serve(isReady = true, spec: Partial<ModelDeploymentSpec> = {}): void {
  const deployment = modelDeployment({
    spec: { observe: {}, ...spec },
    status: {
      stable: { revision: 'aaaaaaaa', version: 'fraud-4', uri: 'pvc://models/x', since: '2026-11-24T10:00:00Z' },
    },
  });
  const labels = { 'flyball.dev/model-deployment': 'fraud' };
  const metadata = { namespace: 'team', labels };
  const workload = {
    apiVersion: 'apps/v1' as const,
    kind: 'Deployment' as const,
    metadata: { ...metadata, name: 'fraud-aaaaaaaa', uid: 'workload', ownerReferences: [ownerReference(deployment)] },
  };
  const replicaSet = replicaSetOf(workload);
  const pod: IPod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name: 'fraud-aaaaaaaa-x7k2p', ownerReferences: [ownerReference(replicaSet)] },
    spec: { containers: [{ name: 'main', ports: [{ name: 'inference', containerPort: 8900 }] }] },
    status: { conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
  };
  server.put('/apis/flyball.dev/v1alpha1/namespaces/team/modeldeployments/fraud', deployment);
  server.put('/apis/apps/v1/namespaces/team/deployments/fraud-aaaaaaaa', workload);
  server.put(`/apis/apps/v1/namespaces/team/replicasets/${replicaSet.metadata?.name}`, {
    ...replicaSet,
    metadata: { ...replicaSet.metadata, labels },
  });
  server.put('/api/v1/namespaces/team/pods/fraud-aaaaaaaa-x7k2p', pod);
}

const asked = () => server.requests.filter(({ path }) => path.includes('/proxy'));

describe('kubectl flyball ask', () => {
  it('goes by the Service where a port may not be forwarded, and says so', async () => {
    serve();
    const { out, err, exitCode } = await play(server, 'ask fraud -', { input: '{"inputs": []}' });
    expect(JSON.parse(out)).toEqual({ answered: true });
    expect(err).toContain(
      'proxy to Service fraud-aaaaaaaa, since its port is not forwarded: the server says Forbidden',
    );
    expect(err).toContain('counts as a request of a client');
    expect(err).toMatch(/POST \/v2\/models\/fraud\/infer: 200 OK in \d+m?s\n$/);
    expect(exitCode).toBe(0);
    expect(asked()[0]).toMatchObject({
      method: 'POST',
      path: expect.stringContaining(`${proxied}/v2/models/fraud/infer`),
      body: { inputs: [] },
    });
  });

  it('sends zeros of what the server says that it takes', async () => {
    serve();
    answers = ({ method, body }) =>
      method === 'GET'
        ? { code: 200, body: { inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 3] }] } }
        : { code: 200, body };
    const { out, exitCode } = await play(server, 'ask mdep/fraud --model other');
    expect(JSON.parse(out)).toEqual({ inputs: [{ name: 'x', datatype: 'FP32', shape: [1, 3], data: [0, 0, 0] }] });
    expect(asked().map(({ path }) => path.split('/proxy')[1])).toEqual(['/v2/models/other', '/v2/models/other/infer']);
    expect(exitCode).toBe(0);
  });

  it('prints what the server says of the model where that says nothing of its inputs', async () => {
    serve();
    answers = () => ({ code: 200, body: { name: 'fraud', inputs: [] } });
    const { out, err, exitCode } = await play(server, 'ask fraud');
    expect(JSON.parse(out)).toEqual({ name: 'fraud', inputs: [] });
    expect(err).toContain('give it a body');
    expect(exitCode).toBe(0);
  });

  it('fails with an answer that is an error, and shows it', async () => {
    serve();
    answers = () => ({ code: 422, body: { error: 'send 30 readings' } });
    const { out, exitCode } = await play(server, 'ask fraud - -o json', { input: '{}' });
    expect(JSON.parse(out)).toEqual({
      status: 422,
      contentType: 'application/json',
      body: { error: 'send 30 readings' },
    });
    expect(exitCode).toBe(1);
  });

  it('tells an answer of the API server from one of the model', async () => {
    serve();
    const message = 'no endpoints available';
    answers = () => ({ code: 503, body: { kind: 'Status', apiVersion: 'v1', code: 503, message } });
    const { out, err, exitCode } = await play(server, 'ask fraud -', { input: '{}' });
    expect([out, exitCode]).toEqual(['', 1]);
    expect(err).toContain(`${message}. What goes on there, \`kubectl flyball why mdep fraud -n team\` tells`);
  });

  it('points to why where nothing is ready, or no revision has the role', async () => {
    serve(false);
    for (const line of ['ask fraud', 'ask fraud --candidate', 'ask fraud --revision ffffffff']) {
      const { err, exitCode } = await play(server, line);
      expect(err).toContain('kubectl flyball why mdep fraud -n team');
      expect(exitCode).toBe(1);
    }
    expect(asked()).toEqual([]);
  });

  it('asks a server of HTTP for the path that the person writes', async () => {
    serve(true, { server: { ...openInference, protocol: 'HTTP' } });
    await play(server, 'ask fraud');
    await play(server, 'ask fraud - --path /predict?verbose=1', { input: '"words"' });
    expect(asked().map(({ method, path }) => `${method} ${path.split('/proxy')[1]}`)).toEqual([
      'GET /',
      'POST /predict',
    ]);
  });

  it('says hello to the first model that a server of OpenAI lists, or to the one that is named', async () => {
    serve(true, { server: { ...openInference, protocol: 'OpenAI' } });
    answers = ({ method, body }) =>
      method === 'GET' ? { code: 200, body: { data: [{ id: 'org/small' }, { id: 'other' }] } } : { code: 200, body };
    const { out, exitCode } = await play(server, 'ask fraud');
    expect(JSON.parse(out)).toEqual({
      model: 'org/small',
      messages: [{ role: 'user', content: 'Say hello.' }],
      max_tokens: 16,
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse((await play(server, 'ask fraud --model org/other')).out)).toMatchObject({ model: 'org/other' });
    const paths = ['/v1/models', '/v1/chat/completions'];
    expect(asked().map(({ path }) => path.split('/proxy')[1])).toEqual([...paths, ...paths]);
  });

  it('makes neither a path nor a command of what such a server calls its model', async () => {
    serve(true, { server: { ...openInference, protocol: 'OpenAI' } });
    const id = '../../admin\n\u001b[31m\u202e"}';
    answers = ({ method, body }) => ({ code: 200, body: method === 'GET' ? { data: [{ id }] } : body });
    const { out, err } = await play(server, 'ask fraud');
    expect(asked().map(({ path }) => path.split('/proxy')[1])).toEqual(['/v1/models', '/v1/chat/completions']);
    expect(asked()[1]?.body).toMatchObject({ model: id });
    for (const mark of ['\u001b', '\u202e']) expect(`${out}${err}`).not.toContain(mark);
  });

  it('sends a body to another path of such a server where the person writes one', async () => {
    serve(true, { server: { ...openInference, protocol: 'OpenAI' } });
    await play(server, 'ask fraud - --path /v1/embeddings', { input: '{"model": "m", "input": "x"}' });
    await play(server, 'ask fraud -', { input: '{"model": "m", "messages": []}' });
    expect(asked().map(({ path }) => path.split('/proxy')[1])).toEqual(['/v1/embeddings', '/v1/chat/completions']);
  });

  it('sends no body of more than 64 MiB, from a file as from its input', async () => {
    serve(true, { server: { ...openInference, protocol: 'HTTP' } });
    const folder = await mkdtemp(join(tmpdir(), 'flyball-ask-'));
    const file = join(folder, 'body');
    await writeFile(file, '');
    await truncate(file, 64 * 1024 * 1024 + 1);
    const { err, exitCode } = await play(server, `ask fraud ${file}`);
    await rm(folder, { recursive: true });
    expect(err).toContain('longer than 64 MiB');
    expect(exitCode).toBe(2);
    expect(asked()).toEqual([]);
  });

  it('refuses what is no path, no name of a model, no JSON and no file', async () => {
    serve(true, { server: { ...openInference, protocol: 'HTTP' } });
    for (const path of ['predict', '/a/../b', '"/a b"', '/a#b', '/x\u202E', '/%2E./x']) {
      expect((await play(server, `ask fraud --path ${path}`)).exitCode).toBe(2);
    }
    serve();
    for (const line of ['ask fraud --path /x', 'ask fraud --model ../../x', 'ask fraud /absent/file']) {
      expect((await play(server, line)).exitCode).toBe(2);
    }
    expect((await play(server, 'ask absent')).exitCode).toBe(1);
    expect((await play(server, 'ask fraud -', { input: 'no JSON' })).exitCode).toBe(2);
    expect(asked()).toEqual([]);
  });
});

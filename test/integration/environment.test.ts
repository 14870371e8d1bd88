import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { trainingRun } from './objects.ts';
import { eventually } from './program.ts';

const collection = '/apis/flyball.dev/v1alpha1/namespaces/default/trainingruns';

let environment: Environment;

beforeAll(async () => {
  environment = await startEnvironment();
}, 600_000);

afterAll(async () => {
  await environment.stop();
}, 30_000);

test('what was written survives a killed API server', async () => {
  await environment.request('POST', collection, { body: trainingRun({}, 'kept') });
  await environment.restartApiServer({ kill: true });
  expect(await environment.request('GET', `${collection}/kept`)).toMatchObject({ status: 200 });
}, 60_000);

test('a watch from before a compaction is told that its version is gone', async () => {
  const { body } = await environment.request('GET', collection);
  const { resourceVersion } = (body as { readonly metadata: { readonly resourceVersion: string } }).metadata;
  await environment.request('POST', collection, { body: trainingRun({}, 'later') });
  await environment.compact();
  await environment.restartApiServer();
  const watch = `${collection}?watch=true&resourceVersion=${resourceVersion}&timeoutSeconds=5`;
  let answer = await environment.request('GET', watch);
  // Just restarted, the API server asks for patience while it fills its cache.
  await eventually(async () => (answer = await environment.request('GET', watch)).status !== 429, { limitMs: 30_000 });
  expect(answer.body).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
}, 60_000);

test('a user without rights is refused', async () => {
  expect(await environment.request('GET', collection, { user: 'author' })).toMatchObject({ status: 403 });
});

/** Each component of examples/servers, put together with a ModelDeployment by kubectl, is what a real API server takes. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { apiVersion } from '../../src/api/labels.ts';
import { serverExample, serverExamples, serverFolder } from '../builders/serverexample.ts';
import { type Environment, startEnvironment } from './environment.ts';

let environment: Environment;
const folder = mkdtempSync(join(tmpdir(), 'flyball-servers-'));

beforeAll(async () => {
  environment = await startEnvironment();
  cpSync(serverFolder, join(folder, 'servers'), { recursive: true });
}, 600_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await environment.stop();
}, 30_000);

const own = {
  apiVersion,
  kind: 'ModelDeployment',
  metadata: { name: 'chat' },
  spec: { model: { uri: 's3://models/chat', digest: `sha256:${'0'.repeat(64)}` }, replicas: 2 },
};

it.each(serverExamples)('%s', async (name) => {
  const kustomization = { resources: ['modeldeployment.yaml'], components: [`servers/${name}`] };
  writeFileSync(join(folder, 'modeldeployment.yaml'), stringify(own));
  writeFileSync(join(folder, 'kustomization.yaml'), stringify(kustomization));
  const built: unknown = parse(execFileSync(environment.kubectl, ['kustomize', folder], { encoding: 'utf8' }));
  expect(built).toEqual({ ...own, spec: { ...own.spec, server: serverExample(name) } });
  const path = '/apis/flyball.dev/v1alpha1/namespaces/default/modeldeployments?dryRun=All&fieldValidation=Strict';
  const answer = await environment.request('POST', path, { body: built });
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
});

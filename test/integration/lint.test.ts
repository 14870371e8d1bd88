import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Environment, startEnvironment } from './environment.ts';
import { trainingRun } from './objects.ts';
import { eventually } from './program.ts';

let environment: Environment;

const rules = '/apis/admissionregistration.k8s.io/v1';

beforeAll(async () => {
  environment = await startEnvironment();
  await environment.request('POST', `${rules}/validatingadmissionpolicies`, { body: policy });
  await environment.request('POST', `${rules}/validatingadmissionpolicybindings`, { body: binding });
}, 600_000);

afterAll(async () => {
  await environment.stop();
}, 30_000);

/** Something that no schema knows. */
const policy = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'no-thirteen' },
  spec: {
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: ['flyball.dev'],
          apiVersions: ['*'],
          operations: ['CREATE', 'UPDATE'],
          resources: ['trainingruns'],
        },
      ],
    },
    validations: [
      {
        expression: '!has(object.spec.seed) || object.spec.seed != 13',
        message: 'spec.seed is 13: choose another one',
      },
    ],
  },
};
const binding = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: 'no-thirteen' },
  spec: { policyName: 'no-thirteen', validationActions: ['Deny'] },
};

const program = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

function lint(object: object, ...flags: readonly string[]) {
  const args = [program, 'lint', '-', '--kubeconfig', environment.kubeconfig, ...flags];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    input: JSON.stringify(object, undefined, 2),
  });
  return { stdout, stderr, status };
}

describe('kubectl flyball lint --server', () => {
  test('shows what a policy of a real API server says, at the line of the field, which lint alone does not know', async () => {
    const object = trainingRun({ seed: 13 });
    expect(lint(object)).toMatchObject({ status: 0, stderr: '' });
    // The API server reads new policies after a moment.
    const isRefused = () => Promise.resolve(lint(object, '--server').status === 1);
    expect(await eventually(isRefused, { limitMs: 60_000 })).toBe(true);
    expect(lint(object, '--server').stdout).toMatch(
      /^stdin:10:\d+: error: spec.seed: .*spec.seed is 13: choose another one\n/,
    );
  }, 90_000);

  test('has nothing kept', async () => {
    expect(lint(trainingRun({}, 'linted'), '--server')).toMatchObject({ status: 0, stderr: '' });
    const path = '/apis/flyball.dev/v1alpha1/namespaces/default/trainingruns/linted';
    expect((await environment.request('GET', path)).status).toBe(404);
  });

  test('names a namespace that there is not', () => {
    const object = { ...trainingRun(), metadata: { name: 'fraud', namespace: 'nowhere' } };
    expect(lint(object, '--server')).toMatchObject({
      status: 1,
      stderr: 'warning: the API server was not asked: the cluster has no namespace "nowhere": make it first\n',
    });
  });
});

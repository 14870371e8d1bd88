import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { KubeConfig, KubernetesObjectApi } from '@kubernetes/client-node';
import type { KubernetesObject } from '@kubernetes/client-node';
import { TrainingRun } from '../../src/api/generated/models.ts';
import { startEnvironment } from './environment.ts';
import type { Answer, Environment } from './environment.ts';
import { modelDeployment, modelVersion, monitor, trainingRun } from './objects.ts';
import { refusals } from './refusals/index.ts';
import { wholeModelDeployments, wholeModelVersions, wholeTrainingRuns } from './whole.ts';
import { wholeMonitor } from './wholemonitor.ts';

interface CustomObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec: object;
  readonly status?: object;
}

interface StatusBody {
  readonly message: string;
  readonly details?: { readonly causes?: readonly { readonly field: string; readonly message: string }[] };
}

let environment: Environment;

beforeAll(async () => {
  environment = await startEnvironment();
}, 600_000);

afterAll(async () => {
  await environment.stop();
}, 30_000);

function collection({ kind }: { readonly kind: string }): string {
  return `/apis/flyball.dev/v1alpha1/namespaces/default/${kind.toLowerCase()}s`;
}

function pathOf(object: CustomObject): string {
  return `${collection(object)}/${object.metadata?.name}`;
}

/** As `kubectl create --dry-run=server`, which is strict about unknown fields. */
async function dryRun(object: { readonly kind: string }): Promise<Answer> {
  return environment.request('POST', `${collection(object)}?dryRun=All&fieldValidation=Strict`, { body: object });
}

async function create(object: CustomObject): Promise<Answer> {
  return environment.request('POST', `${collection(object)}?fieldValidation=Strict`, { body: object });
}

function causes({ body }: Answer): readonly object[] {
  return ((body as StatusBody).details?.causes ?? []).map(({ field, message }) => ({ field, message }));
}

function kubectl(...args: readonly string[]): {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
} {
  return spawnSync(environment.kubectl, ['--kubeconfig', environment.kubeconfig, ...args], { encoding: 'utf8' });
}

describe('the API server refuses by a CEL rule', () => {
  test.each(refusals)('when $because', async ({ object, field, message }) => {
    const answer = await dryRun(object);
    expect(answer.status).toBe(422);
    expect(causes(answer)).toEqual([{ field, message }]);
  });

  test.each(refusals.filter(({ border }) => border !== undefined))(
    'but not the nearest that is meant, where $because',
    async ({ border }) => {
      expect(await dryRun(border ?? { kind: '' })).toMatchObject({ status: 201 });
    },
  );

  test('when a ModelVersion is edited', async () => {
    const version = modelVersion({ number: 2 }, 'fraud-2');
    expect((await create(version)).status).toBe(201);
    const patch = (body: object): Promise<Answer> =>
      environment.request('PATCH', pathOf(version), { body, contentType: 'application/merge-patch+json' });
    expect(causes(await patch({ spec: { metrics: { f1: '0.99' } } }))).toEqual([
      {
        field: 'spec',
        message:
          'Invalid value: spec is the record of attempt 2 of fraud and cannot be changed: change the TrainingRun to make another version, or delete this one',
      },
    ]);
    expect((await patch({ metadata: { labels: { team: 'a' } } })).status).toBe(200);
  });
});

describe('the API server refuses by the schema', () => {
  const run = (spec: Readonly<Record<string, unknown>>) => trainingRun(spec);
  const dataset = (uri: string) => run({ datasets: [{ name: 'train', uri }] });

  test.each([
    { because: 'a field is unknown', object: run({ imagee: 'x' }), wanted: 'unknown field "spec.imagee"' },
    { because: 'an image is empty', object: run({ image: '' }), wanted: 'spec.image' },
    {
      because: 'a threshold is a text',
      object: run({ gate: [{ metric: 'f1', min: '0.9' }] }),
      wanted: 'spec.gate[0].min: Invalid value: "string": spec.gate[0].min in body must be of type number: "string"',
    },
    {
      because: 'a threshold has more digits than can be compared exactly',
      object: run({ gate: [{ metric: 'f1', min: 1e15 }] }),
      wanted: 'spec.gate[0].min in body should be less than or equal to 999999999999999',
    },
    { because: 'a dataset has an empty uri', object: dataset(''), wanted: 'spec.datasets[0].uri' },
    {
      because: 'two datasets have one name',
      object: run({
        datasets: [
          { name: 'a', uri: 'pvc://a/b' },
          { name: 'a', uri: 'pvc://a/c' },
        ],
      }),
      wanted: 'spec.datasets[1]: Duplicate value',
    },
    { because: 'a gang has no node', object: run({ nodes: 0 }), wanted: 'spec.nodes' },
    {
      because: 'a step takes all',
      object: modelDeployment({ rollout: { steps: [{ weight: 100, hold: '1m' }] } }),
      wanted: 'spec.rollout.steps[0].weight',
    },
    {
      because: 'errors has fields',
      object: monitor({ checks: [{ name: 'errors', errors: { codes: [500] }, max: 0 }] as never }),
      wanted: 'unknown field "spec.checks[0].errors.codes"',
    },
    { because: 'a Monitor checks nothing', object: monitor({ checks: [] }), wanted: 'spec.checks' },
    {
      because: 'a measure is unknown',
      object: monitor({
        checks: [{ name: 'drift', drift: { signal: 'a', test: 'KS', window: '1h' }, max: 1 }] as never,
      }),
      wanted: 'spec.checks[0].drift.test',
    },
  ])('when $because', async ({ object, wanted }) => {
    const answer = await dryRun(object);
    expect([400, 422]).toContain(answer.status);
    expect((answer.body as StatusBody).message).toContain(wanted);
  });
});

describe('the API server accepts', () => {
  test.each<CustomObject>([...wholeTrainingRuns, ...wholeModelVersions, ...wholeModelDeployments, wholeMonitor])(
    'every field of a $kind, and keeps it',
    async (object) => {
      const created = await create(object);
      expect(created).toMatchObject({ status: 201, body: { spec: object.spec } });
      if (!object.status) return;
      const body = { ...(created.body as object), status: object.status };
      const updated = await environment.request('PUT', `${pathOf(object)}/status?fieldValidation=Strict`, { body });
      expect(updated).toMatchObject({ status: 200, body: { spec: object.spec, status: object.status } });
    },
  );

  test('a TrainingRun of the model class from the typed client', async () => {
    const config = new KubeConfig();
    config.loadFromFile(environment.kubeconfig);
    const run = new TrainingRun({ metadata: { name: 'typed', namespace: 'default' }, spec: trainingRun().spec });
    // The client's types have Date where JSON, and so the model class, has a string.
    const created = await KubernetesObjectApi.makeApiClient(config).create(run as unknown as KubernetesObject);
    expect(created).toMatchObject({
      kind: 'TrainingRun',
      metadata: { name: 'typed' },
      spec: { image: 'example.com/train:1' },
    });
  });

  test('a server-side apply by YAML, and applying it again changes nothing', async () => {
    const file = manifest('again', { ...wholeMonitor, metadata: { name: 'again', namespace: 'default' } });
    expect(kubectl('apply', '--server-side', '-f', file).stderr).toBe('');
    expect(kubectl('diff', '--server-side', '-f', file)).toMatchObject({ status: 0, stdout: '' });
  });
});

describe('kubectl', () => {
  test.each(['trainingrun', 'modelversion', 'modeldeployment', 'monitor'])('explains a %s', (kind) => {
    const explained = kubectl('explain', `${kind}.spec`, '--recursive');
    expect(explained).toMatchObject({ status: 0, stderr: '' });
    expect(explained.stdout).toMatch(/^GROUP: +flyball.dev\nKIND: +\w+\nVERSION: +v1alpha1\n/);
    expect(explained.stdout).not.toContain('<empty>');
  });

  test('explains a field with its default', () => {
    expect(kubectl('explain', 'trun.spec.retry.limit').stdout).toContain('0 by default.');
  });

  test('lists all kinds by their short names', async () => {
    await create(trainingRun({}, 'listed'));
    const { stdout, status } = kubectl('get', 'trun,mver,mdep,mon', '-A');
    expect(status).toBe(0);
    const headings = stdout.split('\n').filter((line) => line.startsWith('NAMESPACE'));
    expect(headings.map((line) => line.trim().split(/ {2,}/).slice(2))).toEqual([
      ['SUCCEEDED', 'REASON', 'ATTEMPT', 'VERSION', 'METRIC', 'NEXT', 'AGE'],
      ['RUN', 'NUMBER', 'TRIGGER', 'METRIC', 'DIGEST', 'AGE'],
      ['READY', 'REASON', 'PODS', 'VERSION', 'CANDIDATE', 'WEIGHT', 'AGE'],
      ['READY', 'REASON', 'CHECKS', 'FAILING', 'RETRAINED', 'AGE'],
    ]);
  });

  test('finds all kinds in the category mlops', () => {
    const { stdout } = kubectl('api-resources', '--categories=mlops', '-o', 'name');
    expect(stdout.trim().split('\n')).toEqual([
      'modeldeployments.flyball.dev',
      'modelversions.flyball.dev',
      'monitors.flyball.dev',
      'trainingruns.flyball.dev',
    ]);
  });
});

describe('the scale subresource of a ModelDeployment', () => {
  test('answers 1 where the manifest says nothing, and keeps the server-side diff empty when it is scaled', async () => {
    const object = modelDeployment({}, 'scaled');
    const file = manifest('scaled', object);
    expect(kubectl('apply', '--server-side', '-f', file).status).toBe(0);
    const scale = `${pathOf(object)}/scale`;
    expect(await environment.request('GET', scale)).toMatchObject({ status: 200, body: { spec: { replicas: 1 } } });
    expect(kubectl('scale', 'mdep/scaled', '--replicas=3').status).toBe(0);
    expect(await environment.request('GET', scale)).toMatchObject({ body: { spec: { replicas: 3 } } });
    expect(kubectl('diff', '--server-side', '-f', file)).toMatchObject({ status: 0, stdout: '' });
    expect(kubectl('apply', '--server-side', '-f', file).status).toBe(0);
    expect(await environment.request('GET', scale)).toMatchObject({ body: { spec: { replicas: 3 } } });
  });

  test('tells an autoscaler the pods and their selector', async () => {
    const object = modelDeployment({}, 'selected');
    await create(object);
    const status = { replicas: 2, selector: 'flyball.dev/model-deployment=selected' };
    await environment.request('PATCH', `${pathOf(object)}/status`, {
      body: { status },
      contentType: 'application/merge-patch+json',
    });
    expect(await environment.request('GET', `${pathOf(object)}/scale`)).toMatchObject({ body: { status } });
  });
});

/** Writes an object, without its status, as a user would keep it. */
function manifest(name: string, { apiVersion, kind, metadata, spec }: CustomObject): string {
  const file = join(environment.directory, `${name}.json`);
  writeFileSync(file, JSON.stringify({ apiVersion, kind, metadata, spec }));
  return file;
}

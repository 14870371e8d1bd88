/** Whatever people write of their pods, the API server takes them, and so does a namespace that enforces the restricted standard. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod, IPodTemplateSpec } from 'kubernetes-models/v1';
import { defined } from '../../src/api/defined.ts';
import type { PodOptions } from '../../src/api/generated/shared.ts';
import type { ModelDeploymentSpec, TrainingRunSpec } from '../../src/api/types.ts';
import { surroundings } from '../../src/domain/podoptions.ts';
import { recipeOf } from '../../src/domain/recipe.ts';
import { buildDeployment } from '../../src/kinds/modeldeployment/revision/deployment.ts';
import { isAsMade } from '../../src/kinds/trainingrun/attempt/asmade.ts';
import { isOfJob } from '../../src/kinds/trainingrun/attempt/pods.ts';
import { train } from '../../src/kinds/trainingrun/stages/train.ts';
import type { Snapshot } from '../../src/kinds/trainingrun/start/snapshot.ts';
import { usualStorage } from '../../src/storage/installation.ts';
import type { DeclaredContainer } from '../../src/workload/container.ts';
import { mainContainers, podOptions, trainingArtifacts } from '../builders/arbitrarypod.ts';
import { newJob } from '../builders/job.ts';
import { artifact, modelDeployment } from '../builders/modeldeployment.ts';
import { everyOption } from '../builders/podoptions.ts';
import { trainingRun } from '../builders/trainingrun.ts';
import { applied } from './apply.ts';
import { startEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';

jest.setTimeout(300_000);

const hardware = {
  name: 'h100',
  resource: 'nvidia.com/gpu',
  product: 'NVIDIA-H100',
  nodeSelector: { pool: 'h100' },
  tolerations: [{ key: 'h100', operator: 'Exists' as const }],
  runtimeClassName: 'nvidia',
  sharedMemory: '8Gi',
  extended: { 'rdma/hca': 1 },
  env: [{ name: 'NCCL_DEBUG', value: 'INFO' }],
};

/** All that can be said of the user's container. */
const everything: DeclaredContainer = {
  image: 'registry/train:1',
  command: ['python', 'train.py'],
  workingDir: '/code',
  env: [{ name: 'LEVEL', value: 'debug' }],
  envFrom: [{ prefix: 'HUB_', secretRef: { name: 'hub' } }, { configMapRef: { name: 'settings' } }],
  resources: {
    cpu: 8,
    memory: '32Gi',
    ephemeralStorage: '200Gi',
    extended: { 'rdma/hca': 2 },
    requests: { cpu: '500m', memory: '16Gi' },
  },
  accelerator: { profile: 'h100', count: 8 },
};

let environment: Environment;

beforeAll(async () => {
  environment = await startEnvironment();
  const levels = Object.fromEntries(
    ['enforce', 'warn', 'audit'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']),
  );
  const named = (apiVersion: string, kind: string, name: string, more = {}) => ({
    apiVersion,
    kind,
    metadata: { name, ...(kind === 'Namespace' && { labels: levels }) },
    ...more,
  });
  for (const object of [
    named('v1', 'Namespace', 'team'),
    named('scheduling.k8s.io/v1', 'PriorityClass', 'batch', { value: 1 }),
    named('node.k8s.io/v1', 'RuntimeClass', 'nvidia', { handler: 'nvidia' }),
  ]) {
    expect(await applied(environment, object)).toMatchObject({ status: 201 });
  }
}, 900_000);
afterAll(() => environment?.stop());

function runOf(main: DeclaredContainer, pod: PodOptions) {
  return trainingRun({ spec: { ...(main as Partial<TrainingRunSpec>), pod } });
}

function deploymentOf(main: DeclaredContainer, pod: PodOptions) {
  const own = { port: 8080, protocol: 'OpenInference' } as const;
  const server = { ...own, ...(main as Partial<ModelDeploymentSpec['server']>), image: main.image, pod };
  return modelDeployment({ spec: { server, observe: {} } });
}

function jobOf(main: DeclaredContainer, pod: PodOptions, artifacts: Partial<TrainingRunSpec> = {}) {
  const run = runOf(main, pod);
  const spec = { ...run.spec, ...artifacts };
  const more = { pod: surroundings(pod), hardware, storage: artifacts.storage, installation: usualStorage };
  const job = newJob(run, defined<Partial<Snapshot>>({ recipe: recipeOf(spec), ...more }));
  if (job.spec === undefined) throw new Error('nothing is made');
  return { ...job, spec: job.spec };
}

function workloadOf(main: DeclaredContainer, pod: PodOptions) {
  const template = { parent: deploymentOf(main, pod), revision: '0a1b2c3d', model: artifact(1), profile: {} };
  const built = buildDeployment({ ...template, observerImage: 'registry/flyball:1', replicas: 1, hardware });
  if (built?.spec === undefined) throw new Error('nothing is built');
  return { ...built, spec: built.spec };
}

/** What the API server says of an object that it does not keep; fields that there are none of are refused. */
async function tried(path: string, body: object) {
  const {
    status,
    body: answer,
    warnings,
  } = await environment.request('POST', `${path}?dryRun=All&fieldValidation=Strict`, { body });
  return { status, message: status < 300 ? '' : (answer as { message: string }).message, warnings };
}

const taken = { status: 201, message: '', warnings: [] };

/** The pod that a controller would make of a template. */
function tryPod({ metadata, spec }: IPodTemplateSpec) {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: 'pod', namespace: 'team' }, spec };
  return tried('/api/v1/namespaces/team/pods', pod);
}

/** What the API server makes of a Job, with its defaults, and in its own words for quantities. */
async function read(job: IJob): Promise<IJob> {
  const { body } = await environment.request('POST', '/apis/batch/v1/namespaces/team/jobs?dryRun=All', { body: job });
  return body as IJob;
}

describe('With every option', () => {
  it('a TrainingRun and a ModelDeployment are what their schemas take', async () => {
    for (const object of [runOf(everything, everyOption), deploymentOf(everything, everyOption)]) {
      const { name, namespace } = object.metadata ?? {};
      const written = {
        apiVersion: object.apiVersion,
        kind: object.kind,
        metadata: { name, namespace },
        spec: object.spec,
      };
      const path = `/apis/flyball.dev/v1alpha1/namespaces/team/${object.kind.toLowerCase()}s`;
      expect(await tried(path, written)).toEqual(taken);
    }
  });

  it('a Job and a Deployment are taken without a warning, and their pods where the restricted standard is enforced', async () => {
    const [job, deployment] = [jobOf(everything, everyOption), workloadOf(everything, everyOption)];
    expect(await tried('/apis/batch/v1/namespaces/team/jobs', job)).toEqual(taken);
    expect(await tried('/apis/apps/v1/namespaces/team/deployments', deployment)).toEqual(taken);
    expect(await tryPod(job.spec.template)).toEqual(taken);
    expect(await tryPod(deployment.spec.template)).toEqual(taken);
  });

  it('a Job and its pod are known again as the API server has them', async () => {
    const job = jobOf(everything, everyOption);
    const path = '/api/v1/namespaces/team/pods?dryRun=All';
    const { metadata, spec } = job.spec.template;
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: 'pod', namespace: 'team' }, spec };
    const { body } = await environment.request('POST', path, { body: pod });
    expect(isAsMade(await read(job), job)).toBe(true);
    const at = { job, retry: 0, at: train };
    expect(isOfJob(runOf(everything, everyOption), at, 'Compare')(body as IPod)).toBe(true);
  });

  it('a pod that is not restricted would be refused there', async () => {
    const { template } = jobOf(everything, everyOption).spec;
    const spec = { ...template.spec, hostNetwork: true, containers: template.spec?.containers ?? [] };
    expect(await tryPod({ ...template, spec })).toMatchObject({
      status: 403,
      message: expect.stringMatching('restricted'),
    });
  });
});

describe('With any options', () => {
  it('the same is so', async () => {
    await fc.assert(
      fc.asyncProperty(mainContainers, podOptions, trainingArtifacts, async (main, pod, artifacts) => {
        const [job, deployment] = [jobOf(main, pod, artifacts), workloadOf(main, pod)];
        expect(await tried('/apis/batch/v1/namespaces/team/jobs', job)).toEqual(taken);
        expect(await tried('/apis/apps/v1/namespaces/team/deployments', deployment)).toEqual(taken);
        expect(await tryPod(job.spec.template)).toEqual(taken);
        expect(await tryPod(deployment.spec.template)).toEqual(taken);
        expect(isAsMade(await read(job), job)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it.each(['1s', '2s', '6s', '1h'])('and with a grace period of %s', async (terminationGracePeriod) => {
    const deployment = workloadOf(everything, { terminationGracePeriod });
    expect(await tried('/apis/apps/v1/namespaces/team/deployments', deployment)).toEqual(taken);
  });
});

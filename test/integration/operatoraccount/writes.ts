import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { Resource } from '../../../src/api/resource.ts';
import { buildDeployment } from '../../../src/kinds/modeldeployment/revision/deployment.ts';
import {
  buildDisruptionBudget,
  buildRevisionService,
  buildService,
} from '../../../src/kinds/modeldeployment/traffic/service.ts';
import { gangService } from '../../../src/kinds/trainingrun/attempt/job.ts';
import { modelVersion } from '../../../src/kinds/trainingrun/gate/version.ts';
import { train } from '../../../src/kinds/trainingrun/stages/train.ts';
import { newJob, snapshot } from '../../builders/job.ts';
import { everyOption } from '../../builders/podoptions.ts';
import { modelDeployment, server } from '../../builders/modeldeployment.ts';
import { trainingRun } from '../../builders/trainingrun.ts';
import type { Environment } from '../environment.ts';
import { release } from '../chart.ts';

/** One request of the operator's account, to be made by dry run. */
export interface Write {
  readonly what: string;
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

/** Where the objects that the writes are about are made. */
export const team = 'team';

export const jobs = (namespace = team) => `/apis/batch/v1/namespaces/${namespace}/jobs`;
export const deployments = (namespace = team) => `/apis/apps/v1/namespaces/${namespace}/deployments`;
export const services = (namespace = team) => `/api/v1/namespaces/${namespace}/services`;
export const budgets = (namespace = team) => `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`;
export const versions = (namespace = team) => `/apis/flyball.dev/v1alpha1/namespaces/${namespace}/modelversions`;
export const events = `/apis/events.k8s.io/v1/namespaces/${team}/events`;
export const leases = (namespace: string) => `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;

const env = [
  { name: 'LEVEL', value: 'debug' },
  { name: 'TOKEN', secretKeyRef: { name: 'hub', key: 'token' } },
];
const accelerator = { resource: 'nvidia.com/gpu', count: 8, product: 'NVIDIA-H100' };
const resources = { cpu: '8', memory: '32Gi' };

/** What makes use of every option of a pod. */
const options = { workingDir: '/app', envFrom: [{ secretRef: { name: 'hub' } }], pod: everyOption };
const whole = newJob(
  trainingRun({
    spec: { ...options, env, resources, accelerator, output: { uri: 'pvc://models/fraud' }, timeout: '24h' },
  }),
);
const wholeDeployment = buildDeployment({
  parent: modelDeployment({
    spec: {
      server: { ...server, ...options, env, resources, readiness: { path: '/ready' }, liveness: { path: '/live' } },
      observe: {},
    },
  }),
  revision: '0a1b2c3d',
  model: { uri: 'pvc://models/fraud' },
  profile: {},
  observerImage: 'flyball:1',
  replicas: 1,
}) as IDeployment;

/** A run with everything that shapes its pod. */
const run = trainingRun({
  spec: {
    env,
    resources,
    accelerator,
    nodes: 2,
    datasets: [{ name: 'train', uri: 'pvc://data/2026/train' }],
    checkpoint: { claimName: 'checkpoints' },
    output: { uri: 'pvc://models/fraud' },
  },
});
const served = modelDeployment({ spec: { server: { ...server, env, resources, accelerator }, observe: {} } });
const revision = '0a1b2c3d';
const model = { uri: 'pvc://models/fraud' };

/** The Job of an attempt, as the operator makes it. */
export const job: IJob = newJob(run, { number: 8, champion: { name: 'fraud-7', uri: 'pvc://models/fraud/fraud-7' } });

/** The Deployment of a revision, as the operator makes it. */
export const deployment = buildDeployment({
  parent: served,
  revision,
  model,
  profile: {},
  observerImage: 'flyball:1',
  replicas: 1,
}) as IDeployment;

export const service = buildService(served, false);
export const budget = buildDisruptionBudget(served);
export const version = modelVersion({
  run: { namespace: team, name: 'fraud' },
  snapshot: snapshot(run, { number: 8 }),
  attemptUID: 'uid',
  outputs: { metrics: { f1: '0.93' } },
  verdicts: [],
});
export const event = {
  metadata: { name: 'fraud.0a1b2c3d', namespace: team },
  regarding: {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'TrainingRun',
    namespace: team,
    name: 'fraud',
    uid: 'run-uid',
  },
  type: 'Normal',
  reason: 'Started',
  note: 'fraud-8 has started',
  action: 'Reconcile',
  reportingController: 'flyball.dev/operator',
  reportingInstance: 'flyball-0',
  eventTime: '2026-11-24T10:00:00.000000Z',
};

const jobSpec = job.spec?.template.spec;
const sidecar = {
  name: 'mesh',
  image: 'mesh',
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL', 'NET_RAW'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

/** What webhooks may make of a Job: a queue suspends it, a mesh adds a sidecar, a platform tolerations. */
const injected = {
  ...job,
  spec: {
    ...job.spec,
    suspend: true,
    template: {
      metadata: { ...job.spec?.template.metadata, annotations: { 'mesh.example/inject': 'true' } },
      spec: {
        ...jobSpec,
        tolerations: [{ operator: 'Exists' }],
        volumes: [...(jobSpec?.volumes ?? []), { name: 'mesh', emptyDir: {} }],
        containers: [...(jobSpec?.containers ?? []), sidecar],
      },
    },
  },
} as IJob;

/** All that the operator writes. */
export const ordinary: readonly Write[] = [
  {
    what: 'the Job of a gang',
    method: 'POST',
    path: jobs(),
    body: { ...job, metadata: { ...job.metadata, name: 'fraud-9-train' } },
  },
  {
    what: 'a Job that others have changed on its way',
    method: 'POST',
    path: jobs(),
    body: named(injected, 'fraud-9-train'),
  },
  { what: 'a Job with every option of a pod', method: 'POST', path: jobs(), body: named(whole, 'fraud-9-train') },
  {
    what: 'a Deployment with every option of a pod',
    method: 'POST',
    path: deployments(),
    body: named(wholeDeployment, 'fraud-9'),
  },
  { what: 'the Service of a gang', method: 'POST', path: services(), body: gangService(train, run, snapshot(run), 0) },
  {
    what: 'a suspension',
    method: 'PATCH',
    path: `${jobs()}/ours`,
    body: { metadata: { annotations: { 'flyball.dev/suspended': 'true' } }, spec: { suspend: true } },
  },
  {
    what: 'a timeout that was edited',
    method: 'PATCH',
    path: `${jobs()}/ours`,
    body: { metadata: { annotations: { 'flyball.dev/timeout': '60' } }, spec: { activeDeadlineSeconds: 60 } },
  },
  { what: 'the deletion of a Job', method: 'DELETE', path: `${jobs()}/ours` },
  { what: 'the Deployment of a revision with an observer', method: 'POST', path: deployments(), body: deployment },
  { what: 'a number of replicas', method: 'PATCH', path: `${deployments()}/ours`, body: { spec: { replicas: 3 } } },
  { what: 'the deletion of a Deployment', method: 'DELETE', path: `${deployments()}/ours` },
  { what: 'the Service of a model', method: 'POST', path: services(), body: service },
  {
    what: 'the Service of a revision',
    method: 'POST',
    path: services(),
    body: buildRevisionService(served, revision, true),
  },
  {
    what: 'the port for gRPC of a Service',
    method: 'PATCH',
    path: `${services()}/ours`,
    body: { spec: { ports: buildService(served, true).spec?.ports } },
  },
  { what: 'the deletion of a Service', method: 'DELETE', path: `${services()}/ours` },
  { what: 'a PodDisruptionBudget', method: 'POST', path: budgets(), body: budget },
  { what: 'a ModelVersion', method: 'POST', path: versions(), body: version },
  { what: 'an event', method: 'POST', path: events, body: event },
  {
    what: 'its Lease',
    method: 'POST',
    path: leases(release.namespace),
    body: { metadata: { name: 'flyball-operator' }, spec: {} },
  },
];

/** Makes one of the writes as the operator, by dry run, and returns what the API server says. */
export async function tried(environment: Environment, { method, path, body }: Write) {
  const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  return await environment.request(method, `${path}?dryRun=All`, { user: 'operator', body, contentType });
}

/** An object of another name, made from one of ours. */
export function named<R extends Resource>(object: R, name: string, more: object = {}): R {
  return { ...object, metadata: { ...object.metadata, name, ...more } };
}

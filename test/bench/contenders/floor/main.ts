/**
 * The floor: the same watches and the same writes by the fastest pooled client, and nothing else. No queue, no retries, no lease, no
 * cache but of what completion needs. Nobody should run this; it shows what the API server itself costs.
 */
import { readFileSync } from 'node:fs';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { Agent, Pool } from 'undici';
import type { IModelVersion, ITrainingRun } from '../../../../src/api/types.ts';
import {
  endedStatus,
  firstAttempt,
  modelVersion,
  resultsOf,
  startedStatus,
  timestamp,
  trainingJob,
  withJob,
  transition,
} from './mapping.ts';

interface Kubeconfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } },
  ];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

interface Watched {
  readonly metadata: { readonly resourceVersion: string };
}

const kubeconfig = JSON.parse(readFileSync(process.env['KUBECONFIG'] ?? '', 'utf8')) as Kubeconfig;
const { server, 'certificate-authority-data': authority } = kubeconfig.clusters[0].cluster;
const connect = { ca: Buffer.from(authority, 'base64').toString() };
const headers = { authorization: `Bearer ${kubeconfig.users[0].user.token}`, accept: 'application/json' };
// Over HTTP/2 a pool puts hundreds of requests under way, until the API server refuses them.
const writes = new Pool(server, { connect, connections: 32, allowH2: false });
const watches = new Agent({ connect, bodyTimeout: 0, allowH2: false });

const runs = new Map<string, ITrainingRun>();
const jobs = new Map<string, IJob>();
const pods = new Map<string, IPod>();
const completed = new Set<string>();

const managed = 'labelSelector=app.kubernetes.io%2Fmanaged-by%3Dflyball';
const watched = {
  '/apis/flyball.dev/v1alpha1/trainingruns?': seeRun,
  [`/apis/batch/v1/jobs?${managed}`]: seeJob,
  [`/api/v1/pods?${managed}`]: seePod,
  '/apis/flyball.dev/v1alpha1/modelversions?': undefined,
  '/apis/flyball.dev/v1alpha1/modeldeployments?': undefined,
  '/apis/flyball.dev/v1alpha1/monitors?': undefined,
  [`/api/v1/services?${managed}`]: undefined,
  [`/apis/apps/v1/deployments?${managed}`]: undefined,
  [`/apis/policy/v1/poddisruptionbudgets?${managed}`]: undefined,
};
for (const [path, see] of Object.entries(watched)) void watch(path, see as ((object: unknown) => void) | undefined);
process.once('SIGTERM', () => process.exit(0));

async function watch(path: string, see: ((object: unknown) => void) | undefined): Promise<void> {
  const list = (await call('GET', path)) as { metadata: { resourceVersion: string }; items: unknown[] };
  if (see) for (const item of list.items) see(item);
  let { resourceVersion } = list.metadata;
  // The API server may end a watch at any time.
  for (;;) resourceVersion = await follow(path, resourceVersion, see);
}

/** Sees what happens until the watch ends, and returns the version up to which it has seen it. */
async function follow(path: string, from: string, see: ((object: unknown) => void) | undefined): Promise<string> {
  const query = `&watch=true&allowWatchBookmarks=true&resourceVersion=${from}`;
  const { body } = await watches.request({ origin: server, path: path + query, method: 'GET', headers });
  const decoder = new TextDecoder();
  let rest = '';
  let seen = from;
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const { type, object } = JSON.parse(line) as { readonly type: string; readonly object: Watched };
      if (type === 'ERROR') throw new Error(`${path}: ${line}`);
      seen = object.metadata.resourceVersion;
      if (type === 'ADDED' || type === 'MODIFIED') see?.(object);
    }
  }
  return seen;
}

function seeRun(run: ITrainingRun): void {
  const key = keyOf(run.metadata);
  const isNew = !runs.has(key) && run.status === undefined;
  runs.set(key, run);
  if (isNew) void begin(run);
}

async function begin(run: ITrainingRun): Promise<void> {
  const { namespace } = run.metadata ?? {};
  const attempt = firstAttempt(run, timestamp());
  const job = await call('POST', `/apis/batch/v1/namespaces/${namespace}/jobs`, trainingJob(run, attempt));
  await writeStatus(run, startedStatus(run, withJob(run, attempt, job as IJob)));
}

function seeJob(job: IJob): void {
  const key = keyOf(job.metadata);
  jobs.set(key, job);
  void complete(key);
}

function seePod(pod: IPod): void {
  const owner = pod.metadata?.ownerReferences?.[0]?.name ?? '';
  const key = `${pod.metadata?.namespace}/${owner}`;
  pods.set(key, pod);
  void complete(key);
}

async function complete(key: string): Promise<void> {
  const [job, pod] = [jobs.get(key), pods.get(key)];
  const isComplete = job?.status?.conditions?.some((condition) => condition.type === 'Complete') ?? false;
  if (!job || !isComplete || pod?.status?.phase !== 'Succeeded' || completed.has(key)) return;
  const run = runs.get(key.replace(/-1-train$/, ''));
  const attempt = run?.status?.attempts?.[0];
  if (run === undefined || attempt === undefined || attempt.verdict !== undefined) return;
  completed.add(key);
  const path = `/apis/flyball.dev/v1alpha1/namespaces/${run.metadata?.namespace}/modelversions`;
  const version = resultsOf(pod).metrics
    ? ((await call('POST', path, modelVersion(run, attempt, job, pod))) as IModelVersion)
    : undefined;
  await writeStatus(run, endedStatus(run, attempt, job, pod, version));
}

/** Writes status as the others do, with the version that it was decided on, and tells people. */
async function writeStatus(run: ITrainingRun, status: object): Promise<void> {
  const { namespace, name, uid, resourceVersion } = run.metadata ?? {};
  const path = `/apis/flyball.dev/v1alpha1/namespaces/${namespace}/trainingruns/${name}/status`;
  const written = (await call('PATCH', path, { metadata: { uid, resourceVersion }, status })) as ITrainingRun;
  runs.set(keyOf(written.metadata), written);
  const summary = written.status?.conditions?.[0];
  const event = transition(written, summary?.reason ?? '', summary?.message ?? '');
  void call('POST', `/apis/events.k8s.io/v1/namespaces/${namespace}/events`, event);
}

function keyOf(metadata: ITrainingRun['metadata']): string {
  return `${metadata?.namespace}/${metadata?.name}`;
}

async function call(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<unknown> {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const response = await writes.request({
    method,
    path,
    headers: { ...headers, 'content-type': type },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (response.statusCode < 300) return await response.body.json();
  throw new Error(`${method} ${path}: ${response.statusCode} ${await response.body.text()}`);
}

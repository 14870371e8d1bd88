import type { IPod } from 'kubernetes-models/v1';
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { claim, image, modelDeployment, pod, program, programOf } from '../outcomes/objects.ts';
import { isReady, named, type Place, summary } from '../outcomes/place.ts';

export const model = 'model';
const container = 'observer';

export const ours = (name: string, ...args: readonly string[]) => programOf(import.meta.dirname, name, ...args);

/** Where clients ask the model. */
export const urlOf = (place: Place) => `http://${model}.${place.namespace}.svc/v2/models/${model}/infer`;

/** The pod that serves, and where others reach it. */
export interface Served {
  readonly name: string;
  readonly address: string;
  readonly node: string;
}

/** Serves a model whose observer reads a number of each request, and has a client ask it from now on. */
export async function serveObserved(place: Place): Promise<Served> {
  const server = { image, ...ours('serve'), port: 8080, protocol: 'OpenInference' as const };
  const signals = [{ name: 'x', pointer: '/inputs/0/data/0', from: 'Request' as const, type: 'Number' as const }];
  const deployment = modelDeployment(model, 'well', { server, observe: { signals } });
  // Nothing is said about times: a flood is to keep nobody from an answer, however long it takes on this machine.
  const asker = pod('asker', program('ask', urlOf(place), '{}', '30'));
  await place.apply(claim, deployment, asker);
  await place.until('a model that serves', ({ deployments }) => summary(named(deployments, model))?.status === 'True');
  const [serving] = place.sight.pods.filter(isOfModel);
  return {
    name: serving?.metadata?.name ?? '',
    address: serving?.status?.podIP ?? '',
    node: serving?.spec?.nodeName ?? '',
  };
}

const isOfModel = ({ metadata }: IPod) => metadata?.name?.startsWith(`${model}-`) ?? false;

/** The observer was never started again, and its memory, as the kernel counts it, stayed below the limit. */
export async function tellOfContainer(place: Place, cluster: Cluster, { name, node }: Served): Promise<void> {
  const found = named(place.sight.pods, name);
  const status = [...(found?.status?.initContainerStatuses ?? []), ...(found?.status?.containerStatuses ?? [])];
  const [observer, server] = [container, 'main'].map((one) => status.find((each) => each.name === one));
  const last = JSON.stringify(observer?.lastState ?? {});
  place.expect('its container was never started again', observer?.restartCount === 0, last);
  place.expect('its server was never started again', server?.restartCount === 0);
  place.expect('its pod is ready', found !== undefined && isReady(found));
  const metrics = await new Kubectl(cluster).run(['get', '--raw', `/api/v1/nodes/${node}/proxy/metrics/cadvisor`]);
  const peak = memory(metrics, 'container_memory_max_usage_bytes', name);
  const limit = memory(metrics, 'container_spec_memory_limit_bytes', name);
  const isBelow = peak !== undefined && limit !== undefined && peak < limit;
  place.expect('its memory stayed below its limit', isBelow, `${inMiB(peak)} of ${inMiB(limit)} at most`);
}

const inMiB = (bytes: number | undefined) => (bytes === undefined ? 'unknown' : `${Math.round(bytes / 2 ** 20)} MiB`);

function memory(metrics: string, metric: string, podName: string): number | undefined {
  const line = metrics
    .split('\n')
    .find((one) => one.startsWith(`${metric}{container="${container}"`) && one.includes(`pod="${podName}"`));
  const value = /\} ([0-9.e+]+)/.exec(line ?? '')?.[1];
  return value === undefined ? undefined : Number(value);
}

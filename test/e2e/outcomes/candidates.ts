import { namespaces } from '../../../hack/loop/mark.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IPod } from 'kubernetes-models/v1';
import { label } from '../../../src/api/labels.ts';
import type { IModelDeployment, ModelDeploymentSpec } from '../../../src/api/types.ts';
import { asker, claim, endsOf, modelDeployment } from './objects.ts';
import { isReady, named, type Place, summary } from './place.ts';
import type { Sight } from './observations.ts';

/** The model in each scene; MLServer tells this name with its answers, and serve.py how it serves. */
export const name = 'model';
const isAnswer = (end: string) => ['answered by well', `answered by ${name}`].includes(end);

const model = ({ deployments }: Sight) => named(deployments, name);

/** Serves a good model to clients, and returns its revision. */
export async function serveWell(place: Place, spec: Partial<ModelDeploymentSpec>, body = '{}'): Promise<string> {
  await place.apply(claim, modelDeployment(name, 'well', spec), asker(name, place.namespace, body));
  const revision = await place.until('a model that serves', (sight) => {
    const seen = model(sight);
    return summary(seen)?.status === 'True' && seen?.status?.stable?.revision;
  });
  await place.until('answers', async () => count(await ends(place), isAnswer) >= 20);
  return revision;
}

/** A candidate that is healthy and never answers is rejected for what its clients did not get. */
export async function hangingCandidate(place: Place): Promise<void> {
  const spec: Partial<ModelDeploymentSpec> = {
    replicas: 2,
    rollout: {
      steps: [{ weight: 50, hold: '10s' }],
      analysis: [{ name: 'errors', errors: {}, max: 0.05, minSamples: 10 }],
    },
  };
  const stable = await serveWell(place, spec);
  await place.apply(modelDeployment(name, 'hangs', spec));
  const decided = await place.until('a decision about the candidate', (sight) => {
    const seen = model(sight);
    const isPromoted = seen?.status?.stable?.revision !== stable;
    return (isPromoted || (seen?.status?.rejected ?? []).length > 0) && seen;
  });
  const [rejected] = decided.status?.rejected ?? [];
  place.expect('it is rejected for its errors', rejected?.message.includes('errors') ?? false, toldOf(decided));
  place.expect('clients gave up on it', ((await ends(place))['timed out'] ?? 0) > 0, JSON.stringify(await ends(place)));
  await expectUndisturbed(place, stable);
  const codes = await codesOf(place, stable);
  place.expect(
    'of what was sent to the stable revision none failed',
    Object.keys(codes).join() === '200',
    JSON.stringify(codes),
  );
}

/** A candidate that is ready for a moment is not yet good, and the stable revision keeps its pods. */
export async function blinkingCandidate(place: Place): Promise<void> {
  const stable = await serveWell(place, {});
  await place.apply(modelDeployment(name, 'blinks'));
  const ready = await place.until('a candidate that is ready', ({ pods }) =>
    pods.find((pod) => isOther(pod, stable) && isReady(pod)),
  );
  place.expect('its pod was ready for a moment', true, ready.metadata?.name);
  await place.until('the end of that moment', ({ pods }) =>
    pods.every((pod) => !isOther(pod, stable) || !isReady(pod)),
  );
  await expectUndisturbed(place, stable);
}

/** Whether the stable revision is stable still, has its pods, and its clients have their answers. */
export async function expectUndisturbed(place: Place, stable: string): Promise<void> {
  await place.until('an end of the candidate’s requests', ({ pods }) =>
    pods.every((pod) => !isOther(pod, stable) || !isReady(pod)),
  );
  // What was sent before that has its answer, or not, within the clients' patience.
  await sleep(3000);
  const before = await ends(place);
  const moreBy = (after: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(after).map(([end, count]) => [end, count - (before[end] ?? 0)]));
  await sleep(5000);
  const more = await place.until('an end of a request', async () => {
    const found = moreBy(await ends(place));
    return count(found, () => true) > 0 && found;
  });
  const isServed = count(more, isAnswer) > 0 && count(more, (end) => !isAnswer(end)) === 0;
  place.expect('the clients of the stable revision are served', isServed, JSON.stringify(more));
  const seen = model(place.sight);
  place.expect('the candidate was never promoted', seen?.status?.stable?.revision === stable, toldOf(seen));
  const ready = place.sight.pods.filter((pod) => revisionOf(pod) === stable && isReady(pod)).length;
  place.expect('the stable revision keeps its pods', ready === (seen?.spec.replicas ?? 1), `${ready} ready`);
}

function count(all: Readonly<Record<string, number>>, counts: (end: string) => boolean): number {
  return Object.entries(all).reduce((sum, [end, number]) => sum + (counts(end) ? number : 0), 0);
}

/** What became of all requests so far. */
async function ends(place: Place): Promise<Readonly<Record<string, number>>> {
  return endsOf(await place.logs('pod/asker').catch(() => ''));
}

/** How many requests the observers of a revision counted, by code. */
async function codesOf(place: Place, revision: string): Promise<Readonly<Record<string, number>>> {
  const selector = `namespace="${place.namespace}",revision="${revision}"`;
  const query = encodeURIComponent(`sum by (code) (flyball_requests_total{${selector}}) > 0`);
  const prometheus = `/api/v1/namespaces/${namespaces.monitoring}/services/prometheus:9090/proxy/api/v1/query`;
  const answer = await place.kubectl.run(['get', '--raw', `${prometheus}?query=${query}`]);
  const { data } = JSON.parse(answer) as { data: { result: { metric: { code: string }; value: [number, string] }[] } };
  return Object.fromEntries(data.result.map(({ metric, value }) => [metric.code, Number(value[1])]));
}

function revisionOf(pod: IPod): string | undefined {
  return pod.metadata?.labels?.[label.revision];
}

function isOther(pod: IPod, stable: string): boolean {
  const revision = revisionOf(pod);
  return revision !== undefined && revision !== stable;
}

function toldOf(deployment: IModelDeployment | undefined): string {
  const condition = summary(deployment);
  return `${condition?.reason}: ${condition?.message}`;
}

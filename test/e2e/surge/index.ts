import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'kubernetes-models/v1';
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { findCondition } from '../../../src/api/condition.ts';
import type { IModelDeployment, ModelDeploymentSpec } from '../../../src/api/types.ts';
import { claim, image, model, modelDeployment, pod, program, programOf } from '../outcomes/objects.ts';
import { Observations } from '../outcomes/observations.ts';
import { named, Place, summary } from '../outcomes/place.ts';
import type { Report } from '../report.ts';
import type { Round, Suite } from '../suite.ts';

const resource = 'example.com/single';
const name = 'model';

/** One accelerator, two revisions: what serves ends for the other one, and comes back if that is no good. */
export const surge: Suite = {
  title: 'one accelerator: a revision is tried in the place of what serves, which comes back if it fails',
  images: ['workload'],
  installs: 'flyball',
  quick: 'beside',
  play,
};

/** What a client has seen so far; times in seconds. */
interface Asked {
  readonly answered: number;
  readonly failed: number;
  /** The longest that a failure took. */
  readonly slowest: number;
  readonly outages: readonly number[];
}

async function play({ cluster, report, form }: Round): Promise<void> {
  const kubectl = new Kubectl(cluster);
  await advertise(kubectl);
  const observations = new Observations(kubectl);
  try {
    const place = placeOf(cluster, observations, report);
    await place.make();
    const crowd = watchPods(place);
    await begin(place);
    await replace(place);
    await comeBack(
      place,
      'crashes',
      serverOf('3', { command: ['/usr/bin/python3', '-c', 'raise SystemExit("no model")'] }),
    );
    if (form === 'whole') await comeBack(place, 'has an image that is not there', serverOf('4', { image: missing }));
    place.expect('there never were more pods than declared', crowd.most === 1, `${crowd.most} at most`);
    crowd.stop();
    await place.tell();
  } finally {
    await observations.stop();
  }
}

const missing = 'localhost/flyball/no-such-image:1';

function placeOf(cluster: Cluster, observations: Observations, report: Report): Place {
  return new Place('One accelerator', 'surge', cluster, observations, report);
}

/** An accelerator that nobody else asks for, as a device plugin would tell of it. */
async function advertise(kubectl: Kubectl): Promise<void> {
  const { items } = JSON.parse(await kubectl.run(['get', 'nodes', '--output', 'json'])) as { items: INode[] };
  const status = JSON.stringify({ status: { capacity: { [resource]: '1' }, allocatable: { [resource]: '1' } } });
  const node = items[0]?.metadata?.name ?? '';
  await kubectl.run(['patch', 'node', node, '--subresource=status', '--type=merge', `--patch=${status}`]);
}

function serverOf(version: string, fields: Partial<ModelDeploymentSpec['server']> = {}): Partial<ModelDeploymentSpec> {
  const env = [{ name: 'VERSION', value: version }];
  const base = { image, ...program('serve', 'well'), port: 8080, protocol: 'OpenInference' as const, env };
  return { server: { ...base, accelerator: { resource, count: 1 }, ...fields }, rollout: { surge: 'Never' } };
}

async function begin(place: Place): Promise<void> {
  const url = `http://${name}.${place.namespace}.svc/v2/models/${name}/infer`;
  const asker = pod('asker', programOf(import.meta.dirname, 'ask', url));
  await place.apply(claim, modelDeployment(name, 'well', { ...serverOf('1'), model: model('one') }), asker);
  await place.until('a model that serves', () => isServing(seen(place)));
  await place.until('answers', async () => (await asked(place)).answered >= 10);
}

/** A good revision takes over. */
async function replace(place: Place): Promise<void> {
  const old = seen(place)?.status?.stable?.revision;
  const before = await asked(place);
  await place.apply(modelDeployment(name, 'well', serverOf('2')));
  const after = await place.until('the new revision', () => {
    const now = seen(place);
    return isServing(now) && now?.status?.stable?.revision !== old && now;
  });
  const measured = await outageSince(place, before);
  place.expect('the new revision took over', after?.status?.previous?.revision === old, measured);
  const told = place.sight.deployments.length > 0 ? (await place.events()).map(({ note }) => note).join('\n') : '';
  place.expect('the outage was told before', told.includes('is ended first: nothing serves meanwhile'), told);
  const { lastOutage } = after?.status ?? {};
  place.expect('status measured it', lastOutage !== undefined, `status: ${lastOutage?.length}`);
}

/** What is no good is rejected, and what served serves again. */
async function comeBack(place: Place, manner: string, spec: Partial<ModelDeploymentSpec>): Promise<void> {
  const old = seen(place)?.status?.stable?.revision;
  const rejections = seen(place)?.status?.rejected?.length ?? 0;
  const before = await asked(place);
  await place.apply(modelDeployment(name, 'well', spec));
  // What somebody could still provide has five minutes.
  if (spec.server?.image === missing) await sleep(4 * 60_000);
  const rejected = await place.until(`a rejection of what ${manner}`, () => {
    const all = seen(place)?.status?.rejected ?? [];
    return all.length > rejections && all.at(-1);
  });
  const after = await place.until('what served before', () => isBack(seen(place)) && seen(place));
  const measured = await outageSince(place, before);
  const isOld = after?.status?.stable?.revision === old;
  place.expect(`what served is back after one that ${manner}`, isOld, `${rejected?.reason}; ${measured}`);
}

function seen({ sight }: Place): IModelDeployment | undefined {
  return named(sight.deployments, name);
}

function isServing(deployment: IModelDeployment | undefined): boolean {
  const isCurrent = deployment?.status?.observedGeneration === deployment?.metadata?.generation;
  return isCurrent && summary(deployment)?.reason === 'Serving' && !isGoing(deployment);
}

/** What the spec asks for is not what serves, so that Ready is False. */
function isBack(deployment: IModelDeployment | undefined): boolean {
  const isUp = deployment?.status?.readyReplicas === 1 && deployment.status.outage === undefined;
  return isUp && summary(deployment)?.reason === 'RevisionRejected' && !isGoing(deployment);
}

function isGoing(deployment: IModelDeployment | undefined): boolean {
  return findCondition(deployment?.status?.conditions, 'Reconciling') !== undefined;
}

async function asked(place: Place): Promise<Asked> {
  const log = await place.logs('pod/asker').catch(() => '');
  const none = '{"answered": 0, "failed": 0, "slowest": 0, "outages": []}';
  return JSON.parse(log.trim().split('\n').at(-1) || none) as Asked;
}

/** From outside: a client that asks twice a second. */
async function outageSince(place: Place, before: Asked): Promise<string> {
  const after = await place.until('an answer after the outage', async () => {
    const now = await asked(place);
    return now.outages.length > before.outages.length && now;
  });
  const lengths = after.outages.slice(before.outages.length).map((seconds) => `${seconds} s`);
  const failures = after.failed - before.failed;
  return `no answer for ${lengths.join(', ')}; ${failures} requests failed, within ${after.slowest} s each; status: ${seen(place)?.status?.lastOutage?.length}`;
}

/** Counts the pods that have a node, which hold an accelerator until they are gone. */
function watchPods(place: Place): { readonly most: number; stop(): void } {
  let most = 0;
  const timer = setInterval(() => {
    const own = place.sight.pods.filter(({ metadata, spec, status }) => {
      const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed';
      return metadata?.name !== 'asker' && spec?.nodeName !== undefined && !isOver;
    });
    most = Math.max(most, own.length);
  }, 500);
  return {
    get most() {
      return most;
    },
    stop: () => clearInterval(timer),
  };
}

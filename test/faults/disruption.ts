/** What befalls pods: evictions, lost nodes, quotas. */
import type { IPod } from 'kubernetes-models/v1';
import { pods } from '../../src/api/kinds.ts';
import { keyOf } from '../../src/api/resource.ts';
import { nodeName } from './node.ts';
import type { World } from './world.ts';

type IsMeant = (pod: IPod) => boolean;
const all: IsMeant = () => true;

/** Asks the API server to evict pods, as whoever drains their node does. They end as `World.ends` has it. */
export async function evict(world: World, isMeant: IsMeant = all): Promise<void> {
  await each(world, isMeant, async (name) => {
    await bind(world, name);
    await world.act('POST', `pods/${name}/eviction`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name, namespace: world.namespace },
    });
  });
}

/** Somebody deletes pods: they get time to end, and no condition tells why. */
export async function deletePods(world: World, isMeant: IsMeant = all): Promise<void> {
  await each(world, isMeant, async (name) => {
    await bind(world, name);
    await world.act('DELETE', `pods/${name}`);
  });
}

/** The node of a pod is not heard of any more: the pod is to go, and nobody says that it has gone. */
export async function loseNode(world: World, isMeant: IsMeant = all): Promise<void> {
  await each(world, isMeant, async (name, pod) => {
    await bind(world, name);
    world.lose(pod);
    await disrupt(world, name, 'DeletionByTaintManager', {});
    await world.act('DELETE', `pods/${name}`);
  });
}

/** The node of pods that are to go is removed, and with it the pods. */
export async function removeNode(world: World): Promise<void> {
  const isGoing: IsMeant = ({ metadata }) => metadata?.deletionTimestamp !== undefined;
  await each(world, isGoing, async (name) => {
    await disrupt(world, name, 'DeletionByPodGC', { phase: 'Failed' });
    await world.act('DELETE', `pods/${name}?gracePeriodSeconds=0`);
  });
}

const quota = 'compute';

/** From now on the namespace may have so many pods. */
export async function limitPods(world: World, count: number): Promise<void> {
  const hard = { pods: String(count) };
  await world.act('POST', 'resourcequotas', { metadata: { name: quota }, spec: { hard } });
  // The part of its controller, which is not running here; admission counts from here on by itself.
  await world.act('PATCH', `resourcequotas/${quota}/status`, { status: { hard, used: { pods: '0' } } });
}

export async function liftLimit(world: World): Promise<void> {
  await world.act('DELETE', `resourcequotas/${quota}`);
}

/** Does something that makes pods go, and waits until that is known. */
async function each(world: World, isMeant: IsMeant, act: (name: string, pod: IPod) => Promise<void>): Promise<void> {
  const meant = world.own(pods).filter(isMeant);
  await Promise.all(meant.map((pod) => act(keyOf(pod).name, pod)));
  const isGoing = (pod: IPod) => world.history.get(pods, keyOf(pod).name)?.metadata?.deletionTimestamp !== undefined;
  const isGone = (pod: IPod) => world.history.get(pods, keyOf(pod).name) === undefined;
  await world.history.until(() => meant.every((pod) => isGoing(pod) || isGone(pod)), toldWithin);
}

/** How long the rig's own watch may take, in milliseconds. */
const toldWithin = 10_000;

/** A pod that was never on a node goes at once. */
async function bind(world: World, name: string): Promise<void> {
  const target = { apiVersion: 'v1', kind: 'Node', name: nodeName };
  await world.act('POST', `pods/${name}/binding`, { metadata: { name }, target });
}

async function disrupt(world: World, name: string, reason: string, status: object): Promise<void> {
  const lastTransitionTime = `${new Date().toISOString().slice(0, 19)}Z`;
  const conditions = [{ type: 'DisruptionTarget', status: 'True', reason, lastTransitionTime }];
  await world.act('PATCH', `pods/${name}/status`, { status: { ...status, conditions } });
}

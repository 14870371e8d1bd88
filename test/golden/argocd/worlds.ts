/** Objects whose statuses the operator wrote: on a real cluster, as test/observed has them, or in a simulated one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '../../../src/api/resource.ts';
import { ServingWorld } from '../../simulate/modeldeployment.ts';
import { World } from '../../simulate/trainingrun.ts';
import { canary, modelDeployment } from '../../builders/modeldeployment.ts';
import { modelVersion } from '../../builders/modelversion.ts';
import { binCounts, monitor, MonitorWorld } from '../../builders/monitor.ts';
import { recordedProduct } from '../../builders/observed.ts';
import { results, running } from '../../builders/pod.ts';
import { trainingRun } from '../../builders/trainingrun.ts';

const folder = join(import.meta.dirname, '..', '..', 'observed', 'faults');
const output = { uri: 'pvc://models/fraud' };
const second = 1000;

/** An object, and all that were there. */
export interface Seen {
  readonly object: Resource;
  readonly all: readonly Resource[];
}

/** The first object of a kind in a recorded fault. */
export function recorded(fault: string, kind: string): Seen {
  const { objects } = JSON.parse(readFileSync(join(folder, `${fault}.json`), 'utf8')) as { objects: Resource[] };
  return found(objects, kind);
}

/** Of the quickstart's product. */
export function ofProduct(kind: string): Seen {
  return found(recordedProduct().objects, kind);
}

function found(all: readonly Resource[], kind: string): Seen {
  const object = all.find((one) => one.kind === kind);
  if (object === undefined) throw new Error(`no ${kind} was recorded`);
  return { object, all };
}

export function ofRun({ run }: World): Seen {
  return { object: run, all: [run] };
}

export function ofDeployment(world: ServingWorld): Seen {
  return { object: world.parent, all: [world.parent, ...world.all('ModelVersion'), ...world.all('TrainingRun')] };
}

export function ofMonitor({ monitor }: MonitorWorld): Seen {
  return { object: monitor, all: [monitor] };
}

export async function registered(): Promise<World> {
  const world = new World(trainingRun({ spec: { output } }));
  await trained(world, 'fraud-1');
  return world;
}

/** A Monitor has it trained again. */
export async function retrained(): Promise<World> {
  const world = await registered();
  world.request('fraud', 'drift');
  await world.settle();
  world.podIs('fraud-2-train', running());
  await world.settle();
  return world;
}

export async function training(): Promise<World> {
  const world = new World(trainingRun({ spec: { output } }));
  await world.settle();
  world.podIs('fraud-1-train', running());
  world.pass(120 * second);
  await world.settle();
  return world;
}

async function trained(world: World, name: string): Promise<void> {
  await world.settle();
  world.podIs(`${name}-train`, running());
  world.pass(10 * second);
  await world.settle();
  world.podIs(`${name}-train`, results({ f1: 0.93 }));
  await world.settle();
}

/** A ModelDeployment that follows its run, and serves the first version. */
export async function serving(rollout: object = canary): Promise<ServingWorld> {
  const world = new ServingWorld(modelDeployment({ spec: { rollout } }));
  world.register(1);
  await world.pass(20);
  return world;
}

/** The second version crashes while it is a candidate. */
export async function candidateRejected(): Promise<ServingWorld> {
  const world = await serving();
  world.behaviours.set('fraud-2', 'Crashes');
  world.register(2);
  await world.pass(1200);
  return world;
}

/** The second version is declared, and crashes while it is a candidate. */
export async function declaredRejected(): Promise<ServingWorld> {
  const world = await serving();
  world.behaviours.set('fraud-2', 'Crashes');
  world.register(2);
  world.edit({ model: { versionRef: { name: 'fraud-2' } } });
  await world.pass(1200);
  return world;
}

/** A person ended the rollout that another had taken past its steps. */
export async function aborted(): Promise<ServingWorld> {
  const world = await serving();
  world.register(2);
  await world.pass(20);
  const revision = world.parent.status?.candidate?.revision ?? '';
  world.edit({ rollout: { ...canary, abortedRevision: revision, promotedRevision: revision } });
  await world.pass(40);
  return world;
}

/** A Monitor rejected the second version while it served. */
export async function rolledBack(): Promise<ServingWorld> {
  const world = await serving({});
  world.register(2);
  await world.pass(40);
  world.reject('latency');
  await world.pass(40);
  return world;
}

/** The same while the first version takes over again. */
export async function rollingBack(): Promise<ServingWorld> {
  const world = await serving({});
  world.register(2);
  await world.pass(40);
  world.reject('latency');
  await world.pass(2);
  return world;
}

/** There is no version before it. */
export async function servingRejected(): Promise<ServingWorld> {
  const world = await serving();
  world.reject('latency');
  await world.pass(40);
  return world;
}

/** A candidate has passed everything and waits, with what is to come of it. */
export async function awaitingApproval(rollout: object = {}): Promise<ServingWorld> {
  const world = await serving({ ...canary, approval: 'Required', ...rollout });
  const first = world.parent.status?.conditions?.find(({ type }) => type === 'Suspended')?.message ?? '';
  world.edit({
    rollout: { ...canary, approval: 'Required', ...rollout, approvedRevision: /[0-9a-f]{8}/.exec(first)?.[0] ?? '' },
  });
  await world.pass(20);
  world.register(2);
  await world.pass(300);
  return world;
}

/** Held, while pods of what serves do not answer. */
export async function heldAndShort(): Promise<ServingWorld> {
  const world = await awaitingApproval();
  world.unready(2);
  await world.pass(5);
  return world;
}

export async function passing(): Promise<MonitorWorld> {
  const world = new MonitorWorld(monitor());
  world.versions = [modelVersion(1, { profile: { amount: { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9] } } })];
  world.prometheus.answer = () => binCounts();
  await world.reconcile();
  return world;
}

/** One plan, from an empty namespace to its judgement. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Counts, Disturbed, FaultPlan, Request } from './contract.ts';
import { disturb } from './disturb.ts';
import { bookmarkEvery } from './descriptions/flyball.ts';
import type { Description } from './descriptions/description.ts';
import { compare, isTold, type Reference, wantedOf } from './compare.ts';
import { endOf, type End } from './end.ts';
import type { Ground } from './ground.ts';
import type { History } from './history.ts';
import { createdBy, type Created } from './judge/counts.ts';
import { type Evidence, targetOf } from './judge/evidence.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { type Deeds, World } from './world.ts';

/** How long is waited, in milliseconds. Generous: the machine may be busy with the other plans. */
const limits = { start: 60_000, rest: 30_000, silence: 700, silenceOfReference: 2_000 } as const;

/** How long a step may take while there are disturbances and after them; where it need not come at all, nobody waits long for it. */
const patience = {
  AsReference: { disturbed: 15_000, healed: 60_000 },
  Accounted: { disturbed: 15_000, healed: 20_000 },
  Any: { disturbed: 4_000, healed: 6_000 },
} as const;

interface Patience {
  readonly disturbed: number;
  readonly healed: number;
  /** Whether it was told why a step does not come, so that nobody waits long for it. */
  givesUp(): boolean;
}

export interface Outcome {
  readonly plan: FaultPlan;
  readonly violations: readonly string[];
  /** How many of the injections happened. */
  readonly struck: number;
  readonly counts: Counts;
  readonly end: End;
  readonly created: Created;
  readonly wallMs: number;
  /** The disaster that befell the whole cluster, in a batch. */
  readonly disaster?: string;
  /** The last lines of the operator's log, for whoever looks for the cause. */
  readonly log: string;
}

/** The outcome of a plan that could not be gone through. */
export function failure(plan: FaultPlan, error: unknown): Outcome {
  const counts: Counts = { Request: 0, Write: 0, Event: 0, Query: 0, events: {}, writes: [] };
  const violations = [`rig: ${error instanceof Error ? error.message : String(error)}`];
  return { plan, violations, struck: 0, counts, end: {}, created: {}, wallMs: 0, log: '' };
}

/** Where a plan waits for others, before the act of one of its steps. */
export interface Barrier {
  /** The index of the step. */
  readonly step: number;
  wait(): Promise<void>;
  /** When the cluster had gone back to what it was at the barrier; absent if it does not. */
  readonly restored?: Promise<number>;
}

/** How long it takes at most until a restore has been noticed by who watches, in milliseconds. */
const noticed = 1_500;

let started = 0;

/** Runs a plan and judges it. Without a reference its end is not compared with any. */
export async function run(
  plan: FaultPlan,
  description: Description,
  ground: Ground,
  reference?: Reference,
  barrier?: Barrier,
): Promise<Outcome> {
  const begin = performance.now();
  const namespace = `plan-${(started += 1)}-end`;
  const scenario = scenarioOf(plan, description);
  const { administrator, apiServer, prometheus, histories, environment } = ground;
  const history = histories.open(namespace);
  const world = new World(ground, history, namespace);
  await administrator.insist('POST', '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  const disturbed = await disturb({
    apiServer,
    prometheusUrl: prometheus.url,
    namespace,
    token: environment.tokens.operator,
    directory: ground.directory(namespace),
    startable: (surroundings) => description.startable(surroundings),
    leaseDuration: description.lease.duration,
    writeTimeout: description.lease.writeTimeout,
    bookmarkEvery,
  });
  try {
    await untilReady(disturbed, description);
    disturbed.begin(plan.injections);
    const wantedEnd = wantedOf(plan);
    const forgedIn = { world, disturbed, description };
    const givesUp = () => wantedEnd === 'Accounted' && isTold(forgedIn);
    const { stuck, restored } = await play(scenario, world, disturbed, { ...patience[wantedEnd], givesUp }, barrier);
    await disturbed.heal();
    const silent = reference === undefined ? limits.silenceOfReference : limits.silence;
    const loud = await silence(history, disturbed, silent);
    const late = plan.injections.filter(({ fault }) => fault === 'late-write').length;
    const ended = { world, disturbed, description, late, isStuck: stuck !== undefined };
    const differing =
      reference === undefined || scenario.end === 'MayDiffer' ? [] : await compare(ended, reference, wantedEnd);
    const lasting = [
      ...world.problems.map((problem) => `rig: ${problem}`),
      // A fault that may lead elsewhere, such as the deletion of a Job, need not lead to the step.
      ...(stuck === undefined || wantedEnd !== 'AsReference'
        ? []
        : [`liveness: all disturbances have ended and "${stuck}" does not come`]),
      ...differing,
      ...(loud === undefined ? [] : [`I5: after all is done, the operator goes on with ${loud}`]),
    ];
    const evidence = {
      description,
      namespace,
      injections: plan.injections,
      measurements: disturbed.measurements,
      refusedConnections: disturbed.refusedConnections,
      deeds: deedsOf(world, disturbed),
      forged: disturbed.forged,
      peakMemory: disturbed.peakMemory,
      ...(restored ?? { changes: history.changes, requests: disturbed.requests }),
    };
    const rules = restored === undefined ? description.rules : description.rulesAfterRestore;
    return {
      plan,
      violations: [...lasting, ...rules.flatMap((rule) => rule(evidence))],
      struck: disturbed.struck,
      counts: disturbed.counts,
      end: endOf(history, namespace, description),
      created: createdBy(disturbed.requests, history.changes),
      wallMs: performance.now() - begin,
      log: disturbed.log(),
    };
  } finally {
    world.leave();
    histories.close(namespace);
    await disturbed.stop();
  }
}

function scenarioOf({ scenario }: FaultPlan, { name, scenarios }: Description): Scenario {
  const found = scenarios.find((candidate) => candidate.name === scenario);
  if (found === undefined) throw new Error(`${name} has no scenario "${scenario}"`);
  return found;
}

async function untilReady(disturbed: Disturbed, { watches }: Description): Promise<void> {
  const end = performance.now() + limits.start;
  const watched = ({ query, status }: Request) => query.has('watch') && status === 200;
  while (disturbed.requests.filter(watched).length < watches) {
    if (performance.now() > end) throw new Error(`the operator does not start:\n${disturbed.log()}`);
    await pause(20);
  }
}

interface Played {
  /** The step that is not reached. */
  readonly stuck?: string;
  /** What there is to judge if the cluster went back in time. */
  readonly restored?: Pick<Evidence, 'changes' | 'requests'>;
}

/** Goes through the steps. One that is not reached has another chance once the disturbances are over. */
async function play(
  { steps }: Scenario,
  world: World,
  disturbed: Disturbed,
  patient: Patience,
  barrier: Barrier | undefined,
): Promise<Played> {
  let played: Played = {};
  for (const [index, step] of steps.entries()) {
    if (index === barrier?.step) await barrier.wait();
    await step.act?.(world);
    if (index === barrier?.step && barrier.restored !== undefined) {
      played = { restored: await afterRestore(world, disturbed, await barrier.restored) };
      // What was done since the backup never happened.
      await step.act?.(world);
    }
    const isReached = () => step.until(world);
    await world.history.until(() => isReached() || patient.givesUp(), patient.disturbed);
    if (isReached()) continue;
    await disturbed.heal();
    const healed = patient.givesUp() ? patience.Any.healed : patient.healed;
    if (!(await world.history.until(isReached, healed))) return { ...played, stuck: step.title };
  }
  return played;
}

/** The history begins anew with what is there; of the requests before only the Leases count. Grows as what it is made of. */
async function afterRestore(
  world: World,
  { requests }: Disturbed,
  restoredAt: number,
): Promise<Pick<Evidence, 'changes' | 'requests'>> {
  await pause(noticed);
  world.repeat();
  const { history } = world;
  const from = history.changes.length;
  const present = history.present();
  return {
    get changes() {
      return [...present, ...history.changes.slice(from)];
    },
    get requests() {
      return requests.filter((request) => request.at > restoredAt || targetOf(request)?.plural === 'leases');
    },
  };
}

/** What a forger made is as foreign as what others make, and what a forger wrote is not the operator's either. */
function deedsOf({ deeds }: World, { forged }: Disturbed): Deeds {
  return {
    ...deeds,
    foreign: new Set([...deeds.foreign, ...forged.made.keys()]),
    written: new Set([...deeds.written, ...forged.written]),
  };
}

/** Waits until nothing has happened for a while; returns what the operator is doing if that does not come. */
async function silence(history: History, disturbed: Disturbed, lasting: number): Promise<string | undefined> {
  const end = performance.now() + limits.rest;
  for (;;) {
    const now = performance.now();
    const last = disturbed.requests.findLast(isWork);
    const latest = Math.max(last?.at ?? 0, history.changes.at(-1)?.at ?? 0);
    if (now - latest > lasting) return undefined;
    if (now > end) return last === undefined ? undefined : `${last.method} ${last.path}`;
    await pause(Math.max(20, latest + lasting - now));
  }
}

/** The Lease and the watches are the price of being there. */
function isWork(request: Request): boolean {
  return !request.query.has('watch') && targetOf(request)?.plural !== 'leases';
}

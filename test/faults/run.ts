/** One plan, from an empty namespace to its judgement. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Counts, Disturbed, FaultPlan, Request } from './contract.ts';
import { disturb } from './disturb.ts';
import { bookmarkEvery } from './descriptions/flyball.ts';
import type { Description } from './descriptions/description.ts';
import { differences, endOf, type End } from './end.ts';
import type { Ground } from './ground.ts';
import type { History } from './history.ts';
import { createdBy, type Created } from './judge/counts.ts';
import { isSame, targetOf } from './judge/evidence.ts';
import type { Reference } from './reference.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { World } from './world.ts';

/** How long is waited, in milliseconds. Generous: the machine may be busy with the other plans. */
const limits = { start: 60_000, disturbedStep: 12_000, healedStep: 30_000, rest: 30_000, silence: 700 } as const;

export interface Outcome {
  readonly plan: FaultPlan;
  readonly violations: readonly string[];
  /** How many of the injections happened. */
  readonly struck: number;
  readonly counts: Counts;
  readonly end: End;
  readonly created: Created;
  readonly wallMs: number;
  /** The last lines of the operator's log, for whoever looks for the cause. */
  readonly log: string;
}

let started = 0;

/** Runs a plan and judges it. Without a reference its end is not compared with any. */
export async function run(
  plan: FaultPlan,
  description: Description,
  ground: Ground,
  reference?: Reference,
): Promise<Outcome> {
  const begin = performance.now();
  const namespace = `plan-${(started += 1)}-end`;
  const scenario = scenarioOf(plan, description);
  const { administrator, apiServer, prometheus, histories, environment } = ground;
  const history = histories.open(namespace);
  const world = new World(administrator, prometheus, history, namespace);
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
    const stuck = await play(scenario, world, disturbed);
    await disturbed.heal();
    const restless = stuck.length > 0 ? [] : await rest(world, disturbed, description, reference);
    const evidence = {
      description,
      namespace,
      injections: plan.injections,
      changes: history.changes,
      requests: disturbed.requests,
      deeds: world.deeds,
      peakMemory: disturbed.peakMemory,
    };
    return {
      plan,
      violations: [...stuck, ...restless, ...description.rules.flatMap((rule) => rule(evidence))],
      struck: disturbed.struck,
      counts: disturbed.counts,
      end: endOf(history, namespace, description),
      created: createdBy(disturbed.requests),
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

/** Goes through the steps. One that is not reached has another chance once the disturbances are over. */
async function play({ steps }: Scenario, world: World, disturbed: Disturbed): Promise<readonly string[]> {
  for (const step of steps) {
    await step.act?.(world);
    const isReached = () => step.until(world);
    if (await world.history.until(isReached, limits.disturbedStep)) continue;
    await disturbed.heal();
    if (await world.history.until(isReached, limits.healedStep)) continue;
    return [`liveness: after all disturbances have ended, the step "${step.title}" is not reached`];
  }
  return [];
}

/** After the last step everything ends up as it did without disturbances, and then nothing is asked of the API server any more. */
async function rest(
  { history, namespace }: World,
  disturbed: Disturbed,
  description: Description,
  reference: Reference | undefined,
): Promise<readonly string[]> {
  const end = () => endOf(history, namespace, description);
  const isAsBefore = () => reference === undefined || isSame(end(), reference.end);
  await history.until(isAsBefore, limits.rest);
  const loud = await silence(history, disturbed);
  const found = reference === undefined || isAsBefore() ? [] : differences(end(), reference.end);
  return [
    ...found.map((difference) => `end: ${difference}, as it is without disturbances`),
    ...(loud === undefined ? [] : [`I5: after all is done, the operator goes on with ${loud}`]),
  ];
}

/** Waits until nothing has happened for a while; returns what the operator is doing if that does not come. */
async function silence(history: History, disturbed: Disturbed): Promise<string | undefined> {
  const end = performance.now() + limits.rest;
  for (;;) {
    const now = performance.now();
    const last = disturbed.requests.findLast(isWork);
    const latest = Math.max(last?.at ?? 0, history.changes.at(-1)?.at ?? 0);
    if (now - latest > limits.silence) return undefined;
    if (now > end) return last === undefined ? undefined : `${last.method} ${last.path}`;
    await pause(Math.max(20, latest + limits.silence - now));
  }
}

/** The Lease and the watches are the price of being there. */
function isWork(request: Request): boolean {
  return !request.query.has('watch') && targetOf(request)?.plural !== 'leases';
}

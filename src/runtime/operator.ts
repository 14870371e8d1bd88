import type { Server } from 'node:http';
import { kindID } from '../kube/cache.ts';
import { Caches } from '../kube/caches.ts';
import { Client } from '../kube/client.ts';
import { type Clock, pause, systemClock } from '../kube/clock.ts';
import type { Connect } from '../kube/connection.ts';
import type { Log } from '../kube/log.ts';
import type { Sampler } from '../measure/sampler.ts';
import { Reflector, type Watched } from '../kube/reflector.ts';
import { Transport } from '../kube/transport.ts';
import { close, healthHandler, listen, metricsHandler } from '../server/http.ts';
import type { Metrics } from '../server/metrics.ts';
import type { Settings } from '../settings.ts';
import { EarlierWrites } from './earlier.ts';
import { EventRecorder } from './events.ts';
import { LeaderElection } from './leader.ts';
import { VersionWatch } from './versionwatch.ts';
import { type AnyController, Worker } from './worker.ts';

export interface OperatorOptions {
  readonly connect: Connect;
  readonly controllers: readonly AnyController[];
  readonly sampler: Sampler;
  /** Where the Lease is. */
  readonly namespace: string;
  /** Those whose objects are reconciled; all if undefined. */
  readonly watchNamespaces?: readonly string[] | undefined;
  /** Unique to this process. */
  readonly identity: string;
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly ports: { readonly metrics: number; readonly health: number };
  readonly clock?: Clock;
}

/** Why the operator ended. After LeaseLost the process should end with an error, so that it starts with an empty cache. */
export type Ending = 'Stopped' | 'LeaseLost';

export const leaseName = 'flyball-operator';

/**
 * Runs the operator until `stop` aborts or the lease is lost: wait for the lease, fill the cache by consistent lists, reconcile.
 * @throws if a port is taken.
 */
export async function runOperator(options: OperatorOptions, stop: AbortSignal): Promise<Ending> {
  const { settings, log, metrics, clock = systemClock } = options;
  const transport = new Transport(options.connect, settings, metrics.countRequest);
  const leaseClient = new Client(transport, { ...settings, readTimeout: settings.writeTimeout });
  const leaseKey = { namespace: options.namespace, name: leaseName };
  const election = new LeaderElection(leaseClient, leaseKey, options.identity, settings, clock, log);
  const reflectors: Reflector[] = [];
  const servers = await Promise.all([
    listen(options.ports.metrics, metricsHandler(metrics)),
    listen(
      options.ports.health,
      healthHandler(() => problems(election, reflectors, settings)),
    ),
  ]);
  try {
    metrics.leading(leaseName, false);
    log.info('Waiting for the lease', { lease: leaseName, identity: options.identity });
    if (!(await election.acquire(stop))) return 'Stopped';
    metrics.leading(leaseName, true);
    log.info('Holding the lease');
    const client = new Client(transport, settings, election.fence);
    const ending = await lead({ ...options, clock, client, election, reflectors }, stop);
    metrics.leading(leaseName, false);
    return ending;
  } finally {
    await shutDown(servers, transport);
  }
}

interface Leading extends OperatorOptions {
  readonly clock: Clock;
  readonly client: Client;
  readonly election: LeaderElection;
  readonly reflectors: Reflector[];
}

/** All that happens while this replica holds the lease. Ends in the order: no more keys, writes end, lease released, watches. */
async function lead(leading: Leading, stop: AbortSignal): Promise<Ending> {
  const { client, election, settings, clock, log, metrics } = leading;
  const ending = new AbortController();
  const caches = new Caches((kind, key) => client.get(kind, key), leading.watchNamespaces);
  const workers = createWorkers(leading, caches);
  const kinds = watchedKinds(leading.controllers);
  leading.reflectors.push(
    ...caches.all.flatMap((cache) =>
      kinds.map((watched) => new Reflector(watched, client, cache, settings, clock, log)),
    ),
  );
  const watching = leading.reflectors.map((reflector) => reflector.run(ending.signal));
  metrics.measureKinds(leading.reflectors);
  void Promise.all(leading.reflectors.map(({ decided }) => decided)).then(() => {
    log.info('The cache is filled', { kinds: leading.reflectors.filter(({ isServed }) => isServed).length });
  });
  const version = new VersionWatch(client, caches, settings, log);
  const asking = version.run(ending.signal);
  const working = Promise.all(workers.map((worker) => startWhenDecided(worker, leading.reflectors, version, stop)));
  await election.keep(stop);
  const lost = !stop.aborted;
  if (lost) log.error('Lost the lease');
  for (const worker of workers) worker.stop();
  if (!lost) await finishWrites(working, leading);
  election.resign();
  ending.abort();
  await Promise.all([...watching, asking]);
  return lost ? 'LeaseLost' : 'Stopped';
}

function createWorkers(leading: Leading, caches: Caches): Worker[] {
  const { client, clock, settings, sampler, log } = leading;
  const recorder = new EventRecorder(client, leading.identity, clock.now, log);
  return leading.controllers.map((controller) => {
    const context = {
      client,
      caches,
      now: clock.now,
      earlier: new EarlierWrites(settings.refusedRetry),
      sampler,
      written: (before: Parameters<typeof recorder.transition>[1], after: typeof before) => {
        void recorder.transition(controller, before, after);
      },
    };
    return new Worker(controller, context, leading);
  });
}

/**
 * Starts a worker once all that it needs was listed, or is certain not to be served, and the API server was asked what it is. What others
 * need does not keep it.
 */
async function startWhenDecided(
  worker: Worker,
  reflectors: readonly Reflector[],
  { asked }: VersionWatch,
  stop: AbortSignal,
): Promise<void> {
  const needed = reflectors.filter(({ watched }) => worker.needs(watched.kind));
  const stopped = new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  await Promise.race([stopped, Promise.all([asked, ...needed.map(({ decided }) => decided)])]);
  if (!stop.aborted) await worker.run();
}

/** Lets reconciles and writes in flight end in good time, then gives the lease away; with a write still in flight it must run out. */
async function finishWrites(working: Promise<unknown>, leading: Leading): Promise<void> {
  const { client, election, settings, clock, log } = leading;
  const end = clock.monotonic() + settings.stopTimeout * 0.6;
  const finished = new AbortController();
  await Promise.race([working, pause(end - clock.monotonic(), finished.signal)]);
  election.resign();
  while (client.writesInFlight > 0 && clock.monotonic() < end) await pause(20, finished.signal);
  finished.abort();
  if (client.writesInFlight === 0) await election.release();
  else log.warn('A write was still in flight; the lease runs out by itself');
}

/** Each kind once. Two controllers that watch a kind share what is cached of it, so they must agree on the selector. */
export function watchedKinds(controllers: readonly AnyController[]): Watched[] {
  const kinds = new Map<string, Watched>();
  for (const watched of controllers.flatMap((controller): Watched[] => [
    { kind: controller.kind },
    ...controller.watches,
  ])) {
    const { kind, labelSelector } = watched;
    const other = kinds.get(kindID(kind));
    if (other !== undefined && other.labelSelector !== labelSelector) {
      throw new Error(`${kind.plural} are watched with two selectors: "${other.labelSelector}" and "${labelSelector}"`);
    }
    kinds.set(kindID(kind), { kind, labelSelector });
  }
  return [...kinds.values()];
}

/**
 * What keeps this replica from being ready. One that waits for the lease needs the API server alone. A kind that is not served is
 * the administrator's matter, and another replica would not see it either.
 */
function problems(election: LeaderElection, reflectors: readonly Reflector[], settings: Settings): string[] {
  const found: string[] = [];
  if (election.silentFor > settings.unreadyAfter) found.push('the API server does not answer');
  for (const reflector of reflectors) {
    const { namespace, watched } = reflector;
    const what = `${watched.kind.plural}${namespace === undefined ? '' : ` in ${namespace}`}`;
    if (!reflector.isServed) continue;
    if (!reflector.hasSynced) found.push(`${what}: not listed yet`);
    else if (!reflector.isRefused && reflector.blindFor() > settings.unreadyAfter)
      found.push(`${what}: the watch is down`);
  }
  return found;
}

async function shutDown(servers: readonly Server[], transport: Transport): Promise<void> {
  for (const server of servers) close(server);
  await transport.close();
}

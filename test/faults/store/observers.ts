import type { IPod } from 'kubernetes-models/v1';
import { pods } from '../../../src/api/kinds.ts';
import { label } from '../../../src/api/labels.ts';
import { uidOf } from '../../../src/api/resource.ts';
import type { Flight } from '../../../src/observer/flight.ts';
import { createObserverMetrics, type ObserverMetrics } from '../../../src/observer/metrics.ts';
import type { History } from '../history.ts';

/**
 * How a server treats those who ask it. One that hangs answers its probes and nothing else, or four requests in ten; one that was born
 * failing has failed before anybody has read its counters, and works from then on.
 */
export type Conduct = 'Answers' | 'Hangs' | 'HangsAtTimes' | 'BornFailing';

/** How often a pod gets a request, and after what time a client gives up, in milliseconds. */
const every = 25;
const patience = 1_500;
/** How long nobody reads the counters of a pod that was born failing, in milliseconds, and how much fails in this time. */
const unread = 1_000;
const failuresAtBirth = 40;

interface Observer {
  readonly metrics: ObserverMetrics;
  readonly conduct: Conduct;
  readonly bornAt: number;
  readonly waiting: { readonly since: number; readonly flight: Flight }[];
}

/** Plays the observers of all pods of a namespace that are ready, and the clients who ask them. What they count is the real code's. */
export class Observers {
  readonly #history: History;
  readonly #conductOf: (pod: IPod) => Conduct;
  readonly #known = new Map<string, Observer>();
  readonly #timer: NodeJS.Timeout;

  constructor(history: History, conductOf: (pod: IPod) => Conduct) {
    this.#history = history;
    this.#conductOf = conductOf;
    this.#timer = setInterval(() => this.#ask(), every);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** What is read from all of them. */
  async page(): Promise<string> {
    const now = performance.now();
    const read = [...this.#known.values()].filter(
      ({ conduct, bornAt }) => conduct !== 'BornFailing' || now - bornAt > unread,
    );
    return (await Promise.all(read.map(({ metrics }) => metrics.registry.metrics()))).join('\n');
  }

  #ask(): void {
    const now = performance.now();
    const ready = this.#history.list(pods).filter(isReady);
    const there = new Set(ready.map(uidOf));
    for (const uid of this.#known.keys()) if (!there.has(uid)) this.#known.delete(uid);
    for (const pod of ready) {
      const observer = this.#known.get(uidOf(pod)) ?? this.#born(pod, now);
      this.#known.set(uidOf(pod), observer);
      askOne(observer, now);
    }
  }

  #born(pod: IPod, now: number): Observer {
    const { [label.modelDeployment]: modelDeployment = '', [label.revision]: revision = '' } =
      pod.metadata?.labels ?? {};
    const namespace = pod.metadata?.namespace ?? '';
    const configuration = { namespace, modelDeployment, revision, upstreamPort: 1, signals: [], profile: {} };
    const metrics = createObserverMetrics(configuration, new Map());
    metrics.registry.setDefaultLabels({ pod: pod.metadata?.name });
    const conduct = this.#conductOf(pod);
    if (conduct === 'BornFailing') for (let count = 0; count < failuresAtBirth; count += 1) metrics.answered(507, 0.01);
    return { metrics, conduct, bornAt: now, waiting: [] };
  }
}

function askOne({ metrics, conduct, waiting }: Observer, now: number): void {
  giveUp(metrics, waiting, now);
  const isStuck = conduct === 'Hangs' || (conduct === 'HangsAtTimes' && Math.floor(now / every) % 10 < 4);
  if (!isStuck) return metrics.answered(200, 0.02);
  const seconds = (since: number) => (performance.now() - since) / 1_000;
  const flight: Flight = {
    begins: () => false,
    seconds: () => seconds(now),
    wait: () => ({ seconds: seconds(now), begun: false }),
  };
  waiting.push({ since: now, flight });
  metrics.inFlight.add(flight);
}

/** Clients leave that have waited for too long. */
function giveUp(metrics: ObserverMetrics, waiting: Observer['waiting'], now: number): void {
  while (waiting[0] !== undefined && now - waiting[0].since > patience) {
    const given = waiting.shift();
    if (given === undefined) return;
    metrics.inFlight.delete(given.flight);
    metrics.cancelled({ seconds: (now - given.since) / 1_000, begun: false });
  }
}

function isReady({ status }: IPod): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;
}

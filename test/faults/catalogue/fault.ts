import type { ApiServer, Injection, Moment, Request } from '../contract.ts';
import type { Forger } from '../forger.ts';
import type { Processes } from '../processes.ts';
import type { PrometheusProxy } from '../proxy/prometheus.ts';
import type { Exchange, Proxy, Treatment } from '../proxy/proxy.ts';
import type { WatchStream } from '../proxy/watch.ts';

/** What a fault can lay its hands on. */
export interface Means {
  readonly apiServer: ApiServer;
  readonly processes: Pick<Processes, 'running' | 'start' | 'signal' | 'shiftClock'>;
  readonly proxy: Pick<Proxy, 'slowness' | 'staleVersion' | 'newWatchesHeldFor' | 'cut' | 'mend'>;
  readonly prometheus: Pick<PrometheusProxy, 'distortion'>;
  readonly namespace: string;
  readonly forger: Pick<Forger, 'create' | 'usurp' | 'change' | 'list'>;
  readonly leaseDuration: number;
  readonly writeTimeout: number;
  /** All requests of the operator so far. */
  readonly requests: readonly Request[];
  /** The open watches of a kind; of all kinds without one. */
  readonly watches: (plural: string | undefined) => readonly WatchStream[];
  /** Treats this many of the next requests that are counted and that `isMeant` is true of. */
  readonly treatNext: (count: number, treatment: Treatment, isMeant?: (request: Request) => boolean) => void;
  /** Does something after a while, or when the operator is healed, if that comes first. */
  readonly later: (milliseconds: number, act: () => void) => void;
}

export type FaultClass =
  | 'Crash'
  | 'Loss'
  | 'Refusal'
  | 'Watch'
  | 'Staleness'
  | 'Leadership'
  | 'Clock'
  | 'Outage'
  | 'Prometheus'
  | 'Meddling'
  | 'Forgery';

/** A disturbance by name. */
export interface Fault {
  readonly name: string;
  readonly class: FaultClass;
  /** What its moments may be counted in. A fault of a request strikes the one that is counted. */
  readonly moments: readonly Moment['count'][];
  /** Whether it strikes one kind. "Optional" without a kind strikes all of them. */
  readonly kind: 'None' | 'Optional' | 'Required';
  /** The only kinds that it can strike, if not all. */
  readonly kinds?: readonly string[];
  /** The sorts of writes of which a scenario must have one for this fault to find anything to strike, such as "POST jobs". */
  readonly upon?: readonly string[];
  /** Whether the world must come to the same end as without it, or lawfully may come to another. */
  readonly end: 'AsReference' | 'MayDiffer';
  /** What the operator must have for this fault to mean anything: a runtime of Node, a Lease. */
  readonly needs?: 'Node' | 'Lease';
  /** What it does to the request at which it strikes. */
  readonly treatment?: (means: Means, exchange: Exchange) => Treatment;
  /** What it does besides, when it strikes. */
  readonly strike?: (means: Means, injection: Injection) => void;
}

/** Where most faults can strike. */
export const anyMoment = ['Request', 'Write', 'Event'] as const;

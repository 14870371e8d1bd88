/** What the two halves of the fault rig agree on: the one that disturbs (proxy, processes) and the one that judges. */
import type { Dispatcher } from 'undici';
import type { Resource } from '../../src/api/resource.ts';

/** A request of the operator as the proxy saw it. */
export interface Request {
  /** Which of the operator's processes sent it, counted from 1 over the whole plan. */
  readonly process: number;
  /** When it had arrived in full, on the monotonic clock of the rig, in milliseconds. */
  readonly at: number;
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The parsed JSON of a write; undefined if it was sent in another encoding. */
  readonly body: unknown;
  /** The API server's answer, or what the proxy made up; undefined as long as there is none. */
  status: number | undefined;
  /** The parsed answer to a write that the API server carried out. */
  answer: unknown;
  /** Whether the API server got it. */
  wasForwarded: boolean;
  /** Whether the operator got an answer in full. */
  wasAnswered: boolean;
}

/**
 * Counted at the proxy from where the scenario begins, over all of the operator's processes: the number of a request, of a write,
 * of a watch event, bookmarks apart, of a query to Prometheus. What is about Leases or Events is never counted. An injection that
 * strikes a kind counts the events of that kind alone.
 */
export interface Moment {
  readonly count: 'Request' | 'Write' | 'Event' | 'Query';
  readonly number: number;
}

/** One disturbance. */
export interface Injection {
  /** A name of the catalogue in faults.ts. */
  readonly fault: string;
  readonly at: Moment;
  /** The plural of the kind that it strikes, for the faults that strike one, such as a lagging watch. */
  readonly kind?: string;
}

/** What is done to an operator: replayable from its text. */
export interface FaultPlan {
  /** A name of the catalogue in scenarios. */
  readonly scenario: string;
  readonly injections: readonly Injection[];
}

/** How the rig starts some operator. */
export interface Startable {
  readonly path: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What an operator is given to be started with. All addresses lead through the proxy. */
export interface Surroundings {
  readonly kubeconfig: string;
  /** The plan's namespace; also where the Lease is. */
  readonly namespace: string;
  readonly podName: string;
  readonly prometheusUrl: string;
  readonly ports: readonly [metrics: number, health: number];
}

/** An API server as all proxies reach it, by one pool of connections. */
export interface ApiServer {
  readonly url: string;
  /** The certificates that it is verified by, as PEM; undefined for plain HTTP. */
  readonly ca: string | undefined;
  readonly agent: Dispatcher;
  /** What it serves, by group version and plural, such as "batch/v1/jobs". */
  readonly resources: ReadonlyMap<string, ServedResource>;
  /** A request by someone who may do everything, past every proxy. */
  administer(method: string, path: string, body?: unknown): Promise<Administered>;
  close(): Promise<void>;
}

export interface ServedResource {
  readonly kind: string;
  readonly namespaced: boolean;
}

export interface Administered {
  readonly status: number;
  readonly body: unknown;
}

export interface DisturbOptions {
  readonly apiServer: ApiServer;
  /** Where Prometheus really is. */
  readonly prometheusUrl: string;
  readonly namespace: string;
  /** What the operator authenticates itself by. */
  readonly token: string;
  /** An existing directory of this operator alone, for kubeconfigs and logs. */
  readonly directory: string;
  /** How to start the next process. */
  startable(surroundings: Surroundings): Startable;
  /** How long the operator's Lease lasts, and how long one of its writes may take, in milliseconds. */
  readonly leaseDuration: number;
  readonly writeTimeout: number;
  /**
   * The proxy sends a bookmark on each watch that was silent for so long, as an API server may at any time: so an operator may
   * take a silent watch for dead much sooner than a real API server's minute between bookmarks.
   */
  readonly bookmarkEvery: number;
}

/** An answer of Prometheus as the operator got it. */
export interface Measurement {
  /** When it was given, on the monotonic clock of the rig, in milliseconds. */
  readonly at: number;
  readonly expression: string;
  readonly status: number;
  readonly body: string;
  /** How many bytes of the answer the operator took, where it was given more than it can have wanted. */
  readonly taken?: number;
}

/** What a hostile user wrote, as far as the judge has to tell it from what the operator did. */
export interface Forged {
  /** What the user made, by UID. */
  readonly made: ReadonlyMap<string, Resource>;
  /** What the operator made and the user changed, by UID. */
  readonly changed: ReadonlyMap<string, Resource>;
  /** The versions of objects that the user's writes led to. */
  readonly written: ReadonlySet<string>;
}

/** How much there was to count, so that plans can name moments that will come. */
export interface Counts {
  readonly Request: number;
  readonly Write: number;
  readonly Event: number;
  readonly Query: number;
  /** Events by plural. */
  readonly events: Readonly<Record<string, number>>;
  /** Of each write in its turn the sort, such as "POST jobs". */
  readonly writes: readonly string[];
}

/** An operator behind its proxy, confined to one namespace, whose processes are restarted as a kubelet would. */
export interface Disturbed {
  /** In the order of their arrival; grows. */
  readonly requests: readonly Request[];
  /** What the operator was told by Prometheus, in the order of the answers; grows. */
  readonly measurements: readonly Measurement[];
  readonly forged: Forged;
  /** When it tried to connect while it could reach nothing, on the monotonic clock of the rig, in milliseconds; grows. */
  readonly refusedConnections: readonly number[];
  /** Begins to count moments and to disturb. */
  begin(injections: readonly Injection[]): void;
  /** What was counted since `begin`. */
  readonly counts: Counts;
  /** How many of the injections have happened. */
  readonly struck: number;
  /**
   * Ends every disturbance, and starts an operator if none runs; nothing is injected any more. Only a watch that was made silent
   * stays silent: it is for the operator to find out.
   */
  heal(): Promise<void>;
  /** The largest resident memory of any of its processes so far, in MiB. */
  readonly peakMemory: number;
  /** How its processes ended: "SIGKILL", "exit 1". */
  readonly endings: readonly string[];
  /** The last lines of the log of the process that was started last. */
  log(): string;
  stop(): Promise<void>;
}

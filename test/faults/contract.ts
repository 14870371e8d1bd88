/** What the two halves of the fault rig agree on: the one that disturbs (proxy, processes) and the one that judges. */

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
  /** The parsed JSON of a write. */
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

/** Counted at the proxy from where the scenario begins: the number of a request, of a write (Lease and Events apart), of a watch event. */
export interface Moment {
  readonly count: 'Request' | 'Write' | 'Event';
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

/** An operator behind its proxy, confined to one namespace, whose processes are restarted as a kubelet would. */
export interface Disturbed {
  /** In the order of their arrival; grows. */
  readonly requests: readonly Request[];
  /** Begins to count moments and to disturb. */
  begin(injections: readonly Injection[]): void;
  /** How many of the injections have happened. */
  readonly struck: number;
  /** Ends every disturbance, and starts an operator if none runs; nothing is injected any more. */
  heal(): Promise<void>;
  /** The largest resident memory of any of its processes so far, in MiB. */
  readonly peakMemory: number;
  /** How its processes ended: "SIGKILL", "exit 1". */
  readonly endings: readonly string[];
  /** The last lines of the log of the process that was started last. */
  log(): string;
  stop(): Promise<void>;
}

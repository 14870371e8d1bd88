import type { Fault, Means } from './catalogue/fault.ts';
import type { Forged, Counts, DisturbOptions, Injection, Measurement, Request } from './contract.ts';
import { faultOf } from './faults.ts';
import { Forger } from './forger.ts';
import type { Processes } from './processes.ts';
import { isCounted, sortOfWrite, targetOf } from './proxy/kubernetes.ts';
import { Moments } from './proxy/moments.ts';
import { PrometheusProxy } from './proxy/prometheus.ts';
import { type Exchange, Proxy, type Treatment } from './proxy/proxy.ts';

interface Pending {
  readonly treatment: Treatment;
  readonly isMeant: (request: Request) => boolean;
  left: number;
}

export type InterferenceOptions = Pick<
  DisturbOptions,
  'apiServer' | 'prometheusUrl' | 'namespace' | 'token' | 'bookmarkEvery' | 'leaseDuration' | 'writeTimeout'
>;

/** Lets faults strike at their moments: what passes the proxy is counted, and treated as those that are due want it. */
export class Interference {
  readonly proxy: Proxy;
  /** What Prometheus told the operator. */
  readonly measurements: readonly Measurement[];
  readonly forged: Forged;
  readonly #moments = new Moments();
  readonly #processes: Means['processes'] & Pick<Processes, 'markUp'>;
  readonly #means: Means;
  /** What is still to be done, and when by itself. */
  readonly #later = new Map<() => void, NodeJS.Timeout>();
  #pending: Pending[] = [];

  /** `processes` are those that come in through the proxy. */
  constructor(options: InterferenceOptions, processes: Means['processes'] & Pick<Processes, 'markUp'>) {
    const prometheus = new PrometheusProxy(options.prometheusUrl, options.apiServer.agent, () =>
      this.#strike(this.#moments.query()),
    );
    this.measurements = prometheus.measurements;
    const forger = new Forger(options.apiServer, options.namespace);
    this.forged = forger;
    this.#processes = processes;
    this.proxy = new Proxy({
      ...options,
      prometheus,
      treat: (exchange) => this.#treat(exchange),
      onEvent: (watch) => {
        if (isCounted(watch)) this.#strike(this.#moments.event(watch.plural));
      },
    });
    this.#means = {
      ...options,
      processes,
      prometheus,
      forger,
      proxy: this.proxy,
      requests: this.proxy.requests,
      watches: (plural) => [...this.proxy.watches].filter((watch) => plural === undefined || watch.plural === plural),
      treatNext: (left, treatment, isMeant = () => true) => this.#pending.push({ left, treatment, isMeant }),
      later: (milliseconds, act) => this.#actLater(milliseconds, act),
    };
  }

  get counts(): Counts {
    return this.#moments.counts;
  }

  get struck(): number {
    return this.#moments.struck;
  }

  /** @throws if there is no fault of such a name. */
  begin(injections: readonly Injection[]): void {
    for (const { fault } of injections) faultOf(fault);
    this.#moments.begin(injections);
  }

  /** Ends what is going on, as if its time had come, and strikes no more. Silent watches stay silent. */
  heal(): void {
    this.#moments.end();
    this.#pending = [];
    for (const act of this.#later.keys()) this.#act(act);
    for (const watch of this.proxy.watches) watch.release();
  }

  /** Forgets what is still to be done. */
  stop(): void {
    this.#moments.end();
    for (const timer of this.#later.values()) clearTimeout(timer);
    this.#later.clear();
  }

  #treat(exchange: Exchange): Treatment {
    const { request } = exchange;
    this.#processes.markUp(request.process);
    const target = targetOf(request.path);
    if (!isCounted(target)) return {};
    const due = this.#moments.request(sortOfWrite(request.method, target));
    // Those that strike now mean the requests after this one.
    const pending = this.#takePending(request);
    this.#strike(due);
    const faults: readonly Fault[] = due.map(({ fault }) => faultOf(fault));
    return inTurn([...faults.flatMap((fault) => fault.treatment?.(this.#means, exchange) ?? []), ...pending]);
  }

  #strike(injections: readonly Injection[]): void {
    for (const injection of injections) faultOf(injection.fault).strike?.(this.#means, injection);
  }

  #takePending(request: Request): readonly Treatment[] {
    const meant = this.#pending.filter(({ isMeant }) => isMeant(request));
    for (const pending of meant) pending.left -= 1;
    this.#pending = this.#pending.filter(({ left }) => left > 0);
    return meant.map(({ treatment }) => treatment);
  }

  #actLater(milliseconds: number, act: () => void): void {
    this.#later.set(
      act,
      setTimeout(() => this.#act(act), milliseconds),
    );
  }

  #act(act: () => void): void {
    clearTimeout(this.#later.get(act));
    this.#later.delete(act);
    act();
  }
}

/** Several treatments of one request: the first that does something instead has its way. */
function inTurn(treatments: readonly Treatment[]): Treatment {
  return {
    before: async (exchange) => {
      for (const treatment of treatments) {
        const instead = await treatment.before?.(exchange);
        if (instead !== undefined) return instead;
      }
      return undefined;
    },
    after: async (exchange) => {
      for (const treatment of treatments) {
        const instead = await treatment.after?.(exchange);
        if (instead !== undefined) return instead;
      }
      return undefined;
    },
    answered: (exchange) => {
      for (const treatment of treatments) treatment.answered?.(exchange);
    },
  };
}

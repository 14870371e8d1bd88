import type { Disturbed, DisturbOptions, Injection, Request } from './contract.ts';
import type { Means } from './catalogue/fault.ts';
import { faultOf } from './faults.ts';
import { Processes } from './processes.ts';
import { isCounted, isWrite, targetOf } from './proxy/kubernetes.ts';
import { Moments } from './proxy/moments.ts';
import { PrometheusProxy } from './proxy/prometheus.ts';
import { type Exchange, Proxy, type Treatment } from './proxy/proxy.ts';

/** Starts an operator behind a proxy that disturbs it as told. Does not wait until it leads. */
export async function disturb(options: DisturbOptions): Promise<Disturbed> {
  const disturbance = new Disturbance(options);
  await disturbance.start();
  return disturbance;
}

interface Pending {
  readonly treatment: Treatment;
  readonly isMeant: (request: Request) => boolean;
  left: number;
}

class Disturbance implements Disturbed {
  readonly #moments = new Moments();
  readonly #processes: Processes;
  readonly #proxy: Proxy;
  readonly #prometheus: PrometheusProxy;
  readonly #means: Means;
  /** What is still to be done, and when by itself. */
  readonly #later = new Map<() => void, NodeJS.Timeout>();
  #pending: Pending[] = [];

  constructor(options: DisturbOptions) {
    const { apiServer, prometheusUrl, namespace, bookmarkEvery } = options;
    this.#prometheus = new PrometheusProxy(prometheusUrl, apiServer.agent);
    this.#proxy = new Proxy({
      apiServer,
      namespace,
      prometheus: this.#prometheus,
      bookmarkEvery,
      treat: (exchange) => this.#treat(exchange),
      onEvent: ({ plural }) => this.#strike(this.#moments.event(plural)),
    });
    this.#processes = new Processes({ ...options, open: (number) => this.#proxy.open(number) });
    this.#means = {
      ...options,
      processes: this.#processes,
      proxy: this.#proxy,
      prometheus: this.#prometheus,
      requests: this.#proxy.requests,
      watches: (plural) => [...this.#proxy.watches].filter((watch) => plural === undefined || watch.plural === plural),
      treatNext: (left, treatment, isMeant = () => true) => this.#pending.push({ left, treatment, isMeant }),
      later: (milliseconds, act) => this.#actLater(milliseconds, act),
    };
  }

  start(): Promise<void> {
    return this.#processes.start();
  }

  get requests(): readonly Request[] {
    return this.#proxy.requests;
  }

  get counts() {
    return this.#moments.counts;
  }

  get struck(): number {
    return this.#moments.struck;
  }

  get peakMemory(): number {
    return this.#processes.peakMemory;
  }

  get endings(): readonly string[] {
    return this.#processes.endings;
  }

  log(): string {
    return this.#processes.log();
  }

  begin(injections: readonly Injection[]): void {
    for (const { fault } of injections) faultOf(fault);
    this.#moments.begin(injections);
  }

  async heal(): Promise<void> {
    this.#moments.end();
    this.#pending = [];
    for (const act of this.#later.keys()) this.#act(act);
    for (const watch of this.#proxy.watches) watch.release();
    await this.#processes.ensure();
  }

  async stop(): Promise<void> {
    this.#moments.end();
    for (const timer of this.#later.values()) clearTimeout(timer);
    this.#later.clear();
    await this.#processes.stop();
  }

  #treat(exchange: Exchange): Treatment {
    const { request } = exchange;
    this.#processes.markUp(request.process);
    const target = targetOf(request.path);
    if (!isCounted(target)) return {};
    const due = this.#moments.request(isWrite(request.method, target));
    const treatments = due.map(({ fault }) => faultOf(fault).treatment?.(this.#means, exchange));
    const pending = this.#takePending(request);
    this.#strike(due);
    return inTurn([...treatments.filter((treatment) => treatment !== undefined), ...pending]);
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

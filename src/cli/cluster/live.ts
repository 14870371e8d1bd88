import {
  deployments,
  modelDeployments,
  modelVersions,
  monitors,
  pods,
  replicaSets,
  trainingRuns,
  wholeJobs,
} from '../../api/kinds.ts';
import { managedSelector } from '../../api/labels.ts';
import type { Kind, Resource } from '../../api/resource.ts';
import { Cache } from '../../kube/cache.ts';
import { systemClock } from '../../kube/clock.ts';
import type { Log } from '../../kube/log.ts';
import { Reflector } from '../../kube/reflector.ts';
import { type Cluster, watchSettings } from './cluster.ts';
import { collectionTitle, type ReadObjects } from './objects.ts';

/** What products are made of, kept up to date as the operator keeps its cache: by watches that outlive the API server's restarts. */
export class LiveObjects {
  readonly #namespace: string | undefined;
  readonly #cache: Cache;
  readonly #reflectors: readonly Reflector[];
  #hasChanged = true;
  #trouble = '';

  /** @param selector which of the objects that people write. */
  constructor(cluster: Cluster, namespace: string | undefined, selector: string | undefined) {
    this.#namespace = namespace;
    this.#cache = new Cache(() => Promise.resolve(undefined), namespace);
    const log = logOf((error) => {
      this.#trouble = error;
    });
    const written = [trainingRuns, modelVersions, modelDeployments, monitors];
    const made = [wholeJobs, deployments, replicaSets, pods];
    const watched = [
      ...written.map((kind: Kind) => ({ kind, labelSelector: selector })),
      ...made.map((kind: Kind) => ({ kind, labelSelector: managedSelector })),
    ];
    this.#reflectors = watched.map(
      (one) => new Reflector(one, cluster.watching, this.#cache, watchSettings, systemClock, log),
    );
    const changed = () => {
      this.#hasChanged = true;
    };
    for (const { kind } of watched) this.#cache.subscribe(kind, changed);
    this.#cache.subscribeServed(changed);
  }

  /** Resolves once each kind was listed, or is certain not to be shown. */
  async known(): Promise<void> {
    await Promise.all(this.#reflectors.map(({ decided }) => decided));
  }

  /** Runs until `stop` aborts. Never rejects. */
  async run(stop: AbortSignal): Promise<void> {
    await Promise.all(this.#reflectors.map((reflector) => reflector.run(stop)));
  }

  /** Whether anything has changed since this was last asked. */
  takeChange(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  /** Since how many milliseconds something that could be seen cannot, and why; undefined while all is seen. */
  trouble(): { readonly length: number; readonly why: string } | undefined {
    const seeing = this.#reflectors.filter(({ isServed, isRefused }) => isServed && !isRefused);
    const length = Math.max(0, ...seeing.map((reflector) => reflector.blindFor()));
    return length === 0 ? undefined : { length, why: this.#trouble };
  }

  read(): ReadObjects {
    const all = <R extends Resource>(kind: Kind<R>) =>
      this.#cache.keys(kind).flatMap((key) => this.#cache.get(kind, key) ?? []);
    const unread = this.#reflectors.flatMap(({ watched: { kind } }) => {
      const unserved = this.#cache.unserved(kind);
      return unserved === undefined
        ? []
        : [{ type: 'Unread', what: collectionTitle(kind, this.#namespace), why: unserved.message } as const];
    });
    return {
      objects: {
        runs: all(trainingRuns),
        versions: all(modelVersions),
        deployments: all(modelDeployments),
        monitors: all(monitors),
        jobs: all(wholeJobs),
        workloads: all(deployments),
        replicaSets: all(replicaSets),
        pods: all(pods),
      },
      unread,
    };
  }
}

/** Hears of errors alone. */
function logOf(note: (error: string) => void): Log {
  const hear = (_: string, fields: object = {}) => {
    if ('error' in fields && typeof fields.error === 'string') note(fields.error);
  };
  const log: Log = { debug: hear, info: hear, warn: hear, error: hear, child: () => log };
  return log;
}

import type { Key } from '../../src/api/resource.ts';
import type { Controller, Parent } from '../../src/controller.ts';
import { Cache } from '../../src/kube/cache.ts';
import { createSampler } from '../../src/measure/sampler.ts';
import { EarlierWrites } from '../../src/runtime/earlier.ts';
import { reconcile } from '../../src/runtime/reconcile.ts';
import { FakeApiServer, KeptLog } from './apiserver.ts';
import { FakePrometheus } from './prometheus.ts';
import {
  type Gadget,
  gadgetController,
  gadgets,
  type Observed,
  type paintedGadgetController,
  paints,
  parts,
} from './toy.ts';

/** Where one gadget is reconciled, pass by pass: an API server, and a cache without watches, which knows what it is shown. */
export class Workshop {
  readonly gadgetPath = '/apis/test.dev/v1/namespaces/here/gadgets/a';
  readonly partPath = '/apis/test.dev/v1/namespaces/here/parts/a';
  /** Of the gadget, and of its part. */
  readonly key = { namespace: 'here', name: 'a' };
  readonly server: FakeApiServer;
  readonly earlier = new EarlierWrites(60_000);
  readonly prometheus = new FakePrometheus();
  readonly sampler = createSampler({ prometheus: this.prometheus, sources: [] });
  readonly written: (readonly [Parent, Parent])[] = [];
  readonly cache: Cache;
  now = new Date('2026-11-24T00:00:00Z');
  readonly #client: ReturnType<FakeApiServer['client']>;

  private constructor(server: FakeApiServer) {
    this.server = server;
    this.#client = server.client();
    this.cache = new Cache((kind, of) => this.#client.get(kind, of));
    for (const kind of [gadgets, parts, paints]) this.cache.add(kind);
  }

  static async open(): Promise<Workshop> {
    const server = new FakeApiServer();
    await server.start();
    return new Workshop(server);
  }

  close(): Promise<void> {
    return this.server.stop();
  }

  /** Stores the gadget and shows it to the cache. */
  given(gadget: object = {}): Gadget {
    const stored = this.server.put(this.gadgetPath, { apiVersion: 'test.dev/v1', kind: 'Gadget', ...gadget });
    this.cache.applied(gadgets, stored);
    return stored as Gadget;
  }

  /** One pass. */
  run(
    controller: Controller<Gadget, Observed> | ReturnType<typeof paintedGadgetController> = gadgetController(),
    key = this.key,
  ) {
    const context = {
      client: this.#client,
      cache: this.cache,
      now: () => this.now,
      earlier: this.earlier,
      sampler: this.sampler,
      aside: async <T>(_key: Key, waiting: Promise<T>) => await waiting,
      written: (before: Parent, after: Parent) => this.written.push([before, after]),
    };
    return reconcile(controller, key, context, new KeptLog());
  }

  /** The gadget's conditions, as the API server has them. */
  get conditions() {
    return (this.server.get(this.gadgetPath) as Gadget | undefined)?.status?.conditions ?? [];
  }
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IPod } from 'kubernetes-models/v1';
import type { Resource } from '../../src/api/resource.ts';

/** The namespace of those pods. */
export const observedNamespace = 'team';

/**
 * Pods as Kubernetes 1.36.3 with containerd 2.3.7 showed them a minute after they were made, by what was wrong with them; without what
 * nothing is told by. `get` is an init container, `proxy` a sidecar.
 */
export const observedPods = read('pods.json') as Readonly<Record<string, IPod>>;

/** All objects of a namespace, at a moment. */
export interface Observed {
  readonly now: string;
  readonly objects: readonly Resource[];
  /** As `FakeApiServer.logs`. */
  readonly logs: Readonly<Record<string, string>>;
}

/**
 * The quickstart's product as the same Kubernetes showed it, in the namespace `team`: the second version, for which the Monitor had asked, waits
 * in its canary; the third attempt was rejected by the gate, and the fourth trains.
 */
export function recordedProduct(): Observed {
  return read('product', 'product.json') as Observed;
}

function read(...path: readonly string[]): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, '..', 'observed', ...path), 'utf8'));
}

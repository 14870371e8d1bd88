import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IPod } from 'kubernetes-models/v1';

/** The namespace of those pods. */
export const observedNamespace = 'team';

/**
 * Pods as Kubernetes 1.36.3 with containerd 2.3.7 showed them a minute after they were made, by what was wrong with them; without what
 * nothing is told by. `get` is an init container, `proxy` a sidecar.
 */
export const observedPods = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'observed', 'pods.json'), 'utf8'),
) as Readonly<Record<string, IPod>>;

import type { ModelDeploymentSpec } from '../../../api/types.ts';
import { pods } from './pods.ts';
import type { Traffic } from './traffic.ts';

/** All there are. Numbers of pods are for every spec, so they come last. */
export const trafficBackends: readonly Traffic[] = [pods];

/** The backend in charge: the first that the spec asks for. */
export function trafficOf(spec: ModelDeploymentSpec, backends: readonly Traffic[]): Traffic {
  return backends.find((backend) => backend.isFor(spec)) ?? pods;
}

import type { IProbe } from 'kubernetes-models/v1';
import type { ServerSpec } from '../../../api/types.ts';
import { longestStart } from './health.ts';
import type { Protocol, ProbeAction } from './protocols/protocol.ts';

const startupPeriod = 2;

/** A minute more than the rollout waits, so that a server which never gets ready is judged before the kubelet restarts it. */
const startupAttempts = Math.ceil((longestStart / 1000 + 60) / startupPeriod);

/** Looks often, so that a quick server serves at once, and long, so that a large model can be loaded. */
export function startupProbe(server: ServerSpec, protocols: readonly Protocol[]): IProbe {
  return {
    ...action(server, protocols),
    periodSeconds: startupPeriod,
    timeoutSeconds: 2,
    failureThreshold: startupAttempts,
  };
}

/**
 * Takes a pod out of the Services while its server does not answer. A server that stops to be ready counts as ready until three
 * probes have failed: that has to be over before minReady is, or a server that was ready for a moment would come to count.
 */
export function readinessProbe(server: ServerSpec, protocols: readonly Protocol[]): IProbe {
  return { ...action(server, protocols), periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 3 };
}

/** The schema names no other protocols than there are; one that a newer operator knew can at least be seen to listen. */
function action({ protocol, port }: ServerSpec, protocols: readonly Protocol[]): ProbeAction {
  return protocols.find(({ name }) => name === protocol)?.probe(port) ?? { tcpSocket: { port } };
}

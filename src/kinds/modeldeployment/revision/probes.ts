import type { IProbe } from 'kubernetes-models/v1';
import type { ServerSpec } from '../../../api/types.ts';
import { longestStart } from './health.ts';

const startupPeriod = 2;

/** A minute more than the rollout waits, so that a server which never gets ready is judged before the kubelet restarts it. */
const startupAttempts = Math.ceil((longestStart / 1000 + 60) / startupPeriod);

/** Looks often, so that a quick server serves at once, and long, so that a large model can be loaded. */
export function startupProbe(server: ServerSpec): IProbe {
  return { ...action(server), periodSeconds: startupPeriod, timeoutSeconds: 2, failureThreshold: startupAttempts };
}

/** Takes a pod out of the Services while its server does not answer. */
export function readinessProbe(server: ServerSpec): IProbe {
  return { ...action(server), periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 };
}

/** By protocol, see the Open Inference Protocol, "Server Ready". Of HTTP alone nothing more is known than that it listens. */
function action({ protocol, port }: ServerSpec): IProbe {
  return protocol === 'OpenInference' ? { httpGet: { path: '/v2/health/ready', port } } : { tcpSocket: { port } };
}

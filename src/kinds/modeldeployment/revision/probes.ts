import type { IProbe } from 'kubernetes-models/v1';
import { milliseconds } from '../../../api/duration.ts';
import type { ServerProbe, ServerSpec } from '../../../api/types.ts';
import { longestStart } from './health.ts';
import type { Protocol, ProbeAction } from './protocols/protocol.ts';

/** In seconds, which is what probes count. */
interface Timing {
  readonly period: number;
  readonly timeout: number;
  readonly failures: number;
}

/** Often, so that a quick server serves at once. */
const usualReadiness: Timing = { period: 2, timeout: 2, failures: 3 };
const usualLiveness: Timing = { period: 10, timeout: 2, failures: 3 };

/** A server that hangs has no use for the time that one with long streams gets to end them, in seconds. */
const hangingGracePeriod = 30;

/** Asks for long enough that a large model can be loaded, and a minute longer than the rollout waits: so that judges before the kubelet restarts. */
export function startupProbe(server: ServerSpec, protocols: readonly Protocol[]): IProbe {
  const { period, timeout } = timingOf(server.readiness, usualReadiness);
  return {
    ...isReady(server, protocols),
    periodSeconds: period,
    timeoutSeconds: timeout,
    failureThreshold: Math.ceil((longestStart / 1000 + 60) / period),
  };
}

/** Takes a pod out of the Services while its server does not answer. */
export function readinessProbe(server: ServerSpec, protocols: readonly Protocol[]): IProbe {
  return { ...isReady(server, protocols), ...timed(timingOf(server.readiness, usualReadiness)) };
}

/** Starts a server again that hangs; undefined if nobody asks for it: one that is only busy would be started again, too. */
export function livenessProbe(
  server: ServerSpec,
  protocols: readonly Protocol[],
  gracePeriod: number,
): IProbe | undefined {
  const { liveness, protocol, port } = server;
  if (liveness === undefined) return undefined;
  const known = protocolOf(protocol, protocols);
  const usual = known?.lives?.(port) ?? known?.probe(port);
  return {
    ...action(server, liveness, usual),
    ...timed(timingOf(liveness, usualLiveness)),
    ...(gracePeriod > hangingGracePeriod && { terminationGracePeriodSeconds: hangingGracePeriod }),
  };
}

/**
 * How long a server may count as ready that is not any more, in seconds. That has to
 * be over before minReady is, or a server that was ready for a moment would come to count.
 */
export function noticedWithin({ readiness }: ServerSpec): number {
  const { period, timeout, failures } = timingOf(readiness, usualReadiness);
  return failures * period + timeout;
}

function isReady(server: ServerSpec, protocols: readonly Protocol[]): ProbeAction {
  const { protocol, port } = server;
  return action(server, server.readiness, protocolOf(protocol, protocols)?.probe(port));
}

/** The schema names no other protocols than there are; one that a newer operator knew can at least be seen to listen. */
function action({ port }: ServerSpec, probe: ServerProbe | undefined, usual: ProbeAction | undefined): ProbeAction {
  if (probe?.path !== undefined) return { httpGet: { path: probe.path, port } };
  return usual ?? { tcpSocket: { port } };
}

function protocolOf(protocol: string, protocols: readonly Protocol[]): Protocol | undefined {
  return protocols.find(({ name }) => name === protocol);
}

function timed({ period, timeout, failures }: Timing): IProbe {
  return { periodSeconds: period, timeoutSeconds: timeout, failureThreshold: failures };
}

function timingOf(probe: ServerProbe | undefined, usual: Timing): Timing {
  return {
    period: secondsOf(probe?.period) ?? usual.period,
    timeout: secondsOf(probe?.timeout) ?? usual.timeout,
    failures: probe?.failures ?? usual.failures,
  };
}

/** The schema takes whole seconds alone. */
function secondsOf(duration: string | undefined): number | undefined {
  const time = milliseconds(duration ?? '');
  return time === undefined ? undefined : Math.max(1, Math.ceil(time / 1000));
}

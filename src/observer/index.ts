import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defined } from '../api/defined.ts';
import { observerPorts } from '../api/observer.ts';
import { createAdministration } from './administration.ts';
import type { ObserverConfiguration } from './configuration.ts';
import { limitsWithin } from './limits.ts';
import type { Limits } from './limits.ts';
import { drainSignal } from './drain.ts';
import { createObserverMetrics } from './metrics.ts';
import { createProxy } from './proxy.ts';
import { binning } from './signal.ts';
import { createWatcher } from './watcher.ts';

export { parseObserverConfiguration } from './configuration.ts';
export type { ObserverConfiguration } from './configuration.ts';

export interface Observer {
  readonly inferencePort: number;
  readonly metricsPort: number;
  /** From now on every answer asks its client to connect anew, which leads it to another pod. */
  drain(): void;
  /** Accepts no more connections and resolves when the requests in flight are answered. */
  stop(): Promise<void>;
}

/** Connections that the system keeps until they are accepted; it takes the smaller of this and its own limit. */
const backlog = 4096;

export interface ObserverOptions {
  /** Port 0 lets the system choose. */
  readonly ports?: { readonly inference: number; readonly metrics: number };
  /** By default all addresses of both families. */
  readonly host?: string;
  /** By default what the memory of the container allows. */
  readonly limits?: Limits;
}

/**
 * Starts the proxy and its metrics.
 * @throws the system's error if a port cannot be listened on.
 */
export async function startObserver(
  configuration: ObserverConfiguration,
  { ports = observerPorts, host, limits = limitsWithin(process.constrainedMemory()) }: ObserverOptions = {},
): Promise<Observer> {
  const { signals, profile, upstreamPort } = configuration;
  const binnings = new Map(
    signals.flatMap((signal) => {
      const bins = binning(signal, profile[signal.name]);
      return bins === undefined ? [] : [[signal.name, bins] as const];
    }),
  );
  const metrics = createObserverMetrics(configuration, binnings);
  const proxy = createProxy({ upstreamPort, metrics, limits, watch: createWatcher(signals, binnings, metrics) });
  const administration = createAdministration(metrics.registry);
  return {
    inferencePort: await listening(proxy.server, ports.inference, host),
    metricsPort: await listening(administration, ports.metrics, host),
    drain: proxy.drain,
    async stop() {
      await proxy.close();
      const closed = once(administration, 'close');
      administration.close();
      administration.closeAllConnections();
      await closed;
    },
  };
}

/** Runs the observer until `stopped` is aborted (SIGTERM) and the requests in flight are answered. */
export async function runObserver(configuration: ObserverConfiguration, stopped: AbortSignal): Promise<void> {
  const observer = await startObserver(configuration);
  process.on(drainSignal, () => observer.drain());
  if (!stopped.aborted) await once(stopped, 'abort');
  await observer.stop();
}

async function listening(server: Server, port: number, host: string | undefined): Promise<number> {
  server.listen({ port, backlog, ...defined({ host }) });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

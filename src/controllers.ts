import type { Registry } from 'prom-client';
import { createModelDeploymentController, type ObserverAmounts } from './kinds/modeldeployment/index.ts';
import { createMonitorController } from './kinds/monitor/index.ts';
import { registerMonitorMetrics } from './kinds/monitor/metrics.ts';
import type { AccessFiles } from './measure/access.ts';
import { createPrometheusClient } from './measure/prometheus.ts';
import { createSampler, type Sampler } from './measure/sampler.ts';
import { inTurns } from './measure/turns.ts';
import type { AnyController } from './runtime/worker.ts';
import { createTrainingRunController, type Provenance } from './kinds/trainingrun/index.ts';
import type { StorageInstallation } from './storage/installation.ts';
import type { HardwareProfile } from './workload/hardware.ts';

export { parseObserverAmounts } from './kinds/modeldeployment/index.ts';
export { parseHardwareProfiles } from './workload/profiles.ts';
export { parseStorageInstallation } from './storage/parseinstallation.ts';

/** A metrics store that Monitors in some namespaces may query, as the administrator lists it. */
export interface QuerySourceOptions {
  readonly name: string;
  readonly url: string;
  readonly namespaces: readonly string[];
}

export interface ControllerOptions {
  /** The Prometheus that scrapes the observers; absent where there is none. */
  readonly prometheusUrl: string | undefined;
  /** How that Prometheus is trusted and addressed, also as a query source; other sources get neither. */
  readonly prometheusFiles?: AccessFiles;
  readonly querySources: readonly QuerySourceOptions[];
  readonly observerImage: string;
  /** What each observer gets of its node; as the chart has it if absent. */
  readonly observerAmounts?: ObserverAmounts | undefined;
  /** How the installation reaches stores; as the chart has it if absent. */
  readonly installation?: StorageInstallation | undefined;
  /** The hardware that people may name by accelerator.profile. */
  readonly profiles?: readonly HardwareProfile[];
  /** Whether a policy of the cluster lets only the operator make what bears its labels. */
  readonly provenance: Provenance;
  /** One query, in milliseconds. */
  readonly queryTimeout: number;
  /** Where kinds export metrics of their own. */
  readonly registry: Registry;
}

/** The controllers of all kinds that people write, and what asks their questions. */
export function createControllers({
  prometheusUrl,
  prometheusFiles,
  querySources,
  observerImage,
  observerAmounts,
  installation,
  profiles = [],
  provenance,
  queryTimeout: timeout,
  registry,
}: ControllerOptions): { readonly controllers: readonly AnyController[]; readonly sampler: Sampler } {
  // Each source has connections and turns of its own, also one that is the operator's Prometheus: its questions are the users' own.
  const storeAt = (url: string) =>
    inTurns(
      createPrometheusClient({ url, timeout, files: url === prometheusUrl ? prometheusFiles : undefined }),
      timeout,
    );
  const sampler = createSampler({
    prometheus: prometheusUrl ? storeAt(prometheusUrl) : undefined,
    sources: querySources.map(({ name, url }) => ({ name, store: storeAt(url) })),
  });
  registerMonitorMetrics(registry, sampler);
  const controllers = [
    createTrainingRunController({ provenance, profiles, installation }),
    createModelDeploymentController({ observerImage, observerAmounts, profiles, installation, provenance }),
    createMonitorController({ sources: querySources }),
  ];
  return { controllers, sampler };
}

/**
 * `Admission` or `Compare`, which is meant if nothing is said.
 * @throws an Error that says which are known.
 */
export function parseProvenance(text: string | undefined): Provenance {
  if (text === undefined || text === '') return 'Compare';
  if (text === 'Admission' || text === 'Compare') return text;
  throw new Error(`FLYBALL_PROVENANCE must be Admission or Compare, is ${JSON.stringify(text)}`);
}

/**
 * Reads a JSON list such as `[{"name": "main", "url": "http://…", "namespaces": ["team-a"]}]`.
 * @throws an Error that says which form is expected.
 */
export function parseQuerySources(json: string | undefined): QuerySourceOptions[] {
  if (json === undefined || json === '') return [];
  const sources: unknown = parsed(json);
  if (Array.isArray(sources) && sources.every(isSource)) return sources;
  throw new Error(
    'FLYBALL_QUERY_SOURCES must be a list such as [{"name": "main", "url": "http://prometheus:9090", "namespaces": ["team-a"]}]',
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(`FLYBALL_QUERY_SOURCES is not JSON: ${String(error)}`, { cause: error });
  }
}

function isSource(value: unknown): value is QuerySourceOptions {
  if (typeof value !== 'object' || value === null) return false;
  const { name, url, namespaces } = value as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    typeof url === 'string' &&
    URL.canParse(url) &&
    Array.isArray(namespaces) &&
    namespaces.every((namespace) => typeof namespace === 'string')
  );
}

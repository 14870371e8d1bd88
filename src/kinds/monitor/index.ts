import type { Registry } from 'prom-client';
import type { IMonitor } from '../../api/types.ts';
import { conditionHeadline } from '../../api/headline.ts';
import { monitors } from '../../api/kinds.ts';
import type { Controller } from '../../controller.ts';
import type { PrometheusClient } from '../../measure/prometheus.ts';
import { registerMonitorMetrics } from './metrics.ts';
import { observe } from './observe.ts';
import type { MonitorFacts } from './observe.ts';
import { plan } from './plan.ts';
import { createSampler } from './sampler.ts';
import type { QuerySource } from './sampler.ts';
import { refused } from './status/refused.ts';
import { watches } from './watches.ts';

export type { QuerySource } from './sampler.ts';
export type { MonitorFacts } from './observe.ts';

export interface MonitorOptions {
  /** Absent where the installation has none; then all checks but queries are Unknown. */
  readonly prometheus?: PrometheusClient;
  /** What the administrator has opened to namespaces for `query` checks. */
  readonly sources: readonly QuerySource[];
  /** Where verdicts, values and their freshness are exported. */
  readonly registry?: Registry;
}

/** The controller that watches what is served, asks for training and rejects what serves badly. It creates nothing. */
export function createMonitorController({
  prometheus,
  sources,
  registry,
}: MonitorOptions): Controller<IMonitor, MonitorFacts> {
  const sampler = createSampler(prometheus, sources);
  if (registry !== undefined) registerMonitorMetrics(registry, sampler);
  return {
    kind: monitors,
    watches,
    observe: (monitor, read, now) => observe(monitor, read, now, { sources, sampler }),
    plan,
    refused,
    headline: ({ conditions, revision, retrain }) =>
      conditionHeadline(conditions, 'ChecksPassed', `${revision ?? ''} ${retrain?.requestedAt ?? ''}`),
  };
}

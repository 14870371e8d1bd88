import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import {
  deployments,
  jobs,
  modelDeployments,
  modelVersions,
  monitors,
  podDisruptionBudgets,
  services,
  trainingRuns,
} from '../../../src/api/kinds.ts';
import { label } from '../../../src/api/labels.ts';
import type { ITrainingRun } from '../../../src/api/types.ts';
import { leaseName } from '../../../src/runtime/operator.ts';
import type { Settings } from '../../../src/settings.ts';
import { copySources, shortenWaits } from '../copy.ts';
import { flyballRules, generalRules } from '../judge/rules.ts';
import { scenarios } from '../scenarios/index.ts';
import type { Description } from './description.ts';

/** How often the proxy sends a bookmark on a silent watch, in milliseconds. */
export const bookmarkEvery = 500;

/** Everything that waits in production waits a little here; the relations between the times are those of production. */
const settings = {
  watchBackoffMin: 50,
  watchBackoffMax: 500,
  watchStall: 2_500,
  reconcileBackoffMin: 50,
  reconcileBackoffMax: 1_000,
  refusedRetry: 2_000,
  unreadyAfter: 2_000,
  queryTimeout: 500,
  readTimeout: 2_000,
  leaseDuration: 6_000,
  renewDeadline: 4_000,
  leaseRetryPeriod: 700,
  writeTimeout: 1_800,
} satisfies Partial<Settings>;

/** @param bundle the operator as one file. */
export function flyball(bundle: string): Description {
  return {
    name: 'flyball',
    startable: ({ kubeconfig, namespace, podName, prometheusUrl, ports: [metrics, health] }) => ({
      path: process.execPath,
      args: ['--max-semi-space-size=4', bundle, 'operator'],
      environment: {
        PATH: process.env['PATH'],
        // Its processes are many and short.
        NODE_COMPILE_CACHE: `${bundle}.cache`,
        KUBECONFIG: kubeconfig,
        FLYBALL_NAMESPACE: namespace,
        FLYBALL_POD_NAME: podName,
        FLYBALL_IMAGE: 'flyball:test',
        // No policy keeps anybody from forging.
        FLYBALL_PROVENANCE: 'Compare',
        FLYBALL_METRICS_PORT: String(metrics),
        FLYBALL_HEALTH_PORT: String(health),
        FLYBALL_PROMETHEUS_URL: prometheusUrl,
        FLYBALL_QUERY_SOURCES: JSON.stringify([{ name: 'main', url: prometheusUrl, namespaces: [namespace] }]),
        FLYBALL_SETTINGS: JSON.stringify(settings),
        LOG_LEVEL: 'info',
      },
    }),
    parents: [trainingRuns, modelDeployments, monitors],
    children: [jobs, services, deployments, podDisruptionBudgets, modelVersions],
    records: [modelVersions],
    watches: 10,
    lease: {
      name: leaseName,
      duration: settings.leaseDuration,
      renewDeadline: settings.renewDeadline,
      writeTimeout: settings.writeTimeout,
    },
    attemptOf: ({ metadata }) => metadata?.labels?.[label.attempt],
    isGivenUp: (parent, attempt) =>
      (parent as ITrainingRun).status?.attempts?.some(
        ({ name, verdict }) => name === attempt && verdict === 'Superseded',
      ) === true,
    needs: ['Node', 'Lease'],
    scenarios,
    rules: [...generalRules, ...flyballRules],
    rulesAfterRestore: generalRules,
  };
}

/** Bundles the operator as it is in this checkout, from a copy in a directory that is still empty. */
export function bundled(into: string): string {
  copySources(into);
  return bundledIn(into);
}

/** Bundles the operator from a copy of its sources. */
export function bundledIn(copy: string): string {
  shortenWaits(copy);
  const bundle = join(copy, 'flyball.mjs');
  const { status, stderr } = spawnSync(process.execPath, [join(copy, 'hack', 'build.ts'), bundle], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the operator cannot be built: ${stderr}`);
  return bundle;
}

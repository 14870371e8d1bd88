/** The operator is killed by SIGKILL after each of its writes; what it leaves behind is as if it had not been. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { IModelDeployment, IMonitor, ITrainingRun } from '../../../src/api/types.ts';
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
import { type AuditedRequest, isSuccess } from '../../../hack/cluster/audit.ts';
import { exited, results } from '../../builders/pod.ts';
import { modelDeployment, monitor, trainingRun } from '../objects.ts';
import { counted, operatorRequests } from './audit.ts';
import { Cluster } from './cluster.ts';
import { serving } from './kubelet.ts';
import { type Mortal, startMortal } from './mortal.ts';
import { type Prometheus, startPrometheus } from './prometheus.ts';

jest.setTimeout(240_000);

let cluster: Cluster;
let prometheus: Prometheus;
let mortal: Mortal | undefined;

beforeAll(async () => {
  cluster = await Cluster.start();
  prometheus = await startPrometheus();
}, 900_000);

afterAll(async () => {
  await mortal?.stop();
  await prometheus?.stop();
  await cluster?.stop();
});

describe('An operator that is killed after each of its writes', () => {
  it('closes the whole loop all the same, with one Job for each attempt and nothing done twice', async () => {
    const namespace = await cluster.namespace();
    const run = { namespace, name: 'fraud' };
    const served = { namespace, name: 'serve' };
    let trained = 0;
    cluster.kubelet.plays(run, (pod) => {
      const isFirst = pod.metadata?.labels?.['flyball.dev/attempt'] === 'fraud-1';
      return results({ f1: isFirst ? 0.93 : 0.95 }, { model: { digest: isFirst ? 'one' : 'two' } });
    });
    cluster.kubelet.plays(served, serving);
    prometheus.answers('', () => String(trained));
    const source = { name: 'main', url: prometheus.url, namespaces: [namespace] };
    mortal = await startMortal(cluster, { variables: { FLYBALL_QUERY_SOURCES: JSON.stringify([source]) } });

    await cluster.create(trainingRuns, {
      ...trainingRun({ output: { uri: 'pvc://models/fraud' }, gate: [{ metric: 'f1', min: 0.9 }] }),
      metadata: run,
    });
    const rollout = { steps: [{ weight: 50, hold: '1s' }] };
    await cluster.create(modelDeployments, { ...modelDeployment({ rollout, replicas: 2 }), metadata: served });
    await cluster.until<IModelDeployment>(
      modelDeployments,
      served,
      ({ status }) => status?.stable?.version === 'fraud-1',
    );

    trained = 5;
    await cluster.create(monitors, {
      ...monitor({
        modelDeploymentRef: { name: 'serve' },
        interval: '5s',
        checks: [{ name: 'own', query: { source: 'main', expr: 'up' }, max: 1 }],
        retrain: { trainingRunRef: { name: 'fraud' }, onChecks: ['own'], cooldown: '1h' },
      }),
      metadata: { namespace, name: 'watch' },
    });
    await cluster.until<ITrainingRun>(trainingRuns, run, ({ status }) => status?.latestVersion?.name === 'fraud-2');
    trained = 0;
    await cluster.until<IModelDeployment>(
      modelDeployments,
      served,
      ({ status }) => status?.stable?.version === 'fraud-2',
    );
    await cluster.condition(modelDeployments, served, 'Ready', 'Serving');
    await cluster.condition(monitors, { namespace, name: 'watch' }, 'ChecksPassed', 'ChecksPass');

    expect(mortal.deaths).toEqual(
      expect.arrayContaining([
        'POST jobs',
        'PATCH trainingruns/status',
        'POST modelversions',
        'PATCH modeldeployments/status',
        'POST deployments',
        'POST services',
        'POST poddisruptionbudgets',
        'PATCH deployments',
        'PATCH monitors/status',
      ]),
    );
    const fraud = await cluster.get<ITrainingRun>(trainingRuns, run);
    expect(fraud?.status?.attempts?.map(({ name, verdict, trigger }) => [name, verdict, trigger.type])).toEqual([
      ['fraud-1', 'Registered', 'Created'],
      ['fraud-2', 'Registered', 'Monitor'],
    ]);
    expect(await cluster.names(jobs, namespace)).toEqual(['fraud-1-train', 'fraud-2-train']);
    expect(await cluster.names(modelVersions, namespace)).toEqual(['fraud-1', 'fraud-2']);
    expect(await cluster.names(podDisruptionBudgets, namespace)).toEqual(['serve']);
    expect(await cluster.names(deployments, namespace)).toHaveLength(2);
    const asked = (await cluster.get<IMonitor>(monitors, { namespace, name: 'watch' }))?.status?.retrainings;
    expect(asked).toHaveLength(1);
    expect(created(namespace)).toEqual({
      'create jobs 201': 2,
      'create modelversions 201': 2,
      'create deployments 201': 2,
      'create services 201': 3,
      'create poddisruptionbudgets 201': 1,
    });
  });

  it('makes a gang again once, after the first one failed', async () => {
    const namespace = await cluster.namespace();
    const run = { namespace, name: 'gang' };
    cluster.kubelet.plays(run, (pod) => {
      const isRetry = pod.metadata?.labels?.['batch.kubernetes.io/job-name'] === 'gang-1-train-r1';
      return isRetry ? results({ f1: 0.93 }) : exited(1);
    });
    const earlier = mortal?.deaths.length ?? 0;

    await cluster.create(trainingRuns, { ...trainingRun({ nodes: 2, retry: { limit: 1 } }), metadata: run });

    expect(await cluster.condition(trainingRuns, run, 'Succeeded', 'Registered')).toMatchObject({ status: 'True' });
    expect(mortal?.deaths.slice(earlier)).toEqual(expect.arrayContaining(['POST services', 'POST jobs']));
    expect(await cluster.names(jobs, namespace)).toEqual(['gang-1-train', 'gang-1-train-r1']);
    expect(await cluster.names(modelVersions, namespace)).toEqual(['gang-1']);
    expect(await cluster.names(services, namespace)).toEqual(['gang-1-train', 'gang-1-train-r1']);
    expect(created(namespace)).toEqual({
      'create jobs 201': 2,
      'create services 201': 2,
      'create modelversions 201': 1,
    });
  });
});

/**
 * What the operator has created in a namespace, events apart. A request that was under way when it was killed is answered 504 to
 * nobody; it counts as carried out where no other one created its object.
 */
function created(namespace: string): Readonly<Record<string, number>> {
  const asked = operatorRequests(cluster.environment).filter(
    (request) => request.namespace === namespace && request.verb === 'create' && request.resource !== 'events',
  );
  const objectOf = ({ resource, name }: AuditedRequest): string => `${resource}/${name}`;
  const answered = new Set(asked.filter(isSuccess).map(objectOf));
  const isRepeated = (request: AuditedRequest): boolean => request.code === 504 && answered.has(objectOf(request));
  return counted(
    asked
      .filter((request) => !isRepeated(request))
      .map((request) => (request.code === 504 ? { ...request, code: 201 } : request)),
  );
}

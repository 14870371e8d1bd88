/** What keeps a Monitor from seeing, and what its conditions say then. No data asks for no training and rejects nothing. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { IModelDeployment, IMonitor } from '../../../src/api/types.ts';
import { modelDeployments, modelVersions, monitors, trainingRuns } from '../../../src/api/kinds.ts';
import type { Key } from '../../../src/api/resource.ts';
import { answerTo } from '../../builders/requests.ts';
import { modelDeployment, modelVersion, monitor, trainingRun } from '../objects.ts';
import { freePorts } from '../ports.ts';
import { Cluster } from './cluster.ts';
import { serving } from './kubelet.ts';
import { type Operator, startLeader } from './operator.ts';
import { type Prometheus, startPrometheus } from './prometheus.ts';

jest.setTimeout(120_000);

let cluster: Cluster;
let prometheus: Prometheus;
let operator: Operator;
/** The namespace that the query sources are open to. */
let open: string;

beforeAll(async () => {
  cluster = await Cluster.start();
  prometheus = await startPrometheus();
  open = await cluster.namespace();
  const [nobody] = await freePorts(1);
  const sources = [
    { name: 'main', url: prometheus.url, namespaces: [open] },
    { name: 'away', url: `http://127.0.0.1:${nobody}`, namespaces: [open] },
  ];
  operator = await startLeader(cluster.environment, {
    variables: { FLYBALL_PROMETHEUS_URL: prometheus.url, FLYBALL_QUERY_SOURCES: JSON.stringify(sources) },
    settings: { queryTimeout: 1_000 },
  });
}, 900_000);

afterAll(async () => {
  await operator?.stop();
  await prometheus?.stop();
  await cluster?.stop();
});

/** A ModelDeployment `name` that serves a version. */
async function serve(key: Key, spec: Parameters<typeof modelDeployment>[0]): Promise<void> {
  cluster.kubelet.plays(key, serving);
  const model = { uri: 'pvc://models/fraud', digest: `sha256:${'0'.repeat(64)}` };
  await cluster.create(modelDeployments, { ...modelDeployment({ model, ...spec }), metadata: { ...key } });
  await cluster.until<IModelDeployment>(modelDeployments, key, ({ status }) => status?.stable !== undefined);
}

type Check = IMonitor['spec']['checks'][number];

/** A Monitor of a deployment of its own name that would ask a run of that name for training, and reject. */
async function watch(key: Key, check: Check): Promise<void> {
  await cluster.create(trainingRuns, { ...trainingRun({ suspend: true }), metadata: { ...key } });
  await cluster.create(monitors, {
    ...monitor({
      modelDeploymentRef: { name: key.name },
      interval: '5s',
      checks: [check],
      retrain: { trainingRunRef: { name: key.name }, onChecks: [check.name] },
      rollback: { onChecks: [check.name] },
    }),
    metadata: { ...key },
  });
}

/** Ready and ChecksPassed for a reason that keeps the Monitor from seeing; nothing was done on no data. */
async function blind(key: Key, reason: string, status: 'False' | 'Unknown') {
  const { message } = await cluster.condition(monitors, key, 'Ready', reason);
  const seen = await cluster.get<IMonitor>(monitors, key);
  expect(seen?.status?.conditions).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ type: 'Ready', status, reason }),
      expect.objectContaining({ type: 'ChecksPassed', status: 'Unknown', reason }),
    ]),
  );
  expect(seen?.status).not.toHaveProperty('retrain');
  expect(seen?.status).not.toHaveProperty('rejections');
  return message;
}

const errors: Check = { name: 'errors', errors: {}, window: '1s', minSamples: 1, max: 0.01 };

describe('A Monitor that cannot see', () => {
  it.concurrent('watches a ModelDeployment that does not exist', async () => {
    const key = { namespace: await cluster.namespace(), name: 'fraud' };
    await watch(key, errors);

    expect(await blind(key, 'ModelDeploymentMissing', 'False')).toBe(
      'errors: ModelDeployment "fraud" does not exist in this namespace. Create it or correct spec.modelDeploymentRef: ' +
        `\`kubectl -n ${key.namespace} get mdep\``,
    );
  });

  it.concurrent('watches a ModelDeployment without an observer', async () => {
    const key = { namespace: await cluster.namespace(), name: 'fraud' };
    await serve(key, {});
    await watch(key, errors);

    expect(await blind(key, 'NoObserver', 'False')).toContain(
      `which rolls out a new revision: \`kubectl -n ${key.namespace} patch mdep fraud `,
    );
  });

  it.concurrent.each([
    ['hangs', 'Hangs'],
    ['breaks off', 'Breaks'],
  ])('has a Prometheus that %s: it sees again once that answers', async (_, answer) => {
    const key = { namespace: await cluster.namespace(), name: 'fraud' };
    prometheus.answers(key.namespace, () => answer);
    await serve(key, { observe: {} });
    await watch(key, errors);

    expect(await blind(key, 'PrometheusUnreachable', 'False')).toMatch(
      /The administrator sees to it, or to prometheus\.url in the chart's values; .*did not answer/,
    );
    prometheus.answers(key.namespace, (expression) => answerTo(expression, { requests: 500, errors: 0.001 }));
    expect(await cluster.condition(monitors, key, 'ChecksPassed', 'ChecksPass')).toMatchObject({ status: 'True' });
    expect(await cluster.condition(monitors, key, 'Ready', 'Measuring')).toMatchObject({ status: 'True' });
  });

  it.concurrent('has a Prometheus that knows nothing of its revision', async () => {
    const key = { namespace: await cluster.namespace(), name: 'fraud' };
    prometheus.answers(key.namespace, () => 'NaN');
    await serve(key, { observe: {} });
    await watch(key, errors);

    expect(await blind(key, 'NoData', 'Unknown')).toMatch(
      /^errors: share of errors: Prometheus has no value for revision .*\. See that its job flyball-observers scrapes the port "metrics" of the pods: `/,
    );
  });

  it.concurrent('asks a query source that is not open to its namespace', async () => {
    const key = { namespace: await cluster.namespace(), name: 'fraud' };
    await serve(key, {});
    await watch(key, { name: 'own', query: { source: 'main', expr: 'up' }, max: 1 });

    expect(await blind(key, 'SourceNotAllowed', 'False')).toContain(
      `query source "main" is not open to namespace ${key.namespace}. The administrator lists the namespace under querySources`,
    );
  });

  it.concurrent('asks a query source that is away', async () => {
    const key = { namespace: open, name: 'fraud' };
    await serve(key, {});
    await watch(key, { name: 'own', query: { source: 'away', expr: 'up' }, max: 1 });

    expect(await blind(key, 'QueryFailed', 'False')).toMatch(
      /query source "away" gives no answer\. The administrator sees to the source; .*ECONNREFUSED/,
    );
  });

  it.concurrent('asks a query source for more than one number', async () => {
    const key = { namespace: open, name: 'several' };
    prometheus.answers('several()', () => 'NaN');
    await serve(key, {});
    await watch(key, { name: 'own', query: { source: 'main', expr: 'several()' }, max: 1 });

    expect(await blind(key, 'NoData', 'Unknown')).toContain(
      'the answer is not one finite number. Correct its expr, for instance by sum(...)',
    );
  });
});

describe('A Monitor that could never retrain', () => {
  it('says so before a check fails, and no more once the run is there', async () => {
    const key = { namespace: await cluster.namespace(), name: 'fraud' };
    prometheus.answers(key.namespace, (expression) => answerTo(expression, { requests: 500, errors: 0.001 }));
    await serve(key, { observe: {} });
    await watch(key, errors);
    await cluster.condition(monitors, key, 'Ready', 'Measuring');

    await cluster.delete(trainingRuns, key);
    expect(await cluster.condition(monitors, key, 'Ready', 'TrainingRunMissing')).toMatchObject({
      status: 'False',
      message:
        'TrainingRun "fraud" does not exist in this namespace, so that nothing can be trained. Create it or correct ' +
        `spec.retrain.trainingRunRef: \`kubectl -n ${key.namespace} get trainingruns\``,
    });
    await cluster.create(trainingRuns, { ...trainingRun({ suspend: true }), metadata: { ...key } });
    expect(await cluster.condition(monitors, key, 'Ready', 'Measuring')).toMatchObject({ status: 'True' });
  });
});

describe('A version that a Monitor has seen', () => {
  it('may be deleted: the Monitor of its deployment goes on', async () => {
    const key = { namespace: await cluster.namespace(), name: 'fraud' };
    const version = { namespace: key.namespace, name: 'fraud-1' };
    prometheus.answers(key.namespace, (expression) => answerTo(expression, { requests: 500, errors: 0.001 }));
    await cluster.create(modelVersions, { ...modelVersion({ uri: 'pvc://models/fraud/fraud-1' }), metadata: version });
    await serve(key, { observe: {}, model: { versionRef: { name: 'fraud-1' } } });
    await watch(key, errors);
    await cluster.condition(monitors, key, 'ChecksPassed', 'ChecksPass');

    await cluster.delete(modelVersions, version);
    prometheus.answers(key.namespace, (expression) => answerTo(expression, { requests: 500, errors: 0.5 }));
    expect(await cluster.condition(monitors, key, 'ChecksPassed', 'ChecksFail')).toMatchObject({
      message: expect.stringContaining('share of errors 50% over its limit 1% on 500 samples of revision'),
    });
  });
});

/** What the operator asks of the API server, counted from the audit log; and that one object cannot harm another. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AuditedRequest } from '../../../hack/cluster/audit.ts';
import type { ITrainingRun } from '../../../src/api/types.ts';
import { jobs, modelVersions, trainingRuns } from '../../../src/api/kinds.ts';
import { results, running } from '../../builders/pod.ts';
import { trainingRun } from '../objects.ts';
import { counted, operatorRequests } from './audit.ts';
import { Cluster } from './cluster.ts';
import { type Operator, startLeader } from './operator.ts';
import { poison } from './poison.ts';

jest.setTimeout(120_000);

let cluster: Cluster;
let operator: Operator;

beforeAll(async () => {
  cluster = await Cluster.start();
  // The times are those of production: no list and no watch is due within a test.
  operator = await startLeader(cluster.environment, { settings: { refusedRetry: 60_000 } });
}, 900_000);

afterAll(async () => {
  await operator?.stop();
  await cluster?.stop();
});

const isOf = (namespace: string) => (request: AuditedRequest) => request.namespace === namespace;
const requestsIn = (namespace: string) => counted(operatorRequests(cluster.environment).filter(isOf(namespace)));

describe('The requests for a TrainingRun', () => {
  it('are a POST and a PATCH of the status until it trains, and another two until its version is registered', async () => {
    const namespace = await cluster.namespace();
    const keys = Array.from({ length: 5 }, (_, index) => ({ namespace, name: `run-${index}` }));
    for (const key of keys) {
      cluster.kubelet.plays(key, running());
      await cluster.create(trainingRuns, { ...trainingRun({ gate: [{ metric: 'f1', min: 0.9 }] }), metadata: key });
    }
    for (const key of keys) {
      await cluster.condition(trainingRuns, key, 'Succeeded', 'Started');
      const job = { namespace, name: `${key.name}-1-train` };
      await cluster.until<JobStatus>(jobs, job, ({ status }) => status?.active === 1 && status.ready === 0);
    }
    await cluster.quiet(() => operatorRequests(cluster.environment).filter(isOf(namespace)).length);
    expect(requestsIn(namespace)).toEqual({
      'create jobs 201': 5,
      'patch trainingruns/status 200': 5,
      'create events 201': 5,
    });

    for (const key of keys) cluster.kubelet.plays(key, results({ f1: 0.93 }));
    for (const key of keys) await cluster.condition(trainingRuns, key, 'Succeeded', 'Registered');
    expect(await cluster.names(modelVersions, namespace)).toHaveLength(5);
    await cluster.quiet(() => operatorRequests(cluster.environment).filter(isOf(namespace)).length);
    expect(requestsIn(namespace)).toEqual({
      'create jobs 201': 5,
      'create modelversions 201': 5,
      'patch trainingruns/status 200': 10,
      'create events 201': 10,
    });
  });
});

describe('A poisoned TrainingRun', () => {
  it('that uses all that the schema allows, with odd characters, trains as any other and harms none', async () => {
    const namespace = await cluster.namespace();
    const [odd, plain] = [
      { namespace, name: 'p'.repeat(40) },
      { namespace, name: 'plain' },
    ];
    cluster.kubelet.plays(odd, results(Object.fromEntries(poison.metrics.map((name) => [name, -1e-9]))));
    cluster.kubelet.plays(plain, results({ f1: 0.93 }));
    await cluster.create(trainingRuns, { ...trainingRun(poison.spec), metadata: odd });
    await cluster.create(trainingRuns, { ...trainingRun(), metadata: plain });

    expect(await cluster.condition(trainingRuns, plain, 'Succeeded', 'Registered')).toMatchObject({ status: 'True' });
    expect(await cluster.condition(trainingRuns, odd, 'Succeeded', 'Registered')).toMatchObject({ status: 'True' });
    const { status } = (await cluster.get<ITrainingRun>(trainingRuns, odd)) ?? {};
    expect(Buffer.byteLength(JSON.stringify(status))).toBeLessThan(64 * 1024);
  });

  it('whose recipe no Job can carry says so, asks for no Job, and harms none', async () => {
    const namespace = await cluster.namespace();
    const [odd, plain] = [
      { namespace, name: 'odd' },
      { namespace, name: 'plain' },
    ];
    cluster.kubelet.plays(plain, results({ f1: 0.93 }));
    await cluster.create(trainingRuns, { ...trainingRun(poison.refused), metadata: odd });
    await cluster.create(trainingRuns, { ...trainingRun(), metadata: plain });

    expect(await cluster.condition(trainingRuns, plain, 'Succeeded', 'Registered')).toMatchObject({ status: 'True' });
    expect(await cluster.condition(trainingRuns, odd, 'Succeeded', 'RecipeTooLarge')).toMatchObject({
      status: 'False',
      message: expect.stringMatching(/a Job can carry 235,520\. Shorten spec\.env, which has [0-9,]+.*kubectl -n/s),
    });
    await cluster.condition(trainingRuns, odd, 'Stalled', 'RecipeTooLarge');
    expect(await cluster.names(jobs, namespace)).toEqual(['plain-1-train']);
    expect(requestsIn(namespace)['create jobs 422']).toBeUndefined();
  });
});

interface JobStatus {
  readonly apiVersion: string;
  readonly kind: string;
  readonly status?: { readonly active?: number; readonly ready?: number };
}

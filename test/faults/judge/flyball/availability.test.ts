import { describe, expect, it } from '@jest/globals';
import { change, found, object, request } from '../builders.ts';
import { availabilityRules } from './availability.ts';

const labelled = (revision: string) => ({ 'flyball.dev/revision': revision });
const serve = (
  version: number,
  status: object,
  more: { readonly generation?: number; readonly replicas?: number } = {},
) =>
  change('modeldeployments', 'Modified', {
    name: 'serve',
    version,
    meta: { generation: more.generation ?? 1 },
    spec: { replicas: more.replicas ?? 2 },
    status,
  });
const workload = (
  version: number,
  revision: string,
  replicas: number,
  availableReplicas: number,
  readyReplicas = availableReplicas,
) =>
  change('deployments', 'Modified', {
    name: `serve-${revision}`,
    version,
    owner: 'uid-modeldeployments-serve',
    labels: labelled(revision),
    spec: { replicas, minReadySeconds: 10 },
    status: { readyReplicas, availableReplicas },
  });
const pod = (version: number, revision: string, ready: 'True' | 'False', type: 'Modified' | 'Deleted' = 'Modified') =>
  change('pods', type, {
    name: `serve-${revision}-x`,
    version,
    labels: labelled(revision),
    status: { conditions: [{ type: 'Ready', status: ready }] },
  });
const stable = (revision: string, previous?: string) => ({
  stable: { revision },
  ...(previous !== undefined && { previous: { revision: previous } }),
});
const second = 1_000;

describe('The judge of promotions', () => {
  const promotedAt = (time: number) => [serve(1, stable('a')), workload(2, 'b', 2, 0), serve(time, stable('b'))];

  it('wants a pod to have been ready for as long as its Deployment wants', () => {
    const judged = (...states: Parameters<typeof pod>[]) =>
      found(availabilityRules, { changes: [...promotedAt(30 * second), ...states.map((state) => pod(...state))] });
    expect(judged([5 * second, 'b', 'True'])).toEqual([]);
    expect(judged([25 * second, 'b', 'True'])).toEqual([
      'I6: ModelDeployment serve promoted revision b, of which no pod was ready for longer than 5000 of 10000 ms',
    ]);
    expect(judged([5 * second, 'b', 'True'], [6 * second, 'b', 'False'])).toHaveLength(1);
    expect(judged([5 * second, 'b', 'True'], [6 * second, 'b', 'True', 'Deleted'])).toHaveLength(1);
    expect(judged([31 * second, 'b', 'True'])).toHaveLength(1);
    expect(judged([5 * second, 'a', 'True'])).toHaveLength(1);
  });

  it('sees what does not work take over what does, and lets it be the first', () => {
    const broken = () => true;
    const changes = [...promotedAt(30 * second), pod(5 * second, 'b', 'True')];
    expect(found(availabilityRules, { changes, broken })).toEqual([
      'I7: ModelDeployment serve promoted revision b, which does not work',
    ]);
    const first = [serve(1, {}), workload(2, 'b', 2, 0), pod(3, 'b', 'True'), serve(30 * second, stable('b'))];
    expect(found(availabilityRules, { changes: first, broken })).toEqual([]);
  });

  it('wants a way back that nobody asked for to be a rejection', () => {
    const forth = [workload(2, 'b', 2, 0), pod(3, 'b', 'True'), pod(3, 'a', 'True'), workload(2, 'a', 2, 2)];
    const judged = (back: object, generation = 1) =>
      found(availabilityRules, {
        changes: [
          ...forth,
          serve(1, stable('a')),
          serve(30 * second, stable('b', 'a')),
          serve(60 * second, { ...stable('a'), ...back }, { generation }),
        ],
      });
    expect(judged({ rejected: [{ revision: 'b' }] })).toEqual([]);
    expect(judged({}, 2)).toEqual([]);
    expect(judged({ rejected: [{ revision: 'c' }] })).toEqual([
      'I9: ModelDeployment serve went back to a and does not say that it rejected b',
    ]);
  });
});

describe('The judge of what serves', () => {
  const shrink = (replicas: number) =>
    request('PATCH', '/apis/apps/v1/namespaces/team/deployments/serve-a', {
      body: { spec: { replicas } },
      answer: object('deployments', { name: 'serve-a', version: 50 }),
    });
  const judged = (available: number, ready = available) =>
    found(availabilityRules, {
      changes: [serve(1, stable('a')), workload(2, 'a', 2, 2), workload(3, 'b', 2, available, ready)],
      requests: [shrink(1)],
    });

  it('sees pods given up for pods that are ready and were never available', () => {
    expect(judged(1)).toEqual([]);
    expect(judged(0, 1)).toEqual([
      'I6: PATCH deployments/serve-a of process 1 leaves 1 of 2 pods: no more of the others were ever available',
    ]);
  });

  const never = (version: number, status: object) =>
    change('modeldeployments', 'Modified', {
      name: 'serve',
      version,
      spec: { replicas: 1, rollout: { surge: 'Never' } },
      status,
    });

  it('lets what serves end without another where status said so before, and not otherwise', () => {
    const ended = (version: number, candidate: object) =>
      found(availabilityRules, {
        changes: [never(1, stable('a')), workload(2, 'a', 1, 1), never(version, { ...stable('a'), candidate })],
        requests: [shrink(0)],
      });
    expect(ended(3, { revision: 'b', endsStable: true })).toEqual([]);
    expect(ended(60, { revision: 'b', endsStable: true })).toHaveLength(1);
    expect(ended(3, { revision: 'b' })).toEqual([
      'I6: PATCH deployments/serve-a of process 1 leaves 0 of 1 pods: no more of the others were ever available',
    ]);
  });

  it('sees a pod wanted while another holds its place, where there is to be no surge', () => {
    const grow = request('PATCH', '/apis/apps/v1/namespaces/team/deployments/serve-b', {
      body: { spec: { replicas: 1 } },
      answer: object('deployments', {
        name: 'serve-b',
        version: 50,
        owner: 'uid-modeldeployments-serve',
        labels: labelled('b'),
      }),
    });
    const judgedWith = (...states: ReturnType<typeof pod>[]) =>
      found(availabilityRules, {
        changes: [
          change('modeldeployments', 'Modified', {
            name: 'serve',
            version: 1,
            spec: { replicas: 1, rollout: { surge: 'Never' } },
            status: stable('a'),
          }),
          ...states,
        ],
        requests: [grow],
      });
    expect(judgedWith(pod(3, 'a', 'True'))).toEqual([
      'I6: PATCH deployments/serve-b of process 1 wants 1 pods beside 1 that are there, and 1 are declared',
    ]);
    expect(judgedWith(pod(3, 'a', 'True'), pod(4, 'a', 'True', 'Deleted'))).toEqual([]);
    expect(judgedWith(pod(3, 'b', 'True'))).toEqual([]);
  });

  it('lets what is declared shrink, what once was available count, and what is made larger pass', () => {
    const changes = [serve(1, stable('a')), workload(2, 'a', 2, 2), workload(3, 'b', 2, 1), workload(4, 'b', 2, 0)];
    expect(found(availabilityRules, { changes, requests: [shrink(1)] })).toEqual([]);
    const declared = [serve(1, stable('a'), { replicas: 1 }), workload(2, 'a', 2, 2)];
    expect(found(availabilityRules, { changes: declared, requests: [shrink(1)] })).toEqual([]);
    expect(found(availabilityRules, { changes: declared, requests: [shrink(3)] })).toEqual([]);
  });
});

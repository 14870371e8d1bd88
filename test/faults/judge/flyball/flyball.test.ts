import { describe, expect, it } from '@jest/globals';
import { change, found, object, request, type Shape } from '../builders.ts';
import { dataRules } from './data.ts';
import { eventRules } from './events.ts';
import { servingRules } from './serving.ts';
import { summaryAgrees, trainingRules } from './training.ts';

const stages = [{ name: 'Train', job: 'fraud-1-train', state: 'Running', startTime: '2026-11-24T10:00:00Z' }];
const first = { name: 'fraud-1', number: 1, recipeDigest: 'a', coversUntil: '2026-11-24T10:00:00Z', stages };
const created = { type: 'Created', time: '2026-11-24T10:00:00Z' };
const run = (version: number, attempts: readonly object[], more: object = {}) =>
  change('trainingruns', 'Modified', { version, status: { attempts, ...more } });
const job = (name: string, version: number) => change('jobs', 'Added', { name, version });
const record = (version: number, spec: object = {}) =>
  change('modelversions', 'Added', {
    name: 'fraud-1',
    version,
    spec: { attemptUID: 'uid-jobs-fraud-1-train', ...spec },
  });
const train = job('fraud-1-train', 1);

describe("The judge of a run's status", () => {
  it('sees an attempt called registered before its version is there', () => {
    const registered = [{ ...first, trigger: created, verdict: 'Registered' }];
    expect(found(trainingRules, { changes: [train, record(2), run(3, registered)] })).toEqual([]);
    expect(found(trainingRules, { changes: [train, run(2, registered), record(3)] })).toEqual([
      'I9: the status of TrainingRun fraud says that fraud-1 is registered before it is',
    ]);
  });

  it('sees an attempt told of before its Job was made', () => {
    const open = [{ ...first, trigger: created }];
    expect(found(trainingRules, { changes: [train, run(2, open)] })).toEqual([]);
    expect(found(trainingRules, { changes: [run(1, open), job('fraud-1-train', 2)] })).toEqual([
      'I9: the status of TrainingRun fraud tells of attempt fraud-1 before its Job was made',
    ]);
    const again = [{ ...first, trigger: created, stages: [...stages, { name: 'Next', job: 'fraud-1-next' }] }];
    expect(found(trainingRules, { changes: [train, run(2, again), job('fraud-1-next', 3)] })).toHaveLength(1);
    expect(found(trainingRules, { changes: [train, job('fraud-1-next', 2), run(3, again)] })).toEqual([]);
  });

  it('sees two attempts for what was asked for once', () => {
    const second = (trigger: object, recipeDigest = 'a') => [
      { ...first, trigger: created, verdict: 'Failed' },
      { ...first, name: 'fraud-2', number: 2, recipeDigest, trigger },
    ];
    const judged = (attempts: readonly object[]) =>
      found(trainingRules, { changes: [train, job('fraud-2-train', 2), run(3, attempts)] });
    expect(judged(second({ type: 'Rerun', time: '2026-11-24T10:00:01Z' }))).toEqual([]);
    expect(judged(second({ type: 'RecipeChanged', time: '2026-11-24T10:00:01Z' }, 'b'))).toEqual([]);
    expect(judged(second({ type: 'Rerun', time: '2026-11-24T10:00:00Z' }))).toHaveLength(1);
    expect(judged(second({ type: 'RecipeChanged', time: '2026-11-24T10:00:01Z' }))).toHaveLength(1);
    expect(judged(second(created))).toHaveLength(1);
  });

  it('forgets a verdict that people took out of the status, and none because they wrote something else', () => {
    const as = (verdict?: string) => [{ ...first, trigger: created, verdict }];
    const judged = (between: readonly object[]) =>
      found(trainingRules, {
        changes: [train, record(1), run(2, as('Failed')), run(3, between), run(4, as(undefined))],
        written: ['3'],
      });
    expect(judged([])).toEqual([]);
    expect(judged(as('Failed'))).toEqual(['I9: attempt fraud-1 of TrainingRun fraud was Failed and became open']);
  });

  it('lets a verdict stand, unless a gate was lowered', () => {
    const as = (verdict: string | undefined) => [{ ...first, trigger: created, verdict }];
    const judged = (...verdicts: readonly (string | undefined)[]) =>
      found(trainingRules, {
        changes: [train, record(1), ...verdicts.map((verdict, index) => run(index + 2, as(verdict)))],
      });
    expect(judged(undefined, 'GateFailed', 'Registered')).toEqual([]);
    expect(judged('Registered', 'Failed')).toEqual([
      'I9: attempt fraud-1 of TrainingRun fraud was Registered and became Failed',
    ]);
    expect(judged('Failed', undefined)).toHaveLength(1);
  });

  it('sees a version that is of no Job, and two that are of one', () => {
    expect(found(trainingRules, { changes: [train, record(2, { attemptUID: 'other' })] })).toHaveLength(1);
    const double = { name: 'fraud-2', spec: { attemptUID: 'uid-jobs-fraud-1-train' } };
    expect(found(trainingRules, { changes: [train, record(2), change('modelversions', 'Added', double)] })).toEqual([
      'versions: fraud-1 and fraud-2 are of the same attempt',
    ]);
  });

  it('sees a success that no attempt has had', () => {
    const conditions = [{ type: 'Succeeded', status: 'True', reason: 'Registered' }];
    const judged = (verdict: string) =>
      found([summaryAgrees], { changes: [run(1, [{ ...first, trigger: created, verdict }], { conditions })] });
    expect(judged('Registered')).toEqual([]);
    expect(judged('Failed')).toHaveLength(1);
  });
});

const analysis = [{ name: 'errors', errors: {}, max: 0.01 }];
const serve = (version: number, status: object, spec: object = {}) =>
  change('modeldeployments', 'Modified', { name: 'serve', version, spec: { replicas: 1, ...spec }, status });
const pods = (version: number, revision: string, readyReplicas: number) =>
  change('deployments', 'Modified', {
    name: `serve-${revision}`,
    version,
    labels: { 'flyball.dev/revision': revision },
    status: { readyReplicas },
  });
const stable = (revision: string) => ({ stable: { revision } });

describe("The judge of a deployment's status", () => {
  it('sees a revision ready or stable that never had a ready pod', () => {
    const status = { ...stable('b'), conditions: [{ type: 'Ready', status: 'True', reason: 'Serving' }] };
    expect(found(servingRules, { changes: [pods(1, 'b', 1), serve(2, status)] })).toEqual([]);
    expect(found(servingRules, { changes: [pods(1, 'b', 0), serve(2, status)] })).toHaveLength(2);
    expect(found(servingRules, { changes: [serve(1, status), pods(2, 'b', 1)] })).toHaveLength(2);
  });

  it('sees a rejection forgotten', () => {
    const rejected = (...revisions: readonly string[]) => ({ rejected: revisions.map((revision) => ({ revision })) });
    expect(found(servingRules, { changes: [serve(1, rejected('a')), serve(2, rejected('a', 'b'))] })).toEqual([]);
    expect(found(servingRules, { changes: [serve(1, rejected('a')), serve(2, rejected('b'))] })).toEqual([
      'I9: ModelDeployment serve forgot that it rejected a',
    ]);
  });

  it('lets a rejection go that people ask to have tried again', () => {
    const rejected = { rejected: [{ revision: 'a', time: '2026-11-24T10:00:00Z' }] };
    const judged = (retryAt: string) =>
      found(servingRules, { changes: [serve(1, rejected), serve(2, {}, { rollout: { retryAt } })] });
    expect(judged('2026-11-24T11:00:00Z')).toEqual([]);
    expect(judged('2026-11-24T09:00:00Z')).toHaveLength(1);
  });

  it('sees the pods of a role deleted, by what the operator knew', () => {
    const remove = request('DELETE', '/apis/apps/v1/namespaces/team/deployments/serve-a', { at: 50 });
    const before = [pods(1, 'a', 1), pods(1, 'b', 1), serve(2, stable('a'))];
    expect(found(servingRules, { changes: before, requests: [remove] })).toEqual([
      'I6: DELETE deployments/serve-a of process 1 deleted the pods of a revision that has a role',
    ]);
    const answer = object('modeldeployments', { name: 'serve', version: 3, status: stable('b') });
    const decided = request('PATCH', 'modeldeployments/serve/status', { at: 40, answer });
    expect(found(servingRules, { changes: before, requests: [decided, remove] })).toEqual([]);
  });

  it('sees the Service of another named as the place to ask', () => {
    const service = (owner: string) => change('services', 'Added', { name: 'serve', version: 1, owner });
    const told = serve(2, { url: 'http://serve.team.svc' });
    expect(found(servingRules, { changes: [service('uid-modeldeployments-serve'), told] })).toEqual([]);
    for (const changes of [[told], [service('other'), told]]) {
      expect(found(servingRules, { changes })).toEqual([
        'I3: ModelDeployment serve names http://serve.team.svc, which never was its own',
      ]);
    }
  });
});

const measured = (at: number, value: string, expression = 'flyball_requests_total{revision="b"}') => ({
  at,
  expression,
  status: 200,
  body: JSON.stringify({
    status: 'success',
    data: { resultType: 'vector', result: [{ metric: {}, value: [0, value] }] },
  }),
});

describe('The judge of data', () => {
  const promoted = [
    serve(1, stable('a'), { rollout: { analysis } }),
    serve(20, stable('b'), { rollout: { analysis } }),
  ];

  it('sees a promotion without a value about the revision, or by one that is no longer the newest', () => {
    expect(found(dataRules, { changes: promoted, measurements: [measured(10, '0.001')] })).toEqual([]);
    expect(found(dataRules, { changes: promoted, measurements: [measured(10, 'NaN')] })).toEqual([
      'I7: ModelDeployment serve promoted revision b and the newest answer about it has no value',
    ]);
    const [good, none] = [measured(5, '0.001'), { ...measured(10, ''), status: 502, body: '' }];
    expect(found(dataRules, { changes: promoted, measurements: [none, { ...good, at: 11 }] })).toEqual([]);
    expect(found(dataRules, { changes: promoted, measurements: [good, none] })).toHaveLength(1);
    const unanswered = { ...none, expression: 'y{revision="b"}' };
    expect(found(dataRules, { changes: promoted, measurements: [good, unanswered] })).toHaveLength(1);
    const series = { metric: {}, value: [0, '0.001'] };
    const several = { ...good, body: JSON.stringify({ data: { result: [series, { ...series, value: [0, 'NaN'] }] } }) };
    expect(found(dataRules, { changes: promoted, measurements: [several] })).toHaveLength(1);
    expect(found(dataRules, { changes: promoted, measurements: [measured(30, '0.001')] })).toHaveLength(1);
    expect(found(dataRules, { changes: promoted, measurements: [measured(10, '5', 'y{revision="b"}')] })).toHaveLength(
      1,
    );
  });

  it('lets the way back and what has no analysis pass', () => {
    const back = { ...stable('a'), previous: { revision: 'b' } };
    expect(
      found(dataRules, { changes: [serve(1, back, { rollout: { analysis } }), promoted[1] ?? serve(2, {})] }),
    ).toEqual([]);
    expect(found(dataRules, { changes: [serve(1, stable('a')), serve(2, stable('b'))] })).toEqual([]);
  });

  it('sees training asked for, and a revision rejected, without a value', () => {
    const monitor = (status: Shape['status']) =>
      change('monitors', 'Modified', { name: 'watch', version: 20, ...(status && { status }) });
    const asked = monitor({ retrain: { requestedAt: '2026-11-24T10:00:00Z' } });
    const rejected = monitor({ rejections: [{ revision: 'b' }] });
    for (const changes of [[asked], [rejected]]) {
      expect(found(dataRules, { changes, measurements: [measured(10, '5', 'up')] })).toEqual([]);
      expect(found(dataRules, { changes })).toHaveLength(1);
      expect(
        found(dataRules, { changes, measurements: [{ ...measured(10, '5', 'up'), body: '{"status":' }] }),
      ).toHaveLength(1);
    }
  });

  it('sees a value told that nobody answered', () => {
    const spec = { checks: [{ name: 'own', query: { expr: 'up' } }] };
    const status = { checks: [{ name: 'own', value: '0' }] };
    const changes = [change('monitors', 'Modified', { name: 'watch', version: 20, spec, status })];
    expect(found(dataRules, { changes, measurements: [measured(10, '0', 'up')] })).toEqual([]);
    for (const measurement of [measured(10, 'NaN', 'up'), measured(30, '0', 'up'), measured(10, '0', 'down')]) {
      expect(found(dataRules, { changes, measurements: [measurement] })).toEqual([
        'I7: Monitor watch says that check own found 0, which nobody answered',
      ]);
    }
  });
});

describe('The judge of events', () => {
  it('allows three about an attempt', () => {
    const event = request('POST', '/apis/events.k8s.io/v1/namespaces/team/events', {
      status: 201,
      body: { regarding: { uid: 'uid-trainingruns-fraud' } },
    });
    const changes = [change('trainingruns', 'Added'), run(1, [], { latestAttempt: 'fraud-1' })];
    expect(found(eventRules, { changes, requests: [event, event, event] })).toEqual([]);
    expect(found(eventRules, { changes, requests: [event, event, event, event] })).toEqual([
      'I5: 4 events were told about TrainingRun fraud in 1 episodes',
    ]);
  });
});

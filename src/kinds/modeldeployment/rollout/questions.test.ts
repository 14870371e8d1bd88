import { describe, expect, it } from '@jest/globals';
import { answerTo } from '../../../../test/builders/requests.ts';
import { artifact, canary, modelDeployment } from '../../../../test/builders/modeldeployment.ts';
import { modelVersion } from '../../../../test/builders/modelversion.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { createSampler } from '../../../measure/sampler.ts';
import { inFirstStep, serving } from '../../../../test/simulate/rollout.ts';
import { FakePrometheus } from '../../../../test/builders/prometheus.ts';
import { modelDeployments } from '../../../api/kinds.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import { revisionOf } from '../revision/revision.ts';
import { pods } from '../traffic/pods.ts';
import { questions } from './questions.ts';

const errors = { name: 'errors', errors: {}, max: 0.01 };
const slow = { name: 'latency', latency: { quantile: 0.9 }, max: 0.2 };
const checks = [errors, slow];
const spec = { ...modelDeployment().spec, observe: {}, rollout: { ...canary, analysis: checks } };
const reached = new Date('2026-11-24T10:00:00Z');

function at(seconds: number): Date {
  return new Date(reached.getTime() + seconds * 1000);
}

function role(number: number) {
  const model = { ...artifact(number), version: `fraud-${number}` };
  return { ...model, revision: revisionOf(model, spec), since: '2026-11-24T09:59:00Z' };
}

function facts(
  candidate: object = { weightSince: '2026-11-24T10:00:00Z', measuredSince: '2026-11-24T09:59:50Z' },
): ModelDeploymentFacts {
  const status = { stable: role(1), candidate: { ...role(2), step: 0, ...candidate } };
  return {
    parent: modelDeployment({ spec, status }),
    observerImage: 'x',
    profiles: [],
    run: trainingRun(),
    provenance: 'Compare',
    versions: [1, 2].map((number) => modelVersion(number, artifact(number))),
    traffic: pods,
    trafficObjects: [],
    takesGRPC: false,
    unserved: [],
    leftovers: [],
    workloads: [],
    services: [],
    disruptionBudgets: [],
    pods: [],
    strangers: [],
    verdicts: [],
  };
}

/** Looks at a rollout as the operator does. */
function operator() {
  const prometheus = new FakePrometheus();
  const sampler = createSampler({ prometheus, sources: [] });
  const look = (seconds: number, seen = facts()) =>
    sampler.answers(modelDeployments, seen.parent, questions(seen, at(seconds)), at(seconds));
  return { prometheus, look };
}

describe('The analysis of a step', () => {
  it('asks about the candidate alone, from the beginning of the step on', async () => {
    const { prometheus, look } = operator();
    prometheus.answer = (expression) => answerTo(expression, { requests: 120, errors: 0.05, latency: 0.1 });
    const answers = await look(42);
    expect(Object.fromEntries(answers)).toMatchObject({
      errors: { at: at(42), outcome: { type: 'Measured', value: 0.05, samples: 120 } },
      latency: { at: at(42), outcome: { type: 'Measured', samples: 120 } },
    });
    expect(prometheus.asked).toHaveLength(4);
    for (const expression of prometheus.asked) {
      expect(expression).toContain(`namespace="team",model_deployment="fraud",revision="${role(2).revision}"`);
    }
    expect(prometheus.asked.filter((expression) => expression.includes('[52s]'))).toHaveLength(3);
  });

  it('asks about the stable revision too, since the weight was reached, where a check compares with it', async () => {
    const { prometheus, look } = operator();
    const compared = facts();
    const analysis = [{ name: 'errors', errors: {}, against: 'Stable' as const, maxIncrease: 0.01 }];
    const parent = { ...compared.parent, spec: { ...spec, rollout: { ...canary, analysis } } };
    await look(42, { ...compared, parent });
    const about = (revision: string) =>
      prometheus.asked.filter((expression) => expression.includes(`revision="${revision}"`));
    expect([about(role(1).revision).length, about(role(2).revision).length]).toEqual([4, 4]);
    expect(about(role(1).revision).filter((expression) => expression.includes('[42s]'))).toHaveLength(3);
    expect(new Set(prometheus.times)).toEqual(new Set([at(42)]));
  });

  it('lets errors go by the limit of the latency beside them', async () => {
    const { prometheus, look } = operator();
    prometheus.answer = (expression) => answerTo(expression, { requests: 60, givenUp: [40, 0.3] });
    expect((await look(42)).get('errors')?.outcome).toMatchObject({ value: 0.4, samples: 100 });
  });

  it('does not ask before the weight was reached', async () => {
    const { prometheus, look } = operator();
    expect((await look(10, facts({}))).size).toBe(0);
    expect(prometheus.asked).toEqual([]);
  });

  it('asks nothing about the first revision and about a way back', () => {
    const status = facts().parent.status ?? {};
    const { stable: _stable, ...first } = status;
    const rejected = [
      { revision: role(1).revision, reason: 'AnalysisFailed', message: '', time: '2026-11-24T10:00:00Z' },
    ];
    const back = { ...status, previous: role(2), rejected };
    for (const other of [first, back]) {
      const seen = { ...facts(), parent: { ...facts().parent, status: other } };
      expect(questions(seen, at(60))).toEqual([]);
    }
  });

  it('stands between two samples, and is asked anew after the interval', async () => {
    const { prometheus, look } = operator();
    for (const seconds of [1, 2, 10, 15]) await look(seconds);
    expect(prometheus.asked).toHaveLength(4);
    await look(16);
    expect(prometheus.asked).toHaveLength(8);
  });

  it('asks anew as soon as the hold is over, since that decides', async () => {
    const { prometheus, look } = operator();
    for (const seconds of [55, 59, 60, 61, 74]) await look(seconds);
    expect(prometheus.asked).toHaveLength(8);
  });

  it('asks once if it looks just when the hold is over', async () => {
    const { prometheus, look } = operator();
    for (const seconds of [60, 60, 61]) await look(seconds);
    expect(prometheus.asked).toHaveLength(4);
  });

  it('asks anew at the next step, and about a check that was edited', async () => {
    const { prometheus, look } = operator();
    await look(60);
    await look(61, facts({ step: 1, weightSince: '2026-11-24T10:01:00Z' }));
    expect(prometheus.asked).toHaveLength(8);
    const edited = facts({ step: 1, weightSince: '2026-11-24T10:01:00Z' });
    const analysis = [errors, { ...slow, latency: { quantile: 0.5 } }];
    const parent = { ...edited.parent, spec: { ...spec, rollout: { ...canary, analysis } } };
    await look(62, { ...edited, parent });
    expect(prometheus.asked).toHaveLength(12);
  });

  it('has no values where Prometheus has none', async () => {
    const { look } = operator();
    expect((await look(60)).get('errors')?.outcome).toEqual({ type: 'Measured' });
  });
});

describe('A rollout of two steps of one and two minutes', () => {
  it.each([
    ['one check', [errors], 56],
    ['two checks, which share what they ask', [errors, slow], 56],
  ])('with %s asks once per interval and once more at the end of a hold', async (_what, analysis, want) => {
    const world = await serving({ observe: {}, rollout: { ...canary, analysis } });
    world.metrics = { requests: 500 };
    world.register(2);
    await world.pass(300);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.requests.queries).toBe(want);
    const { status } = world.requests;
    await world.pass(300);
    expect([world.requests.queries, world.requests.status]).toEqual([want, status]);
  });

  it('asks no oftener while there is no data', async () => {
    const world = await inFirstStep({ observe: {}, rollout: { ...canary, analysis: [errors] } });
    await world.pass(600);
    expect(world.requests.queries).toBeLessThanOrEqual(164);
  });

  it('asks anew at once when another operator takes over, since a rollout waits for nothing that it could know', async () => {
    const world = await inFirstStep({ observe: {}, rollout: { ...canary, analysis: [errors] } });
    const before = world.requests.queries;
    world.metrics = { requests: 500, errors: 0.5 };
    world.crashAfter(0);
    world.scale(5);
    await world.pass(1);
    expect(world.requests.queries).toBe(before + 4);
    expect(world.parent.status?.rejected).toMatchObject([{ reason: 'AnalysisFailed' }]);
  });
});

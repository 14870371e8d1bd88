import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Gadget, gadgetController, gadgets } from '../../test/builders/toy.ts';
import { Workshop } from '../../test/builders/workshop.ts';
import { uidOf } from '../api/resource.ts';
import type { Cache } from '../kube/cache.ts';
import type { Answers, Outcome, TimedQuestion } from '../measure/measure.ts';
import type { Sampler } from '../measure/sampler.ts';
import type { FakePrometheus } from '../../test/builders/prometheus.ts';

const key = { namespace: 'here', name: 'a' };
let workshop: Workshop;
let cache: Cache;
let prometheus: FakePrometheus;
let sampler: Sampler;

beforeEach(async () => {
  workshop = await Workshop.open();
  ({ cache, prometheus, sampler } = workshop);
  prometheus.answer = () => [{ labels: {}, value: 7 }];
  workshop.given();
});
afterEach(() => workshop.close());

const question = {
  type: 'Question',
  name: 'up',
  expressions: ['up'],
  title: 'up',
  unit: '',
  minSamples: 0,
  read: ([answer]) => ({ value: answer?.[0]?.value ?? NaN }),
  freshSince: new Date('2026-11-24T00:00:00Z'),
  patient: false,
} satisfies TimedQuestion;

/** One pass of a controller that asks so; returns what its plan was told. */
async function pass(questions: readonly TimedQuestion[]): Promise<Outcome | undefined> {
  let told: Answers | undefined;
  const controller = gadgetController();
  const asking: typeof controller = {
    ...controller,
    questions: () => questions,
    plan: (facts, answers, at) => {
      told = answers;
      return controller.plan(facts, answers, at);
    },
  };
  await workshop.run(asking);
  return told?.get('up')?.outcome;
}

describe('Reconcile', () => {
  it('asks what the plan wants to know and gives it the answer, also when it need not be asked again', async () => {
    const want: Outcome = { type: 'Measured', value: 7 };
    expect([await pass([question]), await pass([question])]).toEqual([want, want]);
    expect(prometheus.asked).toEqual(['up']);
  });

  it('asks nothing where the plan wants to know nothing, and forgets what it knew', async () => {
    await pass([question]);
    expect(await pass([])).toBeUndefined();
    expect(sampler.remembered(gadgets).map(({ answers }) => answers.size)).toEqual([0]);
    expect(prometheus.asked).toEqual(['up']);
  });

  it('has nothing remembered of the objects of a kind that never asks', async () => {
    await workshop.run(gadgetController());
    expect(sampler.remembered(gadgets)).toEqual([]);
  });

  it.each<[string, (gadget: Gadget) => void]>([
    ['is gone', (gadget) => cache.gone(gadgets, key, uidOf(gadget))],
    [
      'cannot be seen',
      () => cache.hide({ type: 'UnservedKind', kind: gadgets, cause: 'Absent', message: 'not found' }),
    ],
    [
      'is being deleted',
      ({ metadata, ...rest }) =>
        cache.applied(gadgets, {
          ...rest,
          metadata: { ...metadata, resourceVersion: '999', deletionTimestamp: '2026-11-24T00:00:00Z' },
        }),
    ],
  ])('forgets the answers about an object that %s, and asks nothing more about it', async (_what, change) => {
    await pass([question]);
    const gadget = cache.get(gadgets, key);
    if (gadget !== undefined) change(gadget);
    expect(await pass([question])).toBeUndefined();
    expect(sampler.remembered(gadgets)).toEqual([]);
    expect(prometheus.asked).toEqual(['up']);
  });
});

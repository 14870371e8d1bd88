import { describe, expect, it } from '@jest/globals';
import type { CandidateStatus } from '../../../api/types.ts';
import type { Answers } from '../../../measure/measure.ts';
import { serving, watched } from '../../../../test/simulate/rollout.ts';
import { noted, passed } from './record.ts';

const began = Date.parse('2026-11-24T10:00:00Z');
const at = (minutes: number) => new Date(began + minutes * 60_000);
const since = '2026-11-24T10:00:00Z';
const checks = [{ name: 'errors', errors: {}, max: 0.01 }];
const step = { weight: 25, counts: { candidate: 1, stable: 3 }, hold: 0, title: 'weight 25' };
const candidate: CandidateStatus = { revision: 'b', uri: 'pvc://models/b', since, step: 0, weightSince: since };

const answers = (minutes: number, value: number, samples: number): Answers =>
  new Map([['errors', { at: at(minutes), before: undefined, outcome: { type: 'Measured', value, samples } }]]);

const after = (before: CandidateStatus, minutes: number, value: number, samples: number) =>
  noted({ candidate: before, step, checks, answers: answers(minutes, value, samples) });

const valueOf = ({ steps }: CandidateStatus) => steps?.at(-1)?.values?.[0];

describe('The record of a step', () => {
  it('has what was measured, of how many requests and when', () => {
    expect(after(candidate, 1, 0.005, 200).steps).toEqual([
      {
        weight: 25,
        since,
        values: [{ name: 'errors', value: '0.005', samples: 200, sampledAt: '2026-11-24T10:01:00Z' }],
      },
    ]);
  });

  it('is not begun before the weight was reached, nor without a value', () => {
    const { weightSince: _, ...before } = candidate;
    expect(after(before, 1, 0.005, 200).steps).toBeUndefined();
    expect(noted({ candidate, step, checks, answers: new Map() }).steps).toBeUndefined();
  });

  it.each<[string, number, number, number, string]>([
    ['keeps a value that changes little', 2, 0.0052, 210, '0.005'],
    ['takes a value that changes much', 2, 0.0056, 210, '0.0056'],
    ['takes a value that rests on more than twice the requests', 2, 0.0051, 401, '0.0051'],
    ['takes any value after ten minutes', 11, 0.0051, 210, '0.0051'],
  ])('%s, since each change of status is a write', (_, minutes, value, samples, want) => {
    expect(valueOf(after(after(candidate, 1, 0.005, 200), minutes, value, samples))?.value).toBe(want);
  });

  it('ends with the values that let the step pass, however little they changed', () => {
    const open = after(candidate, 1, 0.005, 200);
    const closed = passed({ candidate: open, step, checks, answers: answers(2, 0.0051, 201) }, at(2));
    expect(closed).toEqual([
      {
        weight: 25,
        since,
        until: '2026-11-24T10:02:00Z',
        values: [{ name: 'errors', value: '0.0051', samples: 201, sampledAt: '2026-11-24T10:02:00Z' }],
      },
    ]);
    const next = { ...candidate, step: 1, steps: closed ?? [], weightSince: '2026-11-24T10:03:00Z' };
    expect(after(next, 4, 0.002, 300).steps).toHaveLength(2);
  });

  it('is not made of a takeover without steps and checks', () => {
    const { weight: _, ...full } = step;
    expect(passed({ candidate, step: full, checks: [], answers: new Map() }, at(1))).toBeUndefined();
  });

  it('never has more than ten steps, though somebody edits them all the while', () => {
    const steps = Array.from({ length: 10 }, () => ({ weight: 5, since, until: since }));
    expect(passed({ candidate: { ...candidate, steps }, step, checks, answers: new Map() }, at(1))).toHaveLength(10);
  });
});

describe('The story of a rollout', () => {
  it('stays with what was promoted, and goes from what is kept behind it', async () => {
    const world = await serving(watched);
    world.metrics = { requests: 500, errors: 0.001 };
    world.register(2);
    await world.pass(280);
    const { stable } = world.parent.status ?? {};
    expect(stable?.steps?.map(({ weight, values }) => [weight, values?.[0]?.value])).toEqual([
      [25, '0.001'],
      [50, '0.001'],
    ]);
    world.register(3);
    await world.pass(280);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-3' }, previous: { version: 'fraud-2' } });
    expect(world.parent.status?.previous?.steps).toBeUndefined();
  });

  it('tells the weight that the step asks for beside the one that was reached, and when its hold ends', async () => {
    const world = await serving({ replicas: 3, rollout: { steps: [{ weight: 50, hold: '2m' }] } });
    world.register(2);
    await world.pass(20);
    expect(world.parent.status).toMatchObject({
      candidate: { weight: 50, weightSince: '2026-11-24T10:00:38Z', holdUntil: '2026-11-24T10:02:38Z' },
      weight: 67,
    });
    expect(world.condition('Reconciling')?.message).toMatch(
      /^fraud-2 \(revision [0-9a-f]{8}\) holds weight 50 \(67 with the pods that there are\) for 2m, until status\.candidate\.holdUntil\.$/,
    );
  });

  it('is not written at each sample', async () => {
    const world = await serving(watched);
    world.metrics = { requests: 500, errors: 0.001 };
    world.register(2);
    await world.pass(25);
    const before = world.requests.status;
    await world.pass(50);
    expect(world.requests.status - before).toBeLessThanOrEqual(1);
  });
});

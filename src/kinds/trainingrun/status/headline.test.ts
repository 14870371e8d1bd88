import { describe, expect, it } from '@jest/globals';
import type { Attempt, Condition, TrainingRunStatus } from '../../../api/types.ts';
import { stages } from '../stages/index.ts';
import { headline as headlineOf } from './headline.ts';

const headline = (status: TrainingRunStatus) => headlineOf(status, stages);
const time = '2026-11-24T03:00:00Z';
const condition = (type: string, status: Condition['status'], reason: string): Condition => ({
  type,
  status,
  reason,
  message: `${reason}, in a sentence`,
  lastTransitionTime: time,
});
const attempt = (name: string, fields: Partial<Attempt> = {}): Attempt => ({
  name,
  number: Number(name.split('-').at(-1)),
  recipeDigest: 'a',
  trigger: { type: 'Created', time },
  coversUntil: time,
  startTime: time,
  ...fields,
});
const registered = attempt('fraud-1', { verdict: 'Registered', message: 'ModelVersion fraud-1 is registered' });
const succeeded = condition('Succeeded', 'True', 'Registered');
const status = (conditions: Condition[], ...attempts: Attempt[]): TrainingRunStatus => ({
  conditions,
  attempts,
  latestAttempt: attempts.at(-1)?.name ?? '',
});

describe('The headline of a run', () => {
  it('says why an automatic retraining runs, although the last outcome stands', () => {
    const trigger = { type: 'Monitor', name: 'fraud', reason: 'drift: PSI 1.6', time } as const;
    const retraining = attempt('fraud-2', { trigger });
    expect(headline(status([succeeded], registered, retraining))).toEqual({
      episode: 'fraud-2',
      outcome: 'Open',
      reason: 'Started',
      message: 'attempt fraud-2 has started: Monitor fraud asks for it, drift: PSI 1.6',
    });
  });

  it('is the same right after the start and when main runs, so that one event tells both', () => {
    const [started, trains] = ['Started', 'Training'].map((reason) =>
      headline(status([condition('Succeeded', 'Unknown', reason)], attempt('fraud-1'))),
    );
    expect(started).toMatchObject({
      reason: 'Started',
      message: 'attempt fraud-1 has started: it is the first of its run',
    });
    expect(trains).toEqual(started);
  });

  it('is good news of an attempt that an edit superseded', () => {
    const superseded = attempt('fraud-1', {
      verdict: 'Superseded',
      reason: 'Superseded',
      message: 'the recipe was edited',
    });
    const waits = condition('Succeeded', 'Unknown', 'Superseded');
    expect(headline(status([waits], superseded))).toMatchObject({ outcome: 'Good', reason: 'Superseded' });
  });

  it('says what keeps an automatic retraining waiting', () => {
    const waiting = condition('Reconciling', 'True', 'Unschedulable');
    expect(headline(status([succeeded, waiting], registered, attempt('fraud-2')))).toMatchObject({
      outcome: 'Open',
      reason: 'Unschedulable',
    });
  });

  it('says how the newest attempt ended, also if an older one succeeded', () => {
    const failed = attempt('fraud-2', { verdict: 'GateFailed', reason: 'MetricMissing', message: 'f1 is missing' });
    expect(headline(status([succeeded], registered, failed))).toEqual({
      episode: 'fraud-2',
      outcome: 'Bad',
      reason: 'MetricMissing',
      message: 'attempt fraud-2: f1 is missing',
    });
    expect(headline(status([succeeded], registered))).toMatchObject({ outcome: 'Good', reason: 'Registered' });
  });

  it('is the summary before the first attempt', () => {
    const wanted = condition('Succeeded', 'Unknown', 'Suspended');
    expect(headline(status([wanted]))).toMatchObject({ outcome: 'Open', reason: 'Suspended' });
    expect(headline({})).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { observed as factsOf, runWith } from '../../../../test/builders/trainingplan.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import type { TrainingRunSpec } from '../../../api/types.ts';
import { plan } from '../plan.ts';

const now = new Date('2026-11-24T10:00:30Z');
const next = (spec: Partial<TrainingRunSpec>) => plan(factsOf(trainingRun({ spec })), now).status.nextAttemptTime;

describe('In lists', () => {
  it('the metric is the newest attempt’s, and none while that has reported none', () => {
    const ended = { number: 1, recipeDigest: 'old', verdict: 'Registered', metrics: { f1: '0.93' } } as const;
    expect(plan(factsOf(runWith({ suspend: true }, ended)), now).status.metric).toBe('f1=0.93');
    const { status } = plan(factsOf(runWith({}, ended)), now);
    expect(status.latestAttempt).toBe('fraud-2');
    expect(status).not.toHaveProperty('metric');
  });

  it('the next attempt is when the schedule asks for it, told in UTC', () => {
    expect(next({ schedule: '0 3 * * *' })).toBe('2026-11-25T03:00:00Z');
    expect(next({ schedule: '0 3 * * 1', timeZone: 'Europe/Berlin' })).toBe('2026-11-30T02:00:00Z');
  });

  it('a rerun that lies ahead is the next attempt if it comes first', () => {
    expect(next({ rerunAt: '2026-11-24T12:00:00+01:00' })).toBe('2026-11-24T11:00:00Z');
    expect(next({ schedule: '0 3 * * *', rerunAt: '2026-11-24T12:00:00Z' })).toBe('2026-11-24T12:00:00Z');
    expect(next({ schedule: '0 3 * * *', rerunAt: '2026-11-26T12:00:00Z' })).toBe('2026-11-25T03:00:00Z');
  });

  it.each<Partial<TrainingRunSpec>>([
    {},
    { rerunAt: '2026-11-24T10:00:00Z' },
    { rerunAt: '9999-12-31T23:00:00-12:00' },
    { schedule: 'daily' },
    { schedule: '0 3 * * *', suspend: true },
  ])('none is next with %j', (spec) => {
    expect(next(spec)).toBeUndefined();
  });
});

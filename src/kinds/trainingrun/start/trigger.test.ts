import { describe, expect, it } from '@jest/globals';
import { dueTrigger, type TriggerFacts } from './trigger.ts';

const now = new Date('2026-11-24T10:00:00.400Z');
const created = { type: 'Created', time: '2026-11-24T08:00:00Z' } as const;
const newest = { recipeDigest: 'a', coversUntil: '2026-11-24T09:00:00Z', trigger: created };
const facts = (fields: Partial<TriggerFacts> = {}): TriggerFacts => ({
  created: '2026-11-24T08:00:00Z',
  recipeDigest: 'a',
  newest,
  requests: [],
  ...fields,
});

describe('The rule that starts attempts', () => {
  it('starts the first', () => {
    const { newest: _newest, ...without } = facts();
    expect(dueTrigger(without, now)?.trigger).toEqual({ type: 'Created', time: '2026-11-24T08:00:00Z' });
  });

  it('starts none if nothing was asked for since the newest', () => {
    expect(dueTrigger(facts(), now)).toBeUndefined();
  });

  it('starts one if the recipe is not that of the newest', () => {
    expect(dueTrigger(facts({ recipeDigest: 'b' }), now)?.trigger.type).toBe('RecipeChanged');
  });

  it('starts one in the place of one that was superseded: for its recipe if that was edited, else for what had asked for it', () => {
    const trigger = { type: 'Monitor', name: 'amounts', time: '2026-11-24T08:50:00Z' } as const;
    const superseded = { ...newest, trigger, verdict: 'Superseded' } as const;
    expect(dueTrigger(facts({ newest: superseded }), now)?.trigger).toEqual(trigger);
    expect(dueTrigger(facts({ newest: superseded, recipeDigest: 'b' }), now)?.trigger.type).toBe('RecipeChanged');
  });

  it('starts one when rerunAt is reached, not before, and not for one that is covered', () => {
    expect(dueTrigger(facts({ rerunAt: '2026-11-24T10:00:00Z' }), now)?.trigger.type).toBe('Rerun');
    expect(dueTrigger(facts({ rerunAt: '2026-11-24T10:00:01Z' }), now)).toBeUndefined();
    expect(dueTrigger(facts({ rerunAt: '2026-11-24T09:00:00Z' }), now)).toBeUndefined();
  });

  it('reads the offset of rerunAt', () => {
    expect(dueTrigger(facts({ rerunAt: '2026-11-24T11:00:00+01:00' }), now)?.trigger.time).toBe('2026-11-24T10:00:00Z');
  });

  it('starts one for a tick of the schedule', () => {
    const tick = new Date('2026-11-24T09:30:00Z');
    expect(dueTrigger(facts({ tick }), now)?.trigger).toEqual({ type: 'Schedule', time: '2026-11-24T09:30:00Z' });
  });

  it('starts one for a Monitor, with its name and the check that failed', () => {
    const requests = [{ monitor: 'amounts', requestedAt: '2026-11-24T09:59:00Z', reason: 'drift' }];
    expect(dueTrigger(facts({ requests }), now)?.trigger).toEqual({
      type: 'Monitor',
      name: 'amounts',
      reason: 'drift',
      time: '2026-11-24T09:59:00Z',
    });
  });

  it('answers all that is due by one attempt, named after the latest', () => {
    const due = dueTrigger(
      facts({
        rerunAt: '2026-11-24T09:10:00Z',
        tick: new Date('2026-11-24T09:20:00Z'),
        requests: [{ monitor: 'amounts', requestedAt: '2026-11-24T09:15:00Z', reason: 'drift' }],
      }),
      now,
    );
    expect(due?.trigger.type).toBe('Schedule');
    expect(due?.coversUntil).toBe('2026-11-24T10:00:00Z');
  });

  it.each(['2026-11-24T10:00:00.3Z', '2026-11-24T09:59:59.9Z'])('does not fire twice for rerunAt %s', (rerunAt) => {
    const due = dueTrigger(facts({ rerunAt }), now);
    const wantCovered = facts({ rerunAt, newest: { ...newest, coversUntil: due?.coversUntil ?? '' } });
    expect(dueTrigger(wantCovered, now)).toBeUndefined();
  });

  it("covers a request that another machine's clock dates later", () => {
    const requests = [{ monitor: 'amounts', requestedAt: '2026-11-24T10:02:00Z', reason: 'drift' }];
    expect(dueTrigger(facts({ requests }), now)?.coversUntil).toBe('2026-11-24T10:02:00Z');
  });

  it('fires nothing again when the clock is set back', () => {
    const tick = new Date('2026-11-24T08:30:00Z');
    expect(dueTrigger(facts({ tick }), new Date('2026-11-24T08:31:00Z'))).toBeUndefined();
  });

  it('is not stopped by a time that cannot be read', () => {
    const requests = [{ monitor: 'amounts', requestedAt: 'yesterday', reason: 'drift' }];
    expect(dueTrigger(facts({ requests, rerunAt: 'soon' }), now)).toBeUndefined();
  });
});

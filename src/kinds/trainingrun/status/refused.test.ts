import { describe, expect, it } from '@jest/globals';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { findCondition } from '../../../api/condition.ts';
import type { Refusal } from '../../../controller.ts';
import { plan } from '../plan.ts';
import { refused } from './refused.ts';

const now = new Date('2026-11-24T10:00:00Z');
const observed = {
  run: trainingRun(),
  jobs: [],
  pods: [],
  services: [],
  versions: [],
  rejected: new Set<string>(),
  requests: [],
  vanished: new Set<string>(),
};

function refusal(reason: Refusal['reason']) {
  const planned = plan(observed, now);
  const action = planned.actions[0];
  if (action === undefined) throw new Error('nothing was planned');
  return { planned, refusal: { action, reason, message: 'exceeded quota: gpus' } };
}

describe('A denied write', () => {
  it.each<[Refusal['reason'], string]>([
    ['NameConflict', 'kubectl -n team delete job fraud-1-train'],
    ['Forbidden', 'exceeded quota: gpus'],
    ['Invalid', "Correct the TrainingRun's spec"],
  ])('with %s is a condition that says what to do', (reason, wantWords) => {
    const { planned, refusal: denied } = refusal(reason);
    const status = refused(planned.status, denied);
    expect(findCondition(status.conditions, 'Succeeded')).toMatchObject({ status: 'Unknown', reason });
    expect(findCondition(status.conditions, 'Stalled')?.message).toContain(wantWords);
    expect(findCondition(status.conditions, 'Reconciling')).toBeUndefined();
  });

  it('of a Job leaves no attempt in status, so that the trigger stays due', () => {
    const { planned, refusal: denied } = refusal('Forbidden');
    const status = refused(planned.status, denied);
    expect(status.attempts).toBeUndefined();
    expect(status.latestAttempt).toBeUndefined();
  });

  it('gives the same status at every try', () => {
    const { planned, refusal: denied } = refusal('Forbidden');
    const first = refused(planned.status, denied);
    const again = plan({ ...observed, run: { ...observed.run, status: first } }, new Date('2026-11-24T10:01:00Z'));
    expect(refused(again.status, denied)).toEqual(first);
  });
});

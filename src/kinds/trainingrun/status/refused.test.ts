import { describe, expect, it } from '@jest/globals';
import { failed, job } from '../../../../test/builders/job.ts';
import { entry, observed as factsOf, runWith } from '../../../../test/builders/trainingplan.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { findCondition } from '../../../api/condition.ts';
import { jobs } from '../../../api/kinds.ts';
import type { DeniedWrite, UnservedKind } from '../../../api/refusal.ts';
import type { ITrainingRun, TrainingRunStatus } from '../../../api/types.ts';
import { deniedWrite } from '../../../runtime/perform.ts';
import { plan } from '../plan.ts';
import { refused } from './refused.ts';

const now = new Date('2026-11-24T10:00:00Z');
const observed = factsOf(trainingRun());

/** The plan, and the refusal of the first of its writes. */
function refusal(reason: DeniedWrite['reason'], facts = observed) {
  const planned = plan(facts, now);
  const [action] = planned.actions;
  if (action === undefined) throw new Error('nothing was to be written');
  return { planned, refusal: deniedWrite(action, reason, 'exceeded quota: gpus') };
}

describe('A denied write', () => {
  it.each<[DeniedWrite['reason'], string]>([
    ['NameConflict', 'kubectl -n team delete job fraud-1-train'],
    ['Forbidden', 'exceeded quota: gpus'],
    ['Invalid', "Correct the TrainingRun's spec"],
  ])('with %s is a condition that says what to do', (reason, wantWords) => {
    const { planned, refusal: denied } = refusal(reason);
    const status = refused(planned.status, denied, observed.run, now);
    expect(findCondition(status.conditions, 'Succeeded')).toMatchObject({ status: 'Unknown', reason });
    expect(findCondition(status.conditions, 'Stalled')?.message).toContain(wantWords);
    expect(findCondition(status.conditions, 'Reconciling')).toBeUndefined();
  });

  it('of a Job leaves no attempt in status, so that the trigger stays due', () => {
    const { planned, refusal: denied } = refusal('Forbidden');
    const status = refused(planned.status, denied, observed.run, now);
    expect(status.attempts).toBeUndefined();
    expect(status.latestAttempt).toBeUndefined();
  });

  it('of a Job leaves the attempt before in status, though there is room for one alone', () => {
    const run = runWith({ attemptHistoryLimit: 1 }, { recipeDigest: 'old', verdict: 'Deleted' });
    const { planned, refusal: denied } = refusal('Forbidden', factsOf(run));
    expect(planned.status.attempts?.map(({ name }) => name)).toEqual(['fraud-2']);
    const status = refused(planned.status, denied, run, now);
    expect(status).toMatchObject({ latestAttempt: 'fraud-1', attempts: run.status?.attempts ?? [] });
  });

  it('of a later stage leaves its entry out, and none of a Job that is made again', () => {
    const { planned, refusal: denied } = refusal('Forbidden');
    const began = planned.status.attempts?.[0];
    if (began === undefined) throw new Error('nothing began');
    const stages = [entry({ name: 'Check', job: 'fraud-1-check', state: 'Passed' }), ...(began.stages ?? [])];
    const later = refused({ ...planned.status, attempts: [{ ...began, stages }] }, denied, observed.run, now);
    expect(later.attempts?.[0]?.stages?.map(({ name }) => name)).toEqual(['Check']);
    const retried = [entry({ jobUID: 'seen' })];
    const again = refused({ ...planned.status, attempts: [{ ...began, stages: retried }] }, denied, observed.run, now);
    expect(again.attempts?.[0]?.stages).toEqual(retried);
  });

  it('of a Service that somebody deleted leaves the attempt in status, whose Job is there', () => {
    const run = runWith({ nodes: 2 }, {});
    const { planned, refusal: denied } = refusal('Forbidden', factsOf(run, { jobs: [job(run)] }));
    expect(denied).toMatchObject({ verb: 'Create', kind: { kind: 'Service' }, key: { name: 'fraud-1-train' } });
    expect(refused(planned.status, denied, run, now).attempts).toEqual(run.status?.attempts);
  });

  it('of a deletion leaves out an attempt that was to begin after it', () => {
    const ended = { number: 2, recipeDigest: 'old', verdict: 'Failed' } as const;
    const run = runWith({}, ended);
    const old = failed(job(run), 'BackoffLimitExceeded', '2026-11-24T09:00:00Z');
    const { planned, refusal: denied } = refusal('Forbidden', factsOf(run, { jobs: [old] }));
    expect([denied.verb, planned.status.latestAttempt]).toEqual(['Delete', 'fraud-3']);
    expect(refused(planned.status, denied, run, now).latestAttempt).toBe('fraud-2');
  });

  it('gives the same status at every try', () => {
    const { planned, refusal: denied } = refusal('Forbidden');
    const first = refused(planned.status, denied, observed.run, now);
    const later = new Date('2026-11-24T10:01:00Z');
    const run = { ...observed.run, status: first };
    expect(refused(plan({ ...observed, run }, later).status, denied, run, later)).toEqual(first);
  });

  it('is since now, whatever the other conditions are since', () => {
    const lastTransitionTime = '2026-11-20T00:00:00Z';
    const before = {
      type: 'Succeeded',
      status: 'Unknown',
      reason: 'Waiting',
      message: '',
      lastTransitionTime,
    } as const;
    const run = { ...observed.run, status: { conditions: [before] } };
    const { conditions } = refused(plan({ ...observed, run }, now).status, refusal('Forbidden').refusal, run, now);
    expect(findCondition(conditions, 'Succeeded')?.lastTransitionTime).toBe(lastTransitionTime);
    expect(findCondition(conditions, 'Stalled')?.lastTransitionTime).toBe('2026-11-24T10:00:00Z');
  });
});

describe('A kind that is not served', () => {
  const unserved: UnservedKind = { type: 'UnservedKind', kind: jobs, cause: 'Forbidden', message: 'no' };
  const trained = { type: 'Succeeded', status: 'True', reason: 'Registered', message: '' } as const;
  const run = (generation: number, status: TrainingRunStatus): ITrainingRun => ({
    ...trainingRun({ status }),
    metadata: { ...trainingRun().metadata, generation },
  });
  const before: TrainingRunStatus = {
    observedGeneration: 1,
    attempts: [],
    latestVersion: { name: 'fraud-1', uid: 'uid-version-1' },
    conditions: [{ ...trained, observedGeneration: 1, lastTransitionTime: '2026-11-20T00:00:00Z' }],
  };

  it('leaves the outcome of the declared recipe as it is', () => {
    const told = refused(before, unserved, run(1, before), now);
    expect(told.conditions?.map(({ type, status, reason }) => [type, status, reason])).toEqual([
      ['Stalled', 'True', 'NotServed'],
      ['Succeeded', 'True', 'Registered'],
    ]);
    expect(told.latestVersion).toEqual({ name: 'fraud-1', uid: 'uid-version-1' });
  });

  it('leaves no outcome to an edited recipe', () => {
    const told = refused(before, unserved, run(2, before), now);
    expect(findCondition(told.conditions, 'Succeeded')).toMatchObject({ status: 'Unknown', reason: 'NotServed' });
  });

  it('gives the same status again', () => {
    const told = refused({}, unserved, run(1, {}), now);
    expect(refused(told, unserved, run(1, told), new Date('2026-11-24T12:00:00Z'))).toEqual(told);
  });
});

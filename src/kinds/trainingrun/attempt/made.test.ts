import { describe, expect, it } from '@jest/globals';
import { job } from '../../../../test/builders/job.ts';
import { entry, now, observed, runWith } from '../../../../test/builders/trainingplan.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { plan } from '../plan.ts';
import { digestInTemplate } from '../start/snapshot.ts';
import { withMade } from './made.ts';

describe('Status after a pass that made a Job', () => {
  it('tells its UID and the digest of its snapshot', () => {
    const run = trainingRun();
    const planned = plan(observed(run), now);
    const [action] = planned.actions;
    const made = job(run);
    const wanted = { job: 'fraud-1-train', jobUID: 'uid-fraud-1-train', snapshotDigest: digestInTemplate(made) };
    expect(action?.type).toBe('Create');
    expect(withMade(planned.status, [made]).attempts?.[0]?.stages).toMatchObject([wanted]);
  });

  it('tells of the one that was made again instead of the one before, of which nothing is remembered', () => {
    const run = runWith({}, { stages: [entry({ ran: true, disrupted: true })] });
    const made = job(run, { attemptUID: 'uid-fraud-1-train' }, 1);
    const told = withMade(run.status ?? {}, [made]).attempts?.[0]?.stages;
    const digest = digestInTemplate(made);
    expect(told).toEqual([entry({ job: 'fraud-1-train-r1', ...(digest && { snapshotDigest: digest }) })]);
  });

  it('is as it was planned if nothing was made, or something else', () => {
    const status = runWith({}, {}).status ?? {};
    expect(withMade(status, [])).toBe(status);
    expect(withMade(status, [job(trainingRun(), { number: 7 })])).toEqual(status);
  });
});

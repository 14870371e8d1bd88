import { describe, expect, it } from '@jest/globals';
import { commandsIn } from '../../api/message.ts';
import type { Attempt, ITrainingRun, TrainingRunSpec, TrainingRunStatus } from '../../api/types.ts';
import { merged } from '../../../test/builders/apiserver.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { patchOf, type Steering } from './steering.ts';
import { rerun, resumeRun, suspend } from './training.ts';

const now = new Date('2026-11-24T12:00:00Z');

const attempt = (fields: Partial<Attempt> = {}): Attempt => ({
  name: 'fraud-1',
  number: 1,
  recipeDigest: 'sha256:one',
  trigger: { type: 'Created', time: '2026-11-24T10:00:00Z' },
  coversUntil: '2026-11-24T10:00:00Z',
  startTime: '2026-11-24T10:00:00Z',
  ...fields,
});

function seen(spec: Partial<TrainingRunSpec>, status: TrainingRunStatus): ITrainingRun {
  return trainingRun({ spec, status: { observedGeneration: 1, ...status } });
}

function done(steering: Steering<ITrainingRun>) {
  if (steering.type === 'Refused') throw new Error(steering.message);
  return { ...steering, patch: patchOf(steering.changes) };
}

const condition = (type: string, message: string) =>
  ({ type, status: 'True', reason: type, message, lastTransitionTime: '2026-11-24T10:00:00Z' }) as const;

describe('rerun', () => {
  it('asks for an attempt at this time', () => {
    const { patch, next } = done(rerun(seen({}, { attempts: [attempt({ verdict: 'Registered' })] }), now));
    expect(patch).toEqual({ spec: { rerunAt: '2026-11-24T12:00:00Z' } });
    expect(next).toBe('an attempt starts');
  });

  it('asks for it later than the newest attempt covers, by whatever clock that was', () => {
    const attempts = [attempt({ coversUntil: '2026-11-24T12:00:00Z', verdict: 'Failed' })];
    expect(done(rerun(seen({}, { attempts }), now)).patch).toEqual({ spec: { rerunAt: '2026-11-24T12:00:01Z' } });
  });

  it('says what has to come first: the end of another attempt, a person, or the end of a suspension', () => {
    expect(done(rerun(seen({}, { attempts: [attempt()] }), now)).next).toBe('an attempt starts when fraud-1 has ended');
    const stalled = seen({}, { conditions: [condition('Stalled', 'the image is not there')] });
    expect(done(rerun(stalled, now)).warnings).toEqual(['Nothing starts while this is so: the image is not there']);
    const suspended = done(rerun(seen({ suspend: true }, {}), now));
    expect(commandsIn(suspended.next)).toEqual(['kubectl flyball resume trun/fraud -n team']);
  });

  it('is waited for until the attempt that answers it has ended', () => {
    const { outcome } = done(rerun(seen({}, {}), now));
    const after = (one: Partial<Attempt>) =>
      seen({}, { attempts: [attempt({ coversUntil: '2026-11-24T12:00:05Z', ...one })] });
    expect(outcome(trainingRun())).toEqual({ type: 'Waiting', message: 'The operator has not seen it yet' });
    expect(outcome(seen({}, { attempts: [attempt()] })).message).toBe('fraud-1 has to end first');
    expect(outcome(after({}))).toEqual({ type: 'Waiting', message: 'fraud-1 runs' });
    expect(outcome(after({ verdict: 'Superseded' })).type).toBe('Waiting');
    expect(outcome(after({ verdict: 'Registered' }))).toEqual({ type: 'Good', message: 'fraud-1: Registered' });
    expect(outcome(after({ verdict: 'GateFailed', message: 'f1 is 0.5' }))).toEqual({
      type: 'Bad',
      message: 'fraud-1: GateFailed, f1 is 0.5',
    });
    expect(outcome(seen({}, { conditions: [condition('Stalled', 'no such image')] }))).toMatchObject({ type: 'Bad' });
  });
});

describe('suspend and resume', () => {
  it('set the field and take it away', () => {
    const run = seen({}, { attempts: [attempt({ verdict: 'Registered' })] });
    const suspended = done(suspend(run));
    expect(suspended.patch).toEqual({ spec: { suspend: true } });
    const after = merged(run, suspended.patch) as ITrainingRun;
    expect(done(resumeRun(after)).patch).toEqual({ spec: { suspend: null } });
  });

  it('make no sense twice, and say what would', () => {
    const refusal = (steering: Steering<ITrainingRun>) =>
      steering.type === 'Refused' ? commandsIn(steering.message) : [];
    expect(refusal(suspend(seen({ suspend: true }, {})))).toEqual(['kubectl flyball resume trun/fraud -n team']);
    expect(refusal(resumeRun(seen({}, {})))).toEqual(['kubectl flyball rerun trun/fraud -n team']);
  });

  it('warn that an attempt without a checkpoint loses what it has', () => {
    const attempts = [attempt()];
    expect(done(suspend(seen({}, { attempts }))).warnings).toEqual([
      expect.stringContaining('begins again from its start'),
    ]);
    expect(done(suspend(seen({ checkpoint: { claimName: 'kept' } }, { attempts }))).warnings).toEqual([]);
  });

  it('are waited for until the operator has followed', () => {
    const { outcome } = done(suspend(seen({}, {})));
    expect(outcome(seen({ suspend: true }, {})).type).toBe('Waiting');
    expect(outcome(seen({ suspend: true }, { conditions: [condition('Suspended', 'so')] })).type).toBe('Good');
    expect(done(resumeRun(seen({ suspend: true }, {}))).outcome(seen({}, {})).type).toBe('Good');
  });
});

import { describe, expect, it } from '@jest/globals';
import { change, found, object, request } from './builders.ts';
import { ownershipRules } from './ownership.ts';

const run = change('trainingruns', 'Added', { uid: 'run' });
const jobs = '/apis/batch/v1/namespaces/team/jobs';

describe('The judge of ownership', () => {
  it('lets the operator write the status of a run, and nothing else of it', () => {
    expect(found(ownershipRules, { requests: [request('PATCH', 'trainingruns/fraud/status')] })).toEqual([]);
    expect(found(ownershipRules, { requests: [request('PATCH', 'trainingruns/fraud')] })).toEqual([
      "I1: PATCH trainingruns/fraud of process 1 is not the operator's to do",
    ]);
    expect(found(ownershipRules, { requests: [request('DELETE', 'modelversions/fraud-1')] })).toHaveLength(1);
  });

  it('sees a spec that nobody edited change', () => {
    const edited = change('trainingruns', 'Modified', { uid: 'run', version: 2, spec: { image: 'b' } });
    expect(found(ownershipRules, { changes: [run, edited], written: ['2'] })).toEqual([]);
    expect(found(ownershipRules, { changes: [run, edited] })).toEqual([
      expect.stringMatching(/^I1: TrainingRun fraud was/),
    ]);
  });

  it('sees an annotation that nobody wrote, but for the marks of faults', () => {
    const annotated = (name: string) =>
      change('trainingruns', 'Modified', { uid: 'run', version: 2, meta: { annotations: { [name]: 'x' } } });
    expect(found(ownershipRules, { changes: [run, annotated('faults/overtaken')] })).toEqual([]);
    expect(found(ownershipRules, { changes: [run, annotated('flyball.dev/seen')] })).toHaveLength(1);
  });

  it('sees a write that succeeds on what people made', () => {
    const answer = object('jobs', { uid: 'theirs' });
    const write = (status: number) => request('PATCH', `${jobs}/fraud-1-train`, { status, answer });
    expect(found(ownershipRules, { requests: [write(422)], foreign: ['theirs'] })).toEqual([]);
    expect(found(ownershipRules, { requests: [write(200)], foreign: ['theirs'] })).toEqual([
      expect.stringMatching(/^I3: PATCH jobs\/fraud-1-train/),
    ]);
  });

  it('sees a child that belongs to no parent that there was', () => {
    const created = (owner: string) => request('POST', jobs, { status: 201, answer: object('jobs', { owner }) });
    expect(found(ownershipRules, { changes: [run], requests: [created('run')] })).toEqual([]);
    expect(found(ownershipRules, { changes: [run], requests: [created('other')] })).toHaveLength(1);
  });

  it('sees a record that would go with its run', () => {
    const created = (owner?: string) => {
      const answer = object('modelversions', owner === undefined ? {} : { owner });
      return request('POST', 'modelversions', { status: 201, answer });
    };
    expect(found(ownershipRules, { changes: [run], requests: [created()] })).toEqual([]);
    expect(found(ownershipRules, { changes: [run], requests: [created('run')] })).toHaveLength(1);
  });
});

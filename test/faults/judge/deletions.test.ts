import { describe, expect, it } from '@jest/globals';
import { change, found, request } from './builders.ts';
import { deletionRules } from './deletions.ts';

const remove = (body: unknown, path = 'jobs/fraud-1-train') =>
  request('DELETE', `/apis/batch/v1/namespaces/team/${path}`, { body });
const named = { preconditions: { uid: 'one' } };
const job = (status: object) => change('jobs', 'Added', { name: 'fraud-1-train', status });
const over = job({ conditions: [{ type: 'Complete', status: 'True' }] });

describe('The judge of deletions', () => {
  it('wants a UID with each', () => {
    expect(found(deletionRules, { changes: [over], requests: [remove(named)] })).toEqual([]);
    expect(found(deletionRules, { changes: [over], requests: [remove({})] })).toEqual([
      'I6: DELETE jobs/fraud-1-train of process 1 has no UID as its precondition',
    ]);
  });

  it('sees a Job deleted that was not finished', () => {
    expect(found(deletionRules, { changes: [job({})], requests: [remove(named)] })).toEqual([
      'I6: DELETE jobs/fraud-1-train of process 1 deleted what was not finished',
    ]);
  });

  it('goes by what the operator can have known when it deleted', () => {
    const later = change('jobs', 'Modified', { name: 'fraud-1-train', version: 101, status: over.object as object });
    expect(found(deletionRules, { changes: [job({}), later], requests: [remove(named)] })).toHaveLength(1);
  });

  it('lets go what the status of its run had given up before', () => {
    const waiting = change('jobs', 'Added', {
      name: 'fraud-1-train',
      owner: 'run',
      labels: { 'flyball.dev/attempt': 'fraud-1' },
    });
    const run = (verdict: string) =>
      change('trainingruns', 'Modified', { version: 2, status: { attempts: [{ name: 'fraud-1', verdict }] } });
    expect(found(deletionRules, { changes: [waiting, run('Superseded')], requests: [remove(named)] })).toEqual([]);
    expect(found(deletionRules, { changes: [waiting, run('Failed')], requests: [remove(named)] })).toHaveLength(1);
  });

  it('lets go what came late under the name of a Job that somebody deleted', () => {
    const first = change('jobs', 'Deleted', { name: 'fraud-1-train', uid: 'first' });
    const changes = [first, job({})];
    expect(found(deletionRules, { changes, requests: [remove(named)], deleted: ['first'] })).toEqual([]);
    expect(found(deletionRules, { changes, requests: [remove(named)] })).toHaveLength(1);
  });
});

import { describe, expect, it } from '@jest/globals';
import { attemptRules } from './attempts.ts';
import { change, found, object, request, type Shape } from './builders.ts';

const labels = { 'flyball.dev/attempt': 'fraud-1' };
const job = (type: Parameters<typeof change>[1], shape: Shape) =>
  change('jobs', type, { owner: 'run', labels, ...shape });
const failed = { conditions: [{ type: 'Failed', status: 'True' }] };

describe('The judge of attempts', () => {
  it('wants names to be given and not drawn', () => {
    const create = (metadata: object) => request('POST', '/apis/batch/v1/namespaces/team/jobs', { body: { metadata } });
    expect(found(attemptRules, { requests: [create({ name: 'fraud-1-train' })] })).toEqual([]);
    expect(found(attemptRules, { requests: [create({ generateName: 'fraud-1-train-' })] })).toEqual([
      'I2: POST jobs of process 1 leaves the name to chance (fraud-1-train-)',
    ]);
  });

  it('sees a drawn name in the object, where the request cannot be read', () => {
    const meta = { generateName: 'fraud-1-train-' };
    expect(found(attemptRules, { changes: [job('Added', { meta })] })).toEqual([
      'I2: the name of Job fraud was left to chance',
    ]);
  });

  it('allows a gang to be made again after it failed, and not before', () => {
    const first = job('Added', { name: 'fraud-1-train', version: 1 });
    const over = job('Modified', { name: 'fraud-1-train', version: 2, status: failed });
    const again = job('Added', { name: 'fraud-1-train-r1', version: 3 });
    expect(found(attemptRules, { changes: [first, over, again] })).toEqual([]);
    const failing = { conditions: [{ type: 'FailureTarget', status: 'True' }] };
    const ending = job('Modified', { name: 'fraud-1-train', version: 2, status: failing });
    for (const changes of [
      [first, again],
      [first, ending, again],
    ]) {
      expect(found(attemptRules, { changes })).toEqual([
        'I2: attempt fraud-1 of run has 2 live Jobs at once: fraud-1-train, fraud-1-train-r1',
      ]);
    }
  });

  it('sees a Job that is made twice under its name', () => {
    const first = [job('Added', { uid: 'one' }), job('Deleted', { uid: 'one' })];
    const second = job('Added', { uid: 'two' });
    expect(found(attemptRules, { changes: first })).toEqual([]);
    expect(found(attemptRules, { changes: [...first, second] })).toEqual(['I2: Job fraud was made twice: one, two']);
    expect(found(attemptRules, { changes: [...first, { ...second }], foreign: ['one'] })).toEqual([]);
  });

  it('forgives a Job that people removed after a forger had changed it, and neither of these alone', () => {
    const one = job('Added', { uid: 'one' });
    const changes = [one, job('Deleted', { uid: 'one' }), job('Added', { uid: 'two' })];
    const changed = [object('jobs', { uid: 'one' })];
    const violation = ['I2: Job fraud was made twice: one, two'];
    expect(found(attemptRules, { changes, changed, deleted: ['one'] })).toEqual([]);
    expect(found(attemptRules, { changes, changed })).toEqual(violation);
    expect(found(attemptRules, { changes, deleted: ['one'] })).toEqual(violation);
  });

  it('forgives a Job that a write made which was sent before the first one was deleted, and carried out late', () => {
    const changes = [
      job('Added', { uid: 'one', version: 1 }),
      job('Deleted', { uid: 'one', version: 50 }),
      job('Added', { uid: 'two', version: 60 }),
    ];
    const create = (at: number, wasAnswered: boolean) =>
      request('POST', '/apis/batch/v1/namespaces/team/jobs', {
        at,
        wasAnswered,
        answer: object('jobs', { uid: 'two' }),
      });
    expect(found(attemptRules, { changes, requests: [create(10, false)] })).toEqual([]);
    expect(found(attemptRules, { changes, requests: [create(10, true)] })).toHaveLength(1);
    expect(found(attemptRules, { changes, requests: [create(55, false)] })).toHaveLength(1);
  });
});

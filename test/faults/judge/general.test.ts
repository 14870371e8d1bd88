import { describe, expect, it } from '@jest/globals';
import { boundRules } from './bounds.ts';
import { change, found } from './builders.ts';
import { economyRules } from './economy.ts';
import { request } from './builders.ts';
import { recordRules } from './records.ts';
import { statusRules } from './status.ts';

describe('The judge of bounds', () => {
  it('sees a status or a text in it that is too large', () => {
    const run = (status: object) => ({ changes: [change('trainingruns', 'Added', { status })] });
    expect(found(boundRules, run({ message: 'x'.repeat(1_024) }))).toEqual([]);
    expect(found(boundRules, run({ message: 'x'.repeat(2_049) }))).toHaveLength(1);
    expect(found(boundRules, run({ messages: Array.from({ length: 70 }, () => 'x'.repeat(1_000)) }))).toHaveLength(1);
  });

  it('sees an answer of any length read to its end', () => {
    const taken = (bytes: number) => ({
      measurements: [{ at: 1, expression: 'up', status: 200, body: '', taken: bytes }],
    });
    expect(found(boundRules, taken(10_000_000))).toEqual([]);
    expect(found(boundRules, taken(200_000_000))).toEqual([
      'I8: the operator took 200000000 bytes of the answer to up',
    ]);
  });

  it('sees too much memory taken', () => {
    expect(found(boundRules, { peakMemory: 150 })).toEqual([]);
    expect(found(boundRules, { peakMemory: 500 })).toEqual(['I8: the operator took 500 MiB']);
  });
});

describe('The judge of economy', () => {
  it('sees a request that is sent again and again', () => {
    const many = (every: number) =>
      Array.from({ length: 25 }, (_, index) => request('GET', 'trainingruns/fraud', { at: index * every }));
    expect(found(economyRules, { requests: many(500) })).toEqual([]);
    expect(found(economyRules, { requests: many(50) })).toEqual([
      expect.stringMatching(/^I5: GET trainingruns\/fraud/),
    ]);
  });
});

describe('The judge of storms', () => {
  const times = (count: number, every: number) => Array.from({ length: count }, (_, index) => index * every);

  it('sees a conflict met again at once', () => {
    const met = (at: number) => request('PATCH', 'trainingruns/fraud/status', { at, status: 409, body: { at } });
    expect(found(economyRules, { requests: times(20, 200).map(met) })).toEqual([]);
    expect(found(economyRules, { requests: times(20, 20).map(met) })).toEqual([
      expect.stringMatching(/^I5: PATCH trainingruns\/fraud\/status of process 1 met a conflict/),
    ]);
  });

  it('sees connections tried without a wait', () => {
    expect(found(economyRules, { connections: times(300, 20) })).toEqual([]);
    expect(found(economyRules, { connections: times(300, 2) })).toEqual([
      'I5: more than 200 connections were tried within 1000 ms while none was taken',
    ]);
  });
});

describe('The judge of records', () => {
  const version = (type: Parameters<typeof change>[1], number: number, at = 1) =>
    change('modelversions', type, { version: at, spec: { number } });

  it('sees a version that is changed or deleted', () => {
    expect(found(recordRules, { changes: [version('Added', 1), version('Modified', 1, 2)] })).toEqual([]);
    expect(found(recordRules, { changes: [version('Added', 1), version('Modified', 2, 2)] })).toEqual([
      'versions: ModelVersion fraud was changed',
    ]);
    const changes = [version('Added', 1), version('Deleted', 1, 2)];
    expect(found(recordRules, { changes })).toEqual([
      'versions: ModelVersion fraud was deleted though nobody asked for it',
    ]);
    expect(found(recordRules, { changes, deleted: ['uid-modelversions-fraud'] })).toEqual([]);
  });
});

describe('The judge of statuses', () => {
  const told = (observedGeneration: number | undefined, conditions: readonly object[] = []) =>
    change('trainingruns', 'Added', { status: { observedGeneration, conditions } });
  const condition = { status: 'True', reason: 'Training', lastTransitionTime: '2026-11-24T10:00:00Z' };

  it('wants the generation that was observed', () => {
    expect(found(statusRules, { changes: [told(1)] })).toEqual([]);
    expect(found(statusRules, { changes: [told(undefined)] })).toHaveLength(1);
    expect(found(statusRules, { changes: [told(2)] })).toHaveLength(1);
  });

  it('wants Reconciling only while it is True, and each condition once', () => {
    const reconciling = { ...condition, type: 'Reconciling' };
    expect(found(statusRules, { changes: [told(1, [reconciling])] })).toEqual([]);
    expect(found(statusRules, { changes: [told(1, [{ ...reconciling, status: 'False' }])] })).toHaveLength(1);
    expect(found(statusRules, { changes: [told(1, [reconciling, reconciling])] })).toHaveLength(1);
    expect(found(statusRules, { changes: [told(1, [{ ...reconciling, reason: '' }])] })).toHaveLength(1);
  });
});

import { describe, expect, it } from '@jest/globals';
import { found, lease, renewDeadline, request } from './builders.ts';
import { leadershipRules } from './leadership.ts';

const write = (at: number, body: object = { metadata: { resourceVersion: '1' } }) =>
  request('PATCH', 'trainingruns/fraud/status', { at, body });

describe('The judge of leadership', () => {
  it('wants each status to be written on a version', () => {
    expect(found(leadershipRules, { requests: [lease(0), write(1)] })).toEqual([]);
    expect(found(leadershipRules, { requests: [lease(0), write(1, {})] })).toEqual([
      'I13: PATCH trainingruns/fraud/status of process 1 carries no resourceVersion',
    ]);
  });

  it('sees a write long after the last renewal that succeeded', () => {
    expect(found(leadershipRules, { requests: [lease(0), write(renewDeadline - 100)] })).toEqual([]);
    expect(
      found(leadershipRules, { requests: [lease(0), lease(3_000, { status: 500 }), write(renewDeadline + 1_500)] }),
    ).toEqual([
      'I13: PATCH trainingruns/fraud/status of process 1 was sent 1500 ms after the renew deadline of the Lease',
    ]);
  });

  it('sees a write of a process that never held the Lease', () => {
    const requests = [lease(0), { ...write(1), process: 2 }];
    expect(found(leadershipRules, { requests })).toEqual([
      'I13: PATCH trainingruns/fraud/status of process 2 was sent without the Lease',
    ]);
  });
});

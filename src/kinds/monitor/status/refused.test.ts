import { describe, expect, it } from '@jest/globals';
import { monitor } from '../../../../test/builders/monitor.ts';
import { modelDeployments } from '../../../api/kinds.ts';
import type { UnservedKind } from '../../../api/refusal.ts';
import type { IMonitor, MonitorStatus } from '../../../api/types.ts';
import { refused } from './refused.ts';

const now = new Date('2026-11-24T11:00:00Z');
const unserved: UnservedKind = {
  type: 'UnservedKind',
  kind: modelDeployments,
  cause: 'Absent',
  message: '404 page not found',
};

function watching(generation: number, status: MonitorStatus = {}): IMonitor {
  return { ...monitor(), metadata: { ...monitor().metadata, generation }, status };
}

describe('A kind that is not served', () => {
  it('leaves a Monitor blind: it says neither that checks pass nor that they fail', () => {
    const { conditions } = refused({}, unserved, watching(1), now);
    expect(conditions?.map(({ type, status, reason }) => [type, status, reason])).toEqual([
      ['Stalled', 'True', 'NotServed'],
      ['Ready', 'Unknown', 'NotServed'],
      ['ChecksPassed', 'Unknown', 'NotServed'],
    ]);
  });

  it('lets an edit be observed only when it is judged by, so that old verdicts are not taken for its own', () => {
    const before = { observedGeneration: 1 };
    const told = refused(before, unserved, watching(2, before), now);
    expect(told.observedGeneration).toBe(1);
    expect(told.conditions?.map(({ observedGeneration }) => observedGeneration)).toEqual([2, 2, 2]);
    expect(refused({}, unserved, watching(1), now).observedGeneration).toBe(1);
  });

  it('gives the same status again', () => {
    const told = refused({}, unserved, watching(1), now);
    expect(refused(told, unserved, watching(1, told), new Date('2026-11-24T12:00:00Z'))).toEqual(told);
  });
});

import { describe, expect, it } from '@jest/globals';
import { modelDeployment } from '../../../../test/builders/modeldeployment.ts';
import { deployments, podDisruptionBudgets, services } from '../../../api/kinds.ts';
import type { DeniedWrite, UnservedKind } from '../../../api/refusal.ts';
import type { IModelDeployment, ModelDeploymentStatus } from '../../../api/types.ts';
import { refused } from './refused.ts';

const time = '2026-11-24T10:00:00Z';
const now = new Date('2026-11-24T11:00:00Z');
const key = { namespace: 'team', name: 'fraud' };

function status(ready: 'True' | 'False'): ModelDeploymentStatus {
  const reason = ready === 'True' ? 'Serving' : 'Deploying';
  const condition = { status: ready, reason, message: 'It is so.', lastTransitionTime: time } as const;
  return {
    conditions: [
      { ...condition, type: 'Ready' },
      { ...condition, type: 'Reconciling', status: 'True' },
    ],
  };
}

function denied(reason: DeniedWrite['reason'], message = 'x'): DeniedWrite {
  return { type: 'DeniedWrite', verb: 'Create', kind: services, key, reason, message };
}

const parent = (before?: ModelDeploymentStatus): IModelDeployment => ({
  ...modelDeployment(),
  ...(before !== undefined && { status: before }),
});
const summaries = ({ conditions }: ModelDeploymentStatus) =>
  conditions?.map(({ type, status: value, reason }) => [type, value, reason]);

describe('A denied write', () => {
  it('of a name that is taken is the user’s move, and nothing goes on by itself', () => {
    const told = refused(status('False'), denied('NameConflict'), parent(), now);
    expect(summaries(told)).toEqual([
      ['Stalled', 'True', 'NameConflict'],
      ['Ready', 'False', 'NameConflict'],
    ]);
    expect(told.conditions?.[0]?.message).toContain('kubectl -n team delete service fraud');
  });

  it('leaves Ready True while something serves', () => {
    const patch = { ...denied('Forbidden', 'exceeded quota: pods'), verb: 'Patch', kind: deployments } as const;
    const { conditions } = refused(status('True'), patch, parent(), now);
    expect(conditions?.[1]).toMatchObject({ type: 'Ready', status: 'True', reason: 'Serving' });
    expect(conditions?.[0]?.message).toContain('exceeded quota: pods');
    expect(conditions?.[0]?.message).toContain('Raise the quota');
  });

  it('gives the same status each time it is denied again, in which each condition has a time of its own', () => {
    const first = refused(status('False'), denied('Invalid'), parent(status('False')), now);
    expect(first.conditions?.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual([
      '2026-11-24T11:00:00Z',
      time,
    ]);
    const later = new Date('2026-11-24T12:00:00Z');
    expect(refused(status('False'), denied('Invalid'), parent(first), later)).toEqual(first);
  });
});

describe('A kind that is not served', () => {
  const unserved: UnservedKind = {
    type: 'UnservedKind',
    kind: podDisruptionBudgets,
    cause: 'Forbidden',
    message: 'User "system:serviceaccount:a:b" cannot list resource "poddisruptionbudgets"',
  };

  it('makes Ready Unknown, also of one that serves, keeps what was decided, and gives the same status again', () => {
    const stable = { revision: 'a', version: 'fraud-1', uri: 'pvc://m/a', digest: 'd', since: time };
    const before = { ...status('True'), stable };
    const told = refused(before, unserved, parent(before), now);
    expect(summaries(told)).toEqual([
      ['Stalled', 'True', 'NotServed'],
      ['Ready', 'Unknown', 'NotServed'],
    ]);
    expect(told.stable).toEqual(stable);
    expect(refused(told, unserved, parent(told), new Date('2026-11-24T12:00:00Z'))).toEqual(told);
  });

  it('is told also of one that was never looked at', () => {
    expect(summaries(refused({}, unserved, parent(), now))).toEqual([
      ['Stalled', 'True', 'NotServed'],
      ['Ready', 'Unknown', 'NotServed'],
    ]);
  });
});

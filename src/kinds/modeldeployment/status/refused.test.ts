import { describe, expect, it } from '@jest/globals';
import type { ModelDeploymentStatus } from '../../../api/types.ts';
import { deployments, services } from '../../../api/kinds.ts';
import type { Refusal } from '../../../controller.ts';
import { refused } from './refused.ts';

const time = '2026-11-24T10:00:00Z';
const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'fraud', namespace: 'team' } };

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

describe('A denied write', () => {
  it('of a name that is taken is the user’s move, and nothing goes on by itself', () => {
    const refusal: Refusal = {
      action: { type: 'Create', kind: services, object },
      reason: 'NameConflict',
      message: 'x',
    };
    const { conditions } = refused(status('False'), refusal);
    expect(conditions?.map(({ type, status: value, reason }) => [type, value, reason])).toEqual([
      ['Ready', 'False', 'NameConflict'],
      ['Stalled', 'True', 'NameConflict'],
    ]);
    expect(conditions?.[1]?.message).toContain('kubectl -n team get services fraud');
  });

  it('leaves Ready True while something serves', () => {
    const key = { namespace: 'team', name: 'fraud-1' };
    const action = { type: 'Patch', kind: deployments, key, uid: 'u', patch: {} } as const;
    const { conditions } = refused(status('True'), { action, reason: 'Forbidden', message: 'exceeded quota: pods' });
    expect(conditions?.[0]).toMatchObject({ type: 'Ready', status: 'True', reason: 'Serving' });
    expect(conditions?.[1]?.message).toContain('exceeded quota: pods');
    expect(conditions?.[1]?.message).toContain('Raise the quota');
  });

  it('gives the same status each time it is denied again', () => {
    const refusal: Refusal = { action: { type: 'Create', kind: services, object }, reason: 'Invalid', message: 'x' };
    expect(refused(status('False'), refusal)).toEqual(refused(status('False'), refusal));
  });
});

import { describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { healthOf } from './health.ts';

type PodStatus = NonNullable<IPod['status']>;

const at = (minute: number) => `2026-11-24T11:${minute}:00Z`;
const condition = (type: string, status: 'True' | 'False', minute: number) => ({
  type,
  status,
  lastTransitionTime: at(minute),
});

const evicted: PodStatus = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory. ' };
const starting: PodStatus = { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] };

function made(minute: number, status: PodStatus): IPod {
  const metadata = { name: `x-${minute}`, namespace: 'team', creationTimestamp: at(minute) };
  return { apiVersion: 'v1', kind: 'Pod', metadata, status };
}

function health(...pods: readonly IPod[]) {
  const subject = { key: { namespace: 'team', name: 'fraud' }, revision: '0a1b2c3d' };
  return healthOf({ refusal: undefined, subject, pods }, new Date('2026-11-24T12:00:00Z'));
}

describe('A pod that was thrown out long ago', () => {
  it('says nothing of one that starts now, since what was made in its place worked and is gone', () => {
    expect(health(made(50, evicted), made(55, starting))).toMatchObject({ type: 'Held', reason: 'Evicted' });
    expect(health(made(20, evicted), made(59, starting)).type).toBe('Starting');
    expect(health(made(20, evicted))).toEqual({ type: 'Healthy' });
  });

  it('counts from when it was thrown out, however long it had run', () => {
    const ran: PodStatus = { ...evicted, conditions: [condition('DisruptionTarget', 'True', 57)] };
    expect(health(made(20, ran), made(58, starting))).toMatchObject({ reason: 'Evicted' });
  });

  it('says nothing of the one in its place that was ready and is not now', () => {
    const unreadySince = (minute: number): PodStatus => ({
      ...starting,
      conditions: [condition('Initialized', 'True', 52), condition('Ready', 'False', minute)],
    });
    expect(health(made(50, evicted), made(51, unreadySince(58))).type).toBe('Starting');
    expect(health(made(50, evicted), made(51, unreadySince(52)))).toMatchObject({ reason: 'Evicted' });
  });
});

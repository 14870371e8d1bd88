import { describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { ill, report, running, since } from '../../../../test/builders/ill.ts';
import { healthOf } from '../revision/health.ts';
import { slownessOf } from './slowness.ts';

type Status = NonNullable<IPod['status']>;

const subject = { key: { namespace: 'team', name: 'fraud' }, revision: '0a1b2c3d' };
const pod: IPod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { containers: [{ name: 'main' }] } };
const unready = since({ Ready: 'False' });

/** What is told at a minute after ten of a pod that has been so since ten. */
function told(minute: number, status: Status) {
  const now = new Date(Date.UTC(2026, 10, 24, 10, minute));
  return slownessOf(healthOf({ refusal: undefined, pods: [ill(status, { pod })], subject }, now));
}

describe('What takes its time', () => {
  const starting: Status = { phase: 'Running', conditions: unready, containerStatuses: [report('main', running)] };
  const pulling: Status = {
    phase: 'Pending',
    conditions: since({ Initialized: 'True' }),
    containerStatuses: [report('main', { waiting: { reason: 'ErrImagePull' } })],
  };

  it('is told once it has lasted, and looked at again when the words change', () => {
    expect(told(1, starting)).toEqual({ after: 60_001, within: 29 * 60_000 });
    expect(told(3, starting)).toMatchObject({ after: 7 * 60_000 + 1 });
    expect(told(3, starting).message).toContain('runs and is not ready, for more than 2 minutes');
  });

  it('is not told at once because somebody else’s container is what it waits for', () => {
    const mesh = report('mesh', running, { started: false });
    const sidecar = { name: 'mesh', restartPolicy: 'Always' };
    const hanging = ill({ phase: 'Pending', initContainerStatuses: [mesh] }, { pod, init: [sidecar] });
    const at = (minute: number) =>
      slownessOf(
        healthOf({ refusal: undefined, pods: [hanging], subject }, new Date(Date.UTC(2026, 10, 24, 10, minute))),
      );
    expect(at(1)).toEqual({ after: 60_001 });
    expect(at(3).message).toContain('container mesh was injected');
  });

  it('is looked at again too where something is wrong, whose length is told with it', () => {
    expect(told(3, pulling)).toEqual({ after: 7 * 60_000 + 1 });
  });
});

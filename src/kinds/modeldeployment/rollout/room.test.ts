import { describe, expect, it } from '@jest/globals';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import { ownerReference } from '../../../api/resource.ts';
import { replicaSetOf } from '../../../../test/builders/replicaset.ts';
import { revisionWorkload } from '../revision/workload.ts';
import { deployment } from '../revision/workloads/deployment.ts';
import { heldIn } from './room.ts';

const now = new Date('2026-11-24T10:00:00Z');
const object: IDeployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'fraud-0a1b2c3d', namespace: 'team', uid: 'uid-child' },
  status: { replicas: 0 },
};
const replicaSet = replicaSetOf(object);
const one = revisionWorkload(deployment, object, { parent: 'fraud', read: { ownedBy: (() => [replicaSet]) as never } });

function pod(fields: IPod['metadata'] = {}, status: IPod['status'] = { phase: 'Running' }, owner = replicaSet): IPod {
  const ownerReferences = [ownerReference(owner)];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'x', ownerReferences, ...fields },
    spec: { containers: [] },
    status,
  };
}

function held(pods: readonly IPod[], strangers: readonly IPod[] = []) {
  const { by, orphans, after } = heldIn({ workloads: [one], pods, strangers }, now);
  return { own: by(one), orphans, after };
}

describe('What pods hold', () => {
  it('is held until they are gone, also while they end, which a Deployment does not count', () => {
    expect(held([])).toEqual({ own: 0, orphans: 0, after: undefined });
    expect(held([pod()])).toMatchObject({ own: 1, orphans: 0 });
    expect(held([pod({ deletionTimestamp: '2026-11-24T10:00:30Z' })])).toEqual({ own: 1, orphans: 0, after: 90_000 });
  });

  it('is held by those whose workload is gone before them', () => {
    const other = replicaSetOf({ ...object, metadata: { ...object.metadata, uid: 'uid-gone' } });
    expect(held([pod({}, { phase: 'Running' }, other)])).toMatchObject({ own: 0, orphans: 1 });
  });

  it('is given back by containers that ended for good, and never held by pods of others', () => {
    expect(held([pod({}, { phase: 'Failed' }), pod({}, { phase: 'Succeeded' })])).toMatchObject({ own: 0, orphans: 0 });
    const stranger = pod();
    expect(held([stranger], [stranger])).toMatchObject({ own: 0, orphans: 0 });
  });

  it('is no longer waited for a minute after a pod should have been gone, since its node may be lost', () => {
    const late = pod({ deletionTimestamp: '2026-11-24T09:59:00Z' });
    expect(held([late])).toEqual({ own: 0, orphans: 0, after: undefined });
    expect(held([pod({ deletionTimestamp: '2026-11-24T09:59:01Z' })])).toMatchObject({ own: 1, after: 1_000 });
  });
});

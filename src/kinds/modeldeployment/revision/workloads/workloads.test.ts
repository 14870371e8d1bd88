import { describe, expect, it } from '@jest/globals';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import { merged } from '../../../../../test/builders/apiserver.ts';
import { artifact, modelDeployment } from '../../../../../test/builders/modeldeployment.ts';
import { replicaSetOf } from '../../../../../test/builders/replicaset.ts';
import { label } from '../../../../api/labels.ts';
import { isOwnedBy, keyOf, ownerReference, uidOf } from '../../../../api/resource.ts';
import type { OwnerReference, Resource } from '../../../../api/resource.ts';
import type { Action, Reader } from '../../../../controller.ts';
import type { RevisionTemplate } from '../deployment.ts';
import { podsOf, revisionWorkload, workloadOf } from '../workload.ts';
import type { Workload } from '../workload.ts';
import { deployment } from './deployment.ts';
import { workloads } from './index.ts';

const parent = modelDeployment();
const template: RevisionTemplate = {
  parent,
  revision: '0a1b2c3d',
  model: artifact(1),
  profile: {},
  observerImage: 'registry/flyball:1',
  replicas: 3,
};

function built(workload: Workload): Resource {
  const object = workload.build(template);
  if (object === undefined) throw new Error(`no ${workload.kind.kind} is built`);
  return { ...object, metadata: { ...object.metadata, uid: 'uid-child' } };
}

function patched(object: Resource, action: Action): Resource {
  return merged(object, action.type === 'Patch' ? action.patch : {}) as Resource;
}

describe.each(workloads.map((workload) => [workload.kind.kind, workload] as const))(
  'Any workload: %s',
  (_, workload) => {
    it('is ours, and is found by its name, its kind and its revision', () => {
      const object = built(workload);
      expect(isOwnedBy(object, uidOf(parent))).toBe(true);
      expect(keyOf(object)).toEqual({ namespace: 'team', name: 'fraud-0a1b2c3d' });
      expect([object.apiVersion, object.kind]).toEqual([workload.kind.apiVersion, workload.kind.kind]);
      expect(object.metadata?.labels).toMatchObject({
        [label.managedBy]: 'flyball',
        [label.modelDeployment]: 'fraud',
        [label.revision]: '0a1b2c3d',
      });
    });

    it('wants as many pods as it was built with, and has none before anybody has reported any', () => {
      expect(workload.pods(built(workload))).toEqual({ wanted: 3, present: 0, ready: 0, available: 0 });
      expect(workload.refusal(built(workload))).toBeUndefined();
    });

    it('is scaled by one guarded patch of its numbers, which cannot touch the template', () => {
      const object = built(workload);
      const action = workload.scale(object, 5);
      expect(action).toMatchObject({ type: 'Patch', kind: workload.kind, key: keyOf(object), uid: 'uid-child' });
      const scaled = patched(object, action);
      expect(workload.pods(scaled).wanted).toBe(5);
      expect(patched(scaled, workload.scale(scaled, 3))).toEqual(object);
    });

    it('is not built for a model that cannot be mounted', () => {
      expect(workload.build({ ...template, model: { uri: 'pvc://models/../etc' } })).toBeUndefined();
    });
  },
);

describe('A Deployment', () => {
  const child: IDeployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'fraud-0a1b2c3d', namespace: 'team', uid: 'uid-child' },
  };

  it('reports how many pods it has, how many are ready and how many for long enough', () => {
    const status = { replicas: 4, readyReplicas: 2, availableReplicas: 1 };
    const { pods } = revisionWorkload(deployment, { ...child, spec: { replicas: 3 }, status } as Resource, by);
    expect(pods).toEqual({ wanted: 3, present: 4, ready: 2, available: 1 });
  });

  it('reports in the words of the API server that its pods are refused', () => {
    const condition = { type: 'ReplicaFailure', status: 'True', message: 'exceeded quota: gpus' };
    expect(deployment.refusal({ ...child, status: { conditions: [condition] } })).toBe('exceeded quota: gpus');
    const over = { ...condition, status: 'False' };
    expect(deployment.refusal({ ...child, status: { conditions: [over] } })).toBeUndefined();
  });

  it('is the workload of the revision in its name, whatever its labels say, and of none without one there', () => {
    const labelled = { ...child, metadata: { ...child.metadata, labels: { [label.revision]: 'ffffffff' } } };
    const other = {
      ...child,
      metadata: { name: 'fraud-b', namespace: 'team', labels: { [label.revision]: '0a1b2c3d' } },
    };
    const all = [other, labelled].map((one) => revisionWorkload(deployment, one, by));
    expect(workloadOf(all, '0a1b2c3d')?.object).toBe(labelled);
    expect(workloadOf(all, 'ffffffff')).toBeUndefined();
    expect(workloadOf(all, undefined)).toBeUndefined();
  });

  it('has the pods of its ReplicaSets, and no others, whatever their labels or names say', () => {
    const replicas = replicaSetOf(child);
    const read = { ownedBy: ((_, uid) => (uid === 'uid-child' ? [replicas] : [])) as Reader['ownedBy'] };
    const one = revisionWorkload(deployment, child, { parent: 'fraud', read });
    const own = podBy(ownerReference(replicas));
    const forged = [
      podBy(ownerReference({ ...replicas, metadata: { ...replicas.metadata, uid: 'uid-other' } })),
      podBy(ownerReference(child)),
      podBy({ ...ownerReference(replicas), controller: false }),
      podBy(undefined),
    ];
    expect(podsOf(one, [...forged, own])).toEqual([own]);
  });

  it('has no pods as long as its ReplicaSet is not seen', () => {
    const one = revisionWorkload(deployment, child, by);
    expect(podsOf(one, [podBy(ownerReference(replicaSetOf(child)))])).toEqual([]);
  });
});

const by = { parent: 'fraud', read: { ownedBy: () => [] } };

function podBy(owner: OwnerReference | undefined): IPod {
  const labels = { [label.modelDeployment]: 'fraud', [label.revision]: '0a1b2c3d' };
  const ownerReferences = owner === undefined ? [] : [{ ...owner, controller: owner.controller ?? false }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', namespace: 'team', labels, ownerReferences } };
}

import { describe, expect, it } from '@jest/globals';
import type { IDeployment, IReplicaSet } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import { replicaSetOf } from '../../../../test/builders/replicaset.ts';
import { keyOf, ownerReference, type Resource } from '../../../api/resource.ts';
import type { Reader } from '../../../controller.ts';
import { strangersAmong, toldOfStrangers } from './strangers.ts';

const parent = { namespace: 'team', name: 'fraud' };
const ours = deployment('fraud-0a1b2c3d', 'uid-ours');
const labels = { 'flyball.dev/model-deployment': 'fraud', 'flyball.dev/revision': '0a1b2c3d' };

function deployment(name: string, uid: string): IDeployment {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'team', uid } };
}

function podOf(owner: Resource | undefined, fields: Partial<IPod> = {}): IPod {
  const ownerReferences = owner === undefined ? [] : [ownerReference(owner)];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'x', namespace: 'team', labels, ownerReferences },
    ...fields,
  };
}

function strange(pod: IPod, seen: readonly IReplicaSet[] = []): boolean {
  const get = ((_, { name }) => seen.find((one) => keyOf(one).name === name)) as Reader['get'];
  return strangersAmong([pod], parent, { get }).length > 0;
}

describe('A pod with our labels', () => {
  const replicas = replicaSetOf(ours);

  it('is none of ours without an owner, or with one that makes no pods for us', () => {
    expect(strange(podOf(undefined))).toBe(true);
    expect(strange(podOf({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j', uid: 'j' } }))).toBe(true);
    expect(strange(podOf(ours))).toBe(true);
  });

  it('is none of ours by a ReplicaSet that nothing controls, or another Deployment', () => {
    const { ownerReferences: _, ...alone } = replicas.metadata ?? {};
    for (const other of [{ ...replicas, metadata: alone }, replicaSetOf(deployment('other', 'uid-other'))])
      expect(strange(podOf(other), [other])).toBe(true);
  });

  it('is not called forged as long as its ReplicaSet is not seen, and never if that is of the Deployment of its revision', () => {
    expect(strange(podOf(replicas))).toBe(false);
    expect(strange(podOf(replicas), [{ ...replicas, metadata: { ...replicas.metadata, uid: 'again' } }])).toBe(false);
    expect(strange(podOf(replicas), [replicas])).toBe(false);
    const afterDeletion = replicaSetOf(deployment('fraud-0a1b2c3d', 'uid-before'));
    expect(strange(podOf(afterDeletion), [afterDeletion])).toBe(false);
  });

  it('is no matter once it has ended or is going', () => {
    const { metadata } = podOf(undefined);
    expect(strange(podOf(undefined, { status: { phase: 'Failed' } }))).toBe(false);
    expect(strange(podOf(undefined, { metadata: { ...metadata, deletionTimestamp: '2026-11-24T10:00:00Z' } }))).toBe(
      false,
    );
  });

  it('is told with the command that takes it away, one for many', () => {
    const named = ['b', 'a'].map((name) => podOf(undefined, { metadata: { name, namespace: 'team' } }));
    expect(toldOfStrangers(named, parent)).toMatchObject({
      reason: 'Forged',
      message:
        'Pod "a" (and 1 more) bears the labels of this ModelDeployment and was not made by it: it may get requests, and while it is there nothing ' +
        'is promoted, nor rejected as long as something serves. Delete it: `kubectl -n team delete pod a`.',
    });
    expect(toldOfStrangers([], parent)).toBeUndefined();
  });
});

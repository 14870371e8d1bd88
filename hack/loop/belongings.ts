/** Whose the objects of a namespace of the demo are. */
import { label } from '../../src/api/labels.ts';
import type { Kubectl } from './kubectl.ts';
import { isMarked, isOfRelease, namespaces, release, type Standing } from './mark.ts';

/** The TrainingRun of the example. */
export const trainingRun = 'biopsy';

/** What others write about objects, and what cannot be made by hand. */
const passedOver = /^(events|endpoints|bindings)(\.|$)|\.metrics\.k8s\.io$/;

/** What a cluster puts into each namespace by itself. */
const ofEachNamespace = [
  'ConfigMap kube-root-ca.crt',
  'ConfigMap openshift-service-ca.crt',
  'ConfigMap istio-ca-root-cert',
  'ServiceAccount default',
  'ServiceAccount builder',
  'ServiceAccount deployer',
];

/** Everything in a namespace, as far as metadata tells: no contents of anything, Secrets included, are taken in. */
export async function inhabitants(kubectl: Kubectl, namespace: string): Promise<readonly Standing[]> {
  const all = await kubectl.run(['api-resources', '--verbs=list', '--namespaced', '--output=name']);
  const resources = all.split('\n').filter((name) => name !== '' && !passedOver.test(name));
  return kubectl.metadata([resources.join(','), '--namespace', namespace]);
}

/**
 * Those that the demo did not make: neither marked, nor of its release, nor written by the operator for what is marked, nor owned by
 * any of these, nor of the cluster itself.
 */
export function foreign(objects: readonly Standing[]): readonly Standing[] {
  const isFollowed = objects.every((one) => one.kind !== 'TrainingRun' || !isOurRun(one) || isMarked(one));
  const own = new Set(objects.filter((one) => isOwn(one, isFollowed)));
  const uids = new Map(objects.map((one) => [one.metadata.uid, one]));
  // A child of something that is gone goes too.
  const isChild = ({ metadata }: Standing) =>
    (metadata.ownerReferences ?? []).some(({ uid }) => {
      const owner = uids.get(uid);
      return owner === undefined || own.has(owner);
    });
  for (let before = -1; before < own.size;) {
    before = own.size;
    for (const one of objects) if (isChild(one)) own.add(one);
  }
  return objects.filter((one) => !own.has(one));
}

function isOwn(one: Standing, isFollowed: boolean): boolean {
  const { kind, metadata } = one;
  const labels = metadata.labels ?? {};
  if (isMarked(one) || isOfRelease(one) || ofEachNamespace.includes(`${kind} ${metadata.name}`)) return true;
  if (kind === 'ModelVersion') return isFollowed && labels[label.trainingRun] === trainingRun;
  if (metadata.namespace !== namespaces.operator) return false;
  // The operator's Lease, and what Helm makes for a test of the release.
  return (kind === 'Lease' && isWrittenBy(one, 'flyball')) || labels['app.kubernetes.io/instance'] === release;
}

function isOurRun({ metadata }: Standing): boolean {
  return metadata.name === trainingRun;
}

function isWrittenBy({ metadata }: Standing, manager: string): boolean {
  const managers = (metadata.managedFields ?? []).map((one) => one.manager);
  return managers.length > 0 && managers.every((one) => one === manager);
}

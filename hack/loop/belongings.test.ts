import { describe, expect, it } from '@jest/globals';
import { foreign } from './belongings.ts';
import { mark, type Metadata, namespaces, release, type Standing } from './mark.ts';

const marked = { [mark.key]: mark.value };

function standing(kind: string, name: string, more: Partial<Metadata> = {}): Standing {
  return { apiVersion: 'v1', kind, metadata: { name, namespace: namespaces.loop, uid: `${kind}/${name}`, ...more } };
}

function owned(kind: string, name: string, owner: Standing): Standing {
  return standing(kind, name, { ownerReferences: [{ uid: owner.metadata.uid ?? '' }] });
}

const names = (objects: readonly Standing[]) => objects.map(({ metadata }) => metadata.name);

describe('What is in a namespace of the demo', () => {
  it('is its own where it is marked, and where what is marked owns it, however far down', () => {
    const clinic = standing('Deployment', 'clinic', { labels: marked });
    const set = owned('ReplicaSet', 'clinic-1', clinic);
    // The order in which they are listed is by kind.
    expect(foreign([owned('Pod', 'clinic-1-a', set), set, clinic])).toEqual([]);
  });

  it('is of others where nothing says that it is the demo’s', () => {
    const shop = standing('Deployment', 'shop', { labels: { app: 'shop' } });
    const other = standing('ConfigMap', 'notes', { labels: { [mark.key]: 'somebody' } });
    expect(names(foreign([shop, owned('ReplicaSet', 'shop-1', shop), other]))).toEqual(['shop', 'shop-1', 'notes']);
  });

  it('is nobody’s where the cluster makes it, and goes by itself where its owner is gone', () => {
    const gone = standing('Job', 'gone');
    expect(
      foreign([
        standing('ConfigMap', 'kube-root-ca.crt'),
        standing('ServiceAccount', 'default'),
        owned('Pod', 'a', gone),
      ]),
    ).toEqual([]);
  });

  it('is its own where it is a version of its training, and of others where somebody trains under its name', () => {
    const version = standing('ModelVersion', 'biopsy-1', { labels: { 'flyball.dev/training-run': 'biopsy' } });
    const other = standing('ModelVersion', 'fraud-1', { labels: { 'flyball.dev/training-run': 'fraud' } });
    expect(names(foreign([version, other, standing('TrainingRun', 'biopsy', { labels: marked })]))).toEqual([
      'fraud-1',
    ]);
    expect(names(foreign([version]))).toEqual([]);
    expect(names(foreign([version, standing('TrainingRun', 'biopsy')]))).toEqual(['biopsy-1', 'biopsy']);
  });

  it('is its own where Helm made it for its release, and not for another of that name', () => {
    const ofRelease = (namespace: string) => ({
      annotations: { 'meta.helm.sh/release-name': release, 'meta.helm.sh/release-namespace': namespace },
    });
    const own = standing('Deployment', 'own', ofRelease(namespaces.operator));
    expect(names(foreign([own, standing('Deployment', 'other', ofRelease('team'))]))).toEqual(['other']);
  });
});

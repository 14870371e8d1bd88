import { describe, expect, it } from '@jest/globals';
import { kubectl } from '../api/command.ts';
import { written } from '../api/message.ts';
import type { ServerVersion } from '../api/serverversion.ts';
import { imageVolumeProblem } from './imagevolumes.ts';

const edit = kubectl('team', 'edit', 'trun', 'fraud');
const old: ServerVersion = { major: 1, minor: 34 };
const image = { artifacts: [{ field: 'the model', uri: 'oci://registry/model:1' }], pod: undefined, podField: 'pod' };

function told(declared: Parameters<typeof imageVolumeProblem>[0], server: ServerVersion | undefined = old) {
  const found = imageVolumeProblem(declared, server, edit);
  return found && `${found.reason}: ${written(found)}`;
}

describe('An image that is to be mounted', () => {
  it('is told where Kubernetes is too old for it, with what to do', () => {
    expect(told(image)).toBe(
      'ImageVolumesNotServed: the model is the image registry/model:1, and this cluster has Kubernetes 1.34: images can be mounted ' +
        'from 1.35 on. Have the files in a claim or a store, and name that: `kubectl -n team edit trun fraud`; or have the cluster ' +
        'upgraded, and it goes on by itself within an hour',
    );
  });

  it('is told of a volume of the pod as well', () => {
    const volumes = [
      { name: 'scratch', emptyDir: {} },
      { name: 'tools', mountPath: '/tools', image: { reference: 'registry/tools:1' } },
    ];
    expect(told({ artifacts: [], pod: { volumes }, podField: 'spec.pod' })).toContain(
      'spec.pod.volumes "tools" is the image registry/tools:1, and',
    );
  });

  it.each<[string, ServerVersion | undefined]>([
    ['Kubernetes is new enough', { major: 1, minor: 35 }],
    ['Kubernetes is newer', { major: 2, minor: 0 }],
    ['nobody knows which Kubernetes it is', undefined],
  ])('is nothing to tell of where %s', (_, server) => {
    expect(imageVolumeProblem(image, server, edit)).toBeUndefined();
  });

  it('is not what is in a claim or a store, or has no place', () => {
    const artifacts = ['pvc://models/a', 's3://models/a', 'oci://', ''].map((uri) => ({ field: 'the model', uri }));
    expect(told({ ...image, artifacts })).toBeUndefined();
  });
});

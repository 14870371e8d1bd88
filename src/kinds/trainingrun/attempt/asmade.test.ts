import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IContainer, IPodSpec, IVolume } from 'kubernetes-models/v1';
import { job } from '../../../../test/builders/job.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import type { PodOptions } from '../../../api/generated/shared.ts';
import { isAsMade } from './asmade.ts';

const pod: PodOptions = {
  serviceAccountName: 'trainer',
  volumes: [
    { name: 'code', mountPath: '/app', configMap: { name: 'code' } },
    { name: 'keys', mountPath: '/keys', secret: { secretName: 'keys', items: [{ key: 'a', path: 'b' }] } },
    { name: 'scratch', mountPath: '/scratch', emptyDir: { sizeLimit: '1024Mi' } },
    { name: 'cache', mountPath: '/cache', ephemeral: { size: '0.5Gi', storageClassName: 'fast' } },
    { name: 'weights', mountPath: '/weights', image: { reference: 'registry/weights:1' } },
  ],
  initContainers: [
    { name: 'fetch-data', image: 'registry/fetch', volumeMounts: [{ name: 'scratch', mountPath: '/data' }] },
  ],
  sidecars: [{ name: 'proxy', image: 'registry/proxy' }],
};
const made = job(trainingRun({ spec: { pod } }));

function withSpec(change: (spec: IPodSpec) => Partial<IPodSpec>): IJob {
  const spec = made.spec!.template.spec!;
  return { ...made, spec: { ...made.spec, template: { ...made.spec!.template, spec: { ...spec, ...change(spec) } } } };
}
const volume = (name: string, change: Partial<IVolume>) =>
  withSpec(({ volumes = [] }) => ({
    volumes: volumes.map((one) => (one.name === name ? { ...one, ...change } : one)),
  }));
const init = (change: (containers: IContainer[]) => IContainer[]) =>
  withSpec(({ initContainers = [] }) => ({ initContainers: change([...initContainers]) }));

describe('A Job that the operator would make', () => {
  it('is known again with what the API server, a queue and a mesh add to it', () => {
    const read = withSpec(({ volumes = [], containers }) => ({
      volumes: [
        ...volumes.map((one) => ({
          ...one,
          ...(one.configMap && { configMap: { ...one.configMap, defaultMode: 420 } }),
          ...(one.secret && { secret: { ...one.secret, defaultMode: 420 } }),
          ...(one.emptyDir && { emptyDir: { sizeLimit: '1Gi' } }),
          ...(one.image && { image: { ...one.image, pullPolicy: 'IfNotPresent' as const } }),
        })),
        { name: 'certificates', configMap: { name: 'certificates' } },
      ],
      containers: [...containers, { name: 'mesh', image: 'mesh' }],
      nodeSelector: { pool: 'gpu' },
      tolerations: [{ operator: 'Exists' }],
      serviceAccount: 'trainer',
    }));
    expect(isAsMade(read, made)).toBe(true);
  });

  const { annotations: _annotations, ...bare } = made.spec!.template.metadata!;

  it.each<[string, IJob]>([
    [
      'pods that do not tell what was declared beside main',
      { ...made, spec: { ...made.spec, template: { ...made.spec!.template, metadata: bare } } },
    ],
    ['another ServiceAccount', withSpec(() => ({ serviceAccountName: 'admin' }))],
    ['the usual ServiceAccount', withSpec(() => ({ serviceAccountName: 'default' }))],
    ['a token', withSpec(() => ({ automountServiceAccountToken: true }))],
    ['one more init container', init((all) => [{ name: 'first', image: 'registry/other' }, ...all])],
    ['one less', init((all) => all.slice(1))],
    ['another order of them', init((all) => all.toReversed())],
    ['another program in one', init(([first, ...rest]) => [{ ...first!, command: ['sh'] }, ...rest])],
    ['another mount in one', init(([first, ...rest]) => [{ ...first!, volumeMounts: [] }, ...rest])],
    [
      'a sidecar that is waited for',
      init((all) => all.map((one) => ({ ...one, restartPolicy: 'Never' }) as IContainer)),
    ],
    ['another ConfigMap', volume('code', { configMap: { name: 'other' } })],
    ['other keys of it', volume('code', { configMap: { name: 'code', items: [{ key: 'x', path: 'train.py' }] } })],
    ['another Secret', volume('keys', { secret: { secretName: 'others' } })],
    ['a folder of the node', volume('scratch', { emptyDir: undefined, hostPath: { path: '/' } } as unknown as IVolume)],
    ['memory', volume('scratch', { emptyDir: { medium: 'Memory' } })],
    ['another class of claims', volume('cache', { ephemeral: { volumeClaimTemplate: { spec: {} } } })],
    ['another image of files', volume('weights', { image: { reference: 'registry/other' } })],
  ])('is none with %s', (_, forged) => {
    expect(isAsMade(forged, made)).toBe(false);
  });
});

import type { ITrainingRun } from '../../../src/api/types.ts';
import { trainingRun } from '../objects.ts';
import { refusedValue, type Place, type Refusal } from './refusal.ts';

type Volume = NonNullable<NonNullable<ITrainingRun['spec']['pod']>['volumes']>[number];

const volumes = (...list: Volume[]) => trainingRun({ pod: { volumes: list } });
const at = <Value = string>(field: string, volume: (value: Value) => Partial<Volume>): Place<Value> => ({
  field: `spec.pod.volumes[0].${field}`,
  at: (value) => volumes({ name: 'own', ...volume(value) }),
});
const empty = { emptyDir: {} };
const named = (field: string, value: string, what: string) =>
  `${field} "${value}" is no name of a ${what}: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit`;
const noAmount = (field: string, value: string, example: string) =>
  `${field} is "${value}", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "${example}"`;
const tooLittle = (field: string, value: number, example: string) =>
  `${field} is ${value} and is counted in bytes, which is too little for anything: write for instance "${example}"`;

const name = at('name', (value) => ({ name: value, ...empty }));
const mountPath = at('mountPath', (value) => ({ mountPath: value, ...empty }));
const subPath = at('subPath', (value) => ({ mountPath: '/own', subPath: value, ...empty }));
const configMap = at('configMap.name', (value) => ({ configMap: { name: value } }));
const secret = at('secret.secretName', (value) => ({ secret: { secretName: value } }));
const file = at('configMap.items[0].path', (path) => ({
  configMap: { name: 'code', items: [{ key: 'train', path }] },
}));
const sizeLimit = at<string | number>('emptyDir.sizeLimit', (value) => ({ emptyDir: { sizeLimit: value } }));
const size = at<string | number>('ephemeral.size', (value) => ({ ephemeral: { size: value } }));
const storageClass = at('ephemeral.storageClassName', (value) => ({
  ephemeral: { size: '1Gi', storageClassName: value },
}));
const image = at('image.reference', (reference) => ({ image: { reference } }));
const driver = at('csi.driver', (value) => ({ csi: { driver: value } }));
const publishing = at('csi.nodePublishSecretRef.name', (value) => ({
  csi: { driver: 'csi.example.com', nodePublishSecretRef: { name: value } },
}));

const sources = (count: number) =>
  `Invalid value: volume "own" has ${count} sources: write exactly one of configMap, secret, emptyDir, claimName, ephemeral, image and csi`;
const taken = (value: string) =>
  `mountPath "${value}" is taken: /flyball belongs to Flyball, /dev/shm is pod.sharedMemory, and the rest belongs to the node; choose another path`;

const sourceRefusals: readonly Refusal[] = [
  {
    because: 'a volume has no source',
    object: volumes({ name: 'own', mountPath: '/own' }),
    field: 'spec.pod.volumes[0]',
    message: sources(0),
    border: volumes({ name: 'own', mountPath: '/own', ...empty }),
  },
  {
    because: 'a volume has two sources',
    object: volumes({ name: 'own', ...empty, claimName: 'data' }),
    field: 'spec.pod.volumes[0]',
    message: sources(2),
    border: volumes({ name: 'own', claimName: 'data' }),
  },
  {
    because: 'a part of a volume is mounted nowhere',
    object: volumes({ name: 'own', subPath: 'train.py', ...empty }),
    field: 'spec.pod.volumes[0]',
    message: 'Invalid value: volume "own" has a subPath without a mountPath: write where main sees it',
    border: volumes({ name: 'own', mountPath: '/own/train.py', subPath: 'train.py', ...empty }),
  },
  {
    because: 'two volumes are at one path',
    object: volumes(
      { name: 'own', mountPath: '/own', ...empty },
      { name: 'cache', ...empty },
      { name: 'other', mountPath: '/own', ...empty },
    ),
    field: 'spec.pod.volumes',
    message: 'Invalid value: pod.volumes has two with the mountPath "/own": give each a path of its own',
    border: volumes(
      { name: 'own', mountPath: '/own', ...empty },
      { name: 'cache', ...empty },
      { name: 'other', mountPath: '/own/other', ...empty },
    ),
  },
  {
    because: 'a CSI driver is told something without a name',
    object: volumes({ name: 'own', csi: { driver: 'csi.example.com', volumeAttributes: { 'a b': 'c' } } }),
    field: 'spec.pod.volumes[0].csi.volumeAttributes',
    message: 'Invalid value: volumeAttributes has the name "a b", which is none: use letters, digits and - _ . /',
    border: volumes({ name: 'own', csi: { driver: 'csi.example.com', volumeAttributes: { 'a/b': 'c d' } } }),
  },
];

/** What else pods have: volumes, and where they are seen. */
export const volumeRefusals: readonly Refusal[] = [
  refusedValue(
    'a volume has an impossible name',
    name,
    'My_Code',
    'my-code',
    'volume "My_Code" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit',
  ),
  refusedValue(
    'a volume is called as one of ours',
    name,
    'claim-0',
    'claim-a',
    'volume "claim-0" is one of the names of Flyball itself: choose another one',
  ),
  refusedValue(
    'a volume is mounted at a relative path',
    mountPath,
    'cache',
    '/cache',
    'mountPath "cache" is no path: write an absolute one without "..", of letters, digits and _ . @ + -, such as /cache',
  ),
  refusedValue('a volume is mounted over what Flyball mounts', mountPath, '/flyball', '/flyballs', taken('/flyball')),
  refusedValue('a volume is mounted as shared memory', mountPath, '/dev/shm', '/devices/shm', taken('/dev/shm')),
  refusedValue(
    'a part of a volume is outside it',
    subPath,
    '../train.py',
    'src/train.py',
    'subPath "../train.py" is no relative path: write for instance train.py, without "/" before it and without ".."',
  ),
  refusedValue(
    'a key becomes a file outside its volume',
    file,
    '/train.py',
    'src/train.py',
    'path "/train.py" is no relative path: write for instance train.py',
  ),
  refusedValue(
    'a ConfigMap cannot be called so',
    configMap,
    'Code',
    'code',
    named('configMap.name', 'Code', 'ConfigMap'),
  ),
  refusedValue(
    'a Secret volume cannot be called so',
    secret,
    'TLS',
    'tls',
    named('secret.secretName', 'TLS', 'Secret'),
  ),
  refusedValue('a folder holds no quantity', sizeLimit, '10GB', '10G', noAmount('sizeLimit', '10GB', '100Gi')),
  refusedValue('a folder holds ten bytes', sizeLimit, 10, '10Gi', tooLittle('sizeLimit', 10, '100Gi')),
  refusedValue('a claim for a pod holds no quantity', size, 'big', '1Ti', noAmount('size', 'big', '500Gi')),
  refusedValue('a claim for a pod holds 500 bytes', size, 500, '500Gi', tooLittle('size', 500, '500Gi')),
  refusedValue(
    'a StorageClass cannot be called so',
    storageClass,
    'Fast',
    'fast',
    named('storageClassName', 'Fast', 'StorageClass'),
  ),
  refusedValue(
    'the image of a volume has a space',
    image,
    'models: llama',
    'models:llama',
    'reference "models: llama" is no image: write registry/repository:tag without spaces',
  ),
  refusedValue('a CSI driver cannot be called so', driver, 'NFS', 'nfs', named('driver', 'NFS', 'CSI driver')),
  refusedValue(
    'the Secret of a CSI driver cannot be called so',
    publishing,
    'A_B',
    'a-b',
    named('nodePublishSecretRef.name', 'A_B', 'Secret'),
  ),
  ...sourceRefusals,
];

import type { StorageOptions } from '../../../src/api/generated/shared.ts';
import { modelDeployment, trainingRun } from '../objects.ts';
import { refusedValue, type Place, type Refusal } from './refusal.ts';

const run = (storage: StorageOptions) => trainingRun({ storage });
const server = (storage: StorageOptions) =>
  modelDeployment({ server: { image: 'serve', port: 8080, protocol: 'HTTP', storage } });
const at = <Value = string>(field: string, storage: (value: Value) => StorageOptions): Place<Value> => ({
  field: `spec.storage.${field}`,
  at: (value) => run(storage(value)),
});
const named = (field: string, value: string, what: string) =>
  `${field} "${value}" is no name of a ${what}: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit`;
const noAmount = (field: string, value: string) =>
  `${field} is "${value}", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "100Gi"`;
const sources = (count: number) =>
  `Invalid value: storage.volume has ${count} sources: write exactly one of emptyDir, ephemeral and claimName`;

const secretRef = at('secretRef.name', (name) => ({ secretRef: { name } }));
const claimName = at('volume.claimName', (value) => ({ volume: { claimName: value } }));
const sizeLimit = at('volume.emptyDir.sizeLimit', (value) => ({ volume: { emptyDir: { sizeLimit: value } } }));
const size = at('volume.ephemeral.size', (value) => ({ volume: { ephemeral: { size: value } } }));
const storageClass = at('volume.ephemeral.storageClassName', (storageClassName) => ({
  volume: { ephemeral: { size: '1Gi', storageClassName } },
}));

/** How artifacts are reached, and where they are kept. */
export const storageRefusals: readonly Refusal[] = [
  {
    because: 'what is fetched is kept nowhere',
    object: run({ volume: {} }),
    field: 'spec.storage.volume',
    message: sources(0),
    border: run({ volume: { emptyDir: {} } }),
  },
  {
    because: 'what a server fetches is kept twice',
    object: server({ volume: { emptyDir: {}, claimName: 'cache' } }),
    field: 'spec.server.storage.volume',
    message: sources(2),
    border: server({ volume: { claimName: 'cache' } }),
  },
  refusedValue(
    'a Secret of a store cannot be called so',
    secretRef,
    'S3_Keys',
    's3-keys',
    named('secretRef.name', 'S3_Keys', 'Secret'),
  ),
  refusedValue(
    'a claim that is a cache cannot be called so',
    claimName,
    'Cache',
    'cache',
    named('storage.volume.claimName', 'Cache', 'PersistentVolumeClaim'),
  ),
  refusedValue('a limit of what is fetched is in GB', sizeLimit, '100GB', '100G', noAmount('sizeLimit', '100GB')),
  refusedValue('the size of what is fetched has a space', size, '100 Gi', '100Gi', noAmount('size', '100 Gi')),
  refusedValue(
    'a storage class of what is fetched cannot be called so',
    storageClass,
    'Fast SSD',
    'fast-ssd',
    named('storageClassName', 'Fast SSD', 'StorageClass'),
  ),
];

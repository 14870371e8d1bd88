import type { StorageOptions, StorageVolume } from '../../src/api/generated/shared.ts';
import type { IModelDeployment, ITrainingRun } from '../../src/api/types.ts';
import { digest, modelDeployment, trainingRun } from './objects.ts';

/** How artifacts are reached, and one place where they are kept. */
export function wholeStorage(volume: StorageVolume): StorageOptions {
  return { secretRef: { name: 'bucket' }, volume };
}

const ephemeral = { size: '500Gi', storageClassName: 'fast' };
const served = (storage: StorageOptions) => ({ image: 'serve', port: 8080, protocol: 'HTTP' as const, storage });

/** Each scheme, and what only one of several can be. */
export const storedTrainingRuns: readonly ITrainingRun[] = [
  trainingRun(
    {
      datasets: [
        { name: 's3', uri: 's3://data.example.com/fraud/day=2026-11-24/train@1+a.csv', digest },
        { name: 'gs', uri: 'gs://data_1/fraud', digest },
        { name: 'abfss', uri: 'abfss://data-1@account.dfs.core.windows.net/fraud' },
        { name: 'https', uri: 'https://data.example.com:8443/fraud/train.csv' },
        { name: 'hf', uri: 'hf://datasets/org/name@refs/convert/parquet/default/train' },
        { name: 'oci', uri: `oci://example.com:5000/team/data:1@${digest}` },
      ],
      output: { uri: 's3://models/fraud', by: 'Container' },
      checkpoint: { uri: 'gs://checkpoints/fraud' },
      storage: wholeStorage({ ephemeral }),
    },
    'remote',
  ),
  trainingRun({ storage: wholeStorage({ claimName: 'cache' }) }, 'cached'),
];

export const storedModelDeployments: readonly IModelDeployment[] = [
  modelDeployment(
    {
      model: { uri: 'https://models.example.com/fraud.onnx', digest },
      server: served(wholeStorage({ ephemeral })),
    },
    'remote',
  ),
  modelDeployment(
    { model: { uri: 's3://models/fraud', digest }, server: served(wholeStorage({ claimName: 'cache' })) },
    'cached',
  ),
];

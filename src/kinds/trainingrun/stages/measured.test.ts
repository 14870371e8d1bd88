import { expect, it } from '@jest/globals';
import { reportedDatasets } from './measured.ts';

it('Of data that is fetched the training is not asked, also where nobody measured it', () => {
  const datasets = [
    { name: 'train', uri: 's3://data/train' },
    { name: 'test', uri: 'pvc://data/test' },
  ];
  const reported = { train: 'sha256:1', test: 'sha256:2', other: 'sha256:3' };
  expect(reportedDatasets(reported, { image: 'trainer', datasets })).toEqual({ test: 'sha256:2', other: 'sha256:3' });
});

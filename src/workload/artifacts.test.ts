import { describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { measured, ran, savedPod } from '../../test/builders/savedpod.ts';
import { usualStorage } from '../storage/installation.ts';
import { report } from '../transfer/ends.ts';
import { artifactsIn, digestsIn } from './artifacts.ts';
import { fetchContainers } from './transfers.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const one = { path: '/flyball/storage/output', digest };
const saying = (message: string | undefined, exitCode = 0): IPod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  spec: { containers: [] },
  status: savedPod('Running', { save: ran(exitCode, undefined, message) }),
});

describe('What a container of ours has measured', () => {
  it('is read from its termination message once it has ended well', () => {
    expect(artifactsIn(saying(measured(one)), 'save')).toEqual([{ ...one, bytes: 2048, files: 2 }]);
    expect(artifactsIn(saying(measured(one), 1), 'save')).toBeUndefined();
    expect(artifactsIn(saying(measured(one)), 'fetch')).toBeUndefined();
  });

  it.each([
    undefined,
    '',
    '{',
    'null',
    '[]',
    '{}',
    '{"artifacts": {}}',
    '{"artifacts": [null]}',
    measured(one).replace('}]', ',"more":1}]'),
    measured(one).replace(/}$/, ',"more":1}'),
    measured(one).replace('2048', '-1'),
    measured(one).replace('2048', '1.5'),
    measured(one).replace('2048', '"2048"'),
    measured({ ...one, digest: 'sha256:0' }),
    measured({ ...one, digest: `${digest}\u0000` }),
    measured(one).slice(0, 40),
  ])('is nothing if its message is %j', (message) => {
    expect(artifactsIn(saying(message), 'save')).toBeUndefined();
  });
});

describe('The digests of what was fetched', () => {
  // As many datasets as the schema takes, with the longest names, and the champion.
  const folders = Array.from(
    { length: 17 },
    (_, index) => `/flyball/storage/datasets/${String(index).padStart(63, 'x')}`,
  );
  const digestOf = (index: number) => `sha256:${index.toString(16).padStart(2, '0').repeat(32)}`;
  const artifacts = folders.map((path, index) => ({
    path,
    digest: digestOf(index * 15),
    bytes: 2 ** 50,
    files: 100_000,
  }));
  const fetches = folders.map((folder) => ({ uri: 's3://data/x', folder }));
  const transfers = { installation: usualStorage, storage: undefined, pod: {} };
  const fetched = (count: number, cutAt = Infinity): IPod => ({
    apiVersion: 'v1',
    kind: 'Pod',
    spec: { containers: [], initContainers: fetchContainers(fetches.slice(0, count), transfers) },
    status: savedPod('Pending', { fetch: ran(0, undefined, report(artifacts.slice(0, count)).slice(0, cutAt)) }),
  });
  const wanted = (count: number) =>
    new Map(artifacts.slice(0, count).map(({ path, digest }) => [path, digest] as const));

  it.each([1, 2, 3, 4, 11, 16, 17])(
    'survive the limit of the kubelet, however many containers share it: %s',
    (count) => {
      // Of the pod with all that the schema takes, and three that others add.
      expect(digestsIn(fetched(count, (12 * 1024) / 16), 'fetch')).toEqual(wanted(count));
    },
  );

  it('are known as far as they were kept, and none is half', () => {
    expect(digestsIn(fetched(17, 7 + 3 * 43 + 42), 'fetch')).toEqual(wanted(3));
  });

  it.each(['', 'sha256', 'sha256 ', 'sha256 ä', `sha256 ${'='.repeat(43)}`])('are none of %j', (message) => {
    const pod = fetched(17);
    expect(digestsIn({ ...pod, status: savedPod('Pending', { fetch: ran(0, undefined, message) }) }, 'fetch')).toEqual(
      new Map(),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import type { StorageInstallation } from '../storage/installation.ts';
import { fetchContainers } from './transfers.ts';

const fetches = [{ uri: 's3://models/fraud', folder: '/flyball/storage/model', digest: `sha256:${'0'.repeat(64)}` }];
const secretRef = { name: 'bucket' };
const made = (installation: Partial<StorageInstallation> = {}) =>
  fetchContainers(fetches, { installation: { image: 'storage:1', ...installation }, storage: { secretRef }, pod: {} });

describe('What fetches', () => {
  it('has the keys of the Secret behind a prefix, so that none of them changes what the program does', () => {
    expect(made().map(({ name, image, envFrom }) => ({ name, image, envFrom }))).toEqual([
      { name: 'fetch', image: 'storage:1', envFrom: [{ prefix: 'FLYBALL_STORE_', secretRef }] },
    ]);
  });

  it('by another image has them as they are called, and what it fetched is verified without them', () => {
    const all = made({ fetchImage: 'kserve:1' });
    expect(
      all.map(({ name, image, command, envFrom }) => ({ name, image, command: command?.at(-1), envFrom })),
    ).toEqual([
      { name: 'fetch', image: 'kserve:1', command: undefined, envFrom: [{ secretRef }] },
      { name: 'verify', image: 'storage:1', command: 'verify', envFrom: undefined },
    ]);
    expect(all.map(({ args }) => args)).toEqual([
      ['s3://models/fraud', '/flyball/storage/model'],
      ['/flyball/storage/model'],
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { roomFor } from './room.ts';
import type { Source } from './source.ts';

const source = (uri: string, size: number): Source => ({
  uri,
  list: () => Promise.resolve([{ path: 'model.bin', size, modified: '' }]),
  copy: () => Promise.resolve(),
});

describe('A volume with a limit', () => {
  it('takes what it has room for, however often that is listed', async () => {
    const bounded = roomFor(2 ** 20)(source('s3://models/a', 2 ** 20), '/flyball/storage/model');
    await bounded.list();
    expect(await bounded.list()).toHaveLength(1);
  });

  it('refuses what has more, also together with what was fetched before', async () => {
    const room = roomFor(2 ** 20);
    await room(source('s3://models/a', 2 ** 19), '/a').list();
    await expect(room(source('s3://models/b', 2 ** 20), '/b').list()).rejects.toMatchObject({
      exit: 3,
      message: 's3://models/b has 1.0 MiB, and storage.volume.emptyDir.sizeLimit leaves 512.0 KiB for it: raise it',
    });
  });

  it('holds one URI as often as it is fetched, each time into a folder of its own', async () => {
    const room = roomFor(2 ** 20);
    const twice = source('s3://data/rows', 2 ** 20 - 1);
    await room(twice, '/flyball/storage/datasets/train').list();
    await expect(room(twice, '/flyball/storage/datasets/test').list()).rejects.toMatchObject({
      exit: 3,
      message: expect.stringContaining('sizeLimit leaves 1 bytes for it'),
    });
  });

  it('is asked for nothing where nobody limits it', async () => {
    expect(await roomFor(undefined)(source('s3://models/a', 2 ** 50), '/a').list()).toHaveLength(1);
  });
});

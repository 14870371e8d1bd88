import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uploading } from './flags.ts';

const mebibyte = 1024 * 1024;

function numbers(largest: number) {
  const value = (name: string) =>
    Number.parseInt(
      uploading(largest)
        .find((flag) => flag.startsWith(name))
        ?.split('=')[1] ?? '',
    );
  return { files: value('--transfers'), piece: value('--s3-chunk-size'), streams: value('--s3-upload-concurrency') };
}

describe('What is sent at once', () => {
  it('are many small files, and some pieces of large ones', () => {
    expect(numbers(1_000)).toMatchObject({ files: 16 });
    expect(numbers(5 * 1024 * mebibyte)).toEqual({ files: 4, piece: 8, streams: 3 });
  });

  it('needs no more memory for larger files, which have no more pieces than stores take', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200 * mebibyte + 1, max: 900 * 1024 * mebibyte }), (largest) => {
        const { files, piece, streams } = numbers(largest);
        expect(files * streams * piece).toBeLessThanOrEqual(96);
        expect(piece * mebibyte * 10_000).toBeGreaterThanOrEqual(largest);
      }),
    );
  });
});

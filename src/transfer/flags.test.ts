import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uploading } from './flags.ts';

const mebibyte = 1024 * 1024;

function numbers(largest: number) {
  const flags = uploading(largest);
  const value = (name: string) => Number.parseInt(flags.find((flag) => flag.startsWith(name))?.split('=')[1] ?? '');
  return {
    files: value('--transfers'),
    piece: value('--s3-chunk-size'),
    azurePiece: value('--azureblob-chunk-size'),
    streams: value('--s3-upload-concurrency'),
    whole: value('--s3-upload-cutoff'),
    fromDisk: value('--multi-thread-cutoff'),
  };
}

describe('What is sent at once', () => {
  it('are many small files, and some pieces of large ones', () => {
    expect(numbers(1_000)).toMatchObject({ files: 16 });
    expect(numbers(5 * 1024 * mebibyte)).toMatchObject({ files: 4, piece: 8, streams: 3 });
  });

  it('is one piece at a time of the largest, which have no more pieces than stores take', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200 * mebibyte + 1, max: 48 * 1024 * 1024 * mebibyte }), (largest) => {
        const { files, piece, azurePiece, streams } = numbers(largest);
        expect(files * streams * piece).toBeLessThanOrEqual(Math.max(96, piece));
        expect(piece * mebibyte * 10_000).toBeGreaterThanOrEqual(largest);
        expect(azurePiece * mebibyte * 50_000).toBeGreaterThanOrEqual(largest);
        // S3 takes no larger ones.
        expect(piece).toBeLessThanOrEqual(5 * 1024);
      }),
    );
  });

  it('is read from the disk if it is sent in pieces, and not held in memory', () => {
    const { whole, fromDisk } = numbers(3 * 1024 * 1024 * mebibyte);
    expect(fromDisk).toBe(whole);
  });
});

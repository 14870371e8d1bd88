import { describe, expect, it } from '@jest/globals';
import { lineOf } from './log.ts';
import { progressLine } from './progress.ts';
import { sizeWords } from './size.ts';

describe("A line of rclone's log", () => {
  const line = (fields: object) => lineOf(JSON.stringify(fields));

  it('tells a file that has come, how much has, and errors with their object', () => {
    const object = { object: 'a/b', objectType: '*s3.Object' };
    expect(line({ level: 'info', msg: 'Multi-thread Copied (new)', size: 7, ...object }).copied).toEqual({
      path: 'a/b',
      size: 7,
    });
    expect(line({ level: 'info', msg: '…', stats: { bytes: 12, checks: 1 } }).bytes).toBe(12);
    expect(
      line({ level: 'error', msg: 'Failed to copy: RequestID: x, HostID: y, api error Z', ...object }),
    ).toMatchObject({ error: 'api error Z', about: 'a/b' });
    expect(line({ level: 'notice', msg: 'Failed to copy with 3 errors: last error was: EOF' }).error).toBe('EOF');
    expect(line({ level: 'error', msg: 'Attempt 1/1 failed with 1 errors and: EOF' }).error).toBeUndefined();
    expect(line({ level: 'debug', msg: '-' }).error).toBeUndefined();
    expect(lineOf('fatal error: out of memory').error).toBe('fatal error: out of memory');
  });
});

describe('A line of progress', () => {
  it('has what came and what is to come in one unit', () => {
    const gibibyte = 1024 ** 3;
    const stand = { bytes: 12.4 * gibibyte, ofBytes: 40.1 * gibibyte, files: 3, ofFiles: 12 };
    expect(progressLine('Fetching', stand, 'from s3://bucket/path')).toBe(
      'Fetching 12.4 of 40.1 GiB, 3 of 12 files, from s3://bucket/path',
    );
    const unknown = { bytes: 2048, ofBytes: undefined, files: 0, ofFiles: 1 };
    expect(progressLine('Fetching', unknown, 'from u')).toBe('Fetching 2.0 KiB, 0 of 1 file, from u');
  });

  it.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1024, '1.0 KiB'],
    [5 * 1024 ** 4, '5.0 TiB'],
    [5 * 1024 ** 5, '5120.0 TiB'],
  ])('has %d as %s', (bytes, want) => {
    expect(sizeWords(bytes)).toBe(want);
  });
});

import { describe, expect, it } from '@jest/globals';
import { valueAt } from './pointer.ts';

/** The document and the pointers of RFC 6901, section 5. */
const document = JSON.parse(
  '{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8}',
) as unknown;

describe('A JSON pointer', () => {
  it.each([
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
  ])('%s names what the RFC says', (pointer, want) => {
    expect(valueAt(document, pointer)).toEqual(want);
  });

  it('that is empty names the whole document', () => {
    expect(valueAt(document, '')).toBe(document);
  });

  it.each(['/foo/2', '/foo/-', '/foo/01', '/foo/length', '/constructor', '/__proto__', '/foo/0/x', 'foo', '/a~b/c'])(
    '%s names nothing',
    (pointer) => {
      expect(valueAt(document, pointer)).toBeUndefined();
    },
  );
});

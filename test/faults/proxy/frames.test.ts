import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coalesced, type Frame, frameOf, FrameSplitter, isBookmark, parseFrame } from './frames.ts';

const frame = (type: string, uid: string, resourceVersion: string): Frame =>
  frameOf(type, { metadata: { uid, resourceVersion } });
const titles = (frames: readonly Frame[]): readonly string[] =>
  frames
    .map(parseFrame)
    .map(({ type, object: { metadata } }) => `${type} ${metadata?.uid} ${metadata?.resourceVersion}`);

describe('The frames of a watch', () => {
  it('are whole, wherever the network cuts them', () => {
    const lines = fc.array(fc.string().map((text) => `${JSON.stringify({ text })}\n`));
    fc.assert(
      fc.property(lines, fc.array(fc.nat()), (expected, cuts) => {
        const bytes = Buffer.from(expected.join(''));
        const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
        const splitter = new FrameSplitter();
        const found = at.slice(1).flatMap((end, index) => Array.from(splitter.split(bytes.subarray(at[index], end))));
        expect(found.map(String)).toEqual(expected);
      }),
    );
  });

  it('are bookmarks or not, whatever they contain', () => {
    expect(isBookmark(frameOf('BOOKMARK', {}))).toBe(true);
    expect(isBookmark(frameOf('ADDED', { note: '{"type":"BOOKMARK"' }))).toBe(false);
  });
});

describe('Coalescing', () => {
  it('keeps the last state of each object, in the order of the versions', () => {
    const frames = [frame('MODIFIED', 'a', '1'), frame('MODIFIED', 'b', '2'), frame('MODIFIED', 'a', '3')];
    expect(titles(coalesced(frames))).toEqual(['MODIFIED b 2', 'MODIFIED a 3']);
  });

  it('lets an object be added as it became', () => {
    expect(titles(coalesced([frame('ADDED', 'a', '1'), frame('MODIFIED', 'a', '2')]))).toEqual(['ADDED a 2']);
  });

  it('loses neither a deletion nor what comes after it', () => {
    const frames = [frame('DELETED', 'a', '1'), frame('ADDED', 'b', '2'), frame('DELETED', 'b', '3')];
    expect(titles(coalesced(frames))).toEqual(titles(frames));
  });

  it('keeps a bookmark only where it is the last', () => {
    const frames = [frame('BOOKMARK', 'x', '1'), frame('ADDED', 'a', '2'), frame('BOOKMARK', 'x', '3')];
    expect(titles(coalesced(frames))).toEqual(['ADDED a 2', 'BOOKMARK x 3']);
  });
});

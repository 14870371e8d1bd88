import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hostileWords } from '../../test/builders/hostile.ts';
import { oneLine, plain } from './text.ts';

const acting = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Any code units at all, halves of characters among them. */
const anyText = fc.array(fc.nat(0xffff), { maxLength: 60 }).map((units) => String.fromCharCode(...units));
const texts = fc.oneof(anyText, fc.string({ unit: 'binary' }), fc.constant(hostileWords));
const values = fc.object({ key: texts, values: [texts, fc.integer(), fc.constant(null)], maxDepth: 3 });

describe('Words of others', () => {
  it('are one line that acts on nothing, whatever they are', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(oneLine(text)).not.toMatch(acting);
        expect(oneLine(oneLine(text))).toBe(oneLine(text));
      }),
    );
  });

  it('are read through once, however often a sequence begins in them and never ends', () => {
    for (const begin of ['\u009D', '\u001B]', '\u001BP', '\u009B', '\u001B[']) {
      expect(oneLine(begin.repeat(200_000)).length).toBeLessThan(400_000);
    }
  });
});

describe('A value for people', () => {
  it('holds nothing that acts, in texts or in names of members, whatever it was', () => {
    fc.assert(
      fc.property(values, (value) => {
        const shown = plain(value);
        expect(JSON.stringify(shown).replaceAll('\\\\', '')).not.toMatch(/\\u00[01]|\\[bfnrt]/);
        expect(JSON.stringify(shown)).not.toMatch(acting);
        expect(plain(shown)).toEqual(shown);
      }),
    );
  });

  it('is what it was if all of it can be shown', () => {
    fc.assert(
      fc.property(
        fc.jsonValue().filter((value) => !acting.test(JSON.stringify(value))),
        (value) => {
          if (!JSON.stringify(value).includes('\\')) expect(plain(value)).toEqual(value);
        },
      ),
    );
    expect(plain({ message: 'Füße: 漢字 😀', numbers: [1, null, true] })).toEqual({
      message: 'Füße: 漢字 😀',
      numbers: [1, null, true],
    });
  });
});

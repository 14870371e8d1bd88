import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { conditions, longestMessage, quoting, shortened } from './condition.ts';
import { oneLine } from './text.ts';

describe('Conditions', () => {
  it('begin with Stalled if anything is, and else with the summary, since lists show the reason of the first', () => {
    const of = (type: string) => ({ type, status: 'True', reason: type, message: '' }) as const;
    const told = (...types: readonly string[]) =>
      conditions(undefined, types.map(of), new Date('2026-11-24T10:00:00Z')).map(({ type }) => type);
    expect(told('Ready', 'Blocked', 'Stalled')).toEqual(['Stalled', 'Ready', 'Blocked']);
    expect(told('Ready', 'Reconciling')).toEqual(['Ready', 'Reconciling']);
  });
});

describe('A message', () => {
  it('is cut at what the schema allows, and says that it was', () => {
    const wanted = { type: 'Ready', status: 'True', reason: 'Serving', message: 'x'.repeat(2000) } as const;
    const [condition] = conditions(undefined, [wanted], new Date('2026-11-24T10:00:00Z'));
    expect(condition?.message).toBe(`${'x'.repeat(longestMessage - 1)}…`);
  });

  it('is not cut within a character', () => {
    expect(shortened('ab😀cd', 4)).toBe('ab…');
  });

  it('has what others said at its end, so that this is what is cut', () => {
    const remedy = `Push it: ${'x'.repeat(900)}`;
    const message = quoting(remedy, { by: 'the kubelet', words: 'y'.repeat(4000) });
    expect(message.startsWith(`${remedy}; the kubelet said: yyy`)).toBe(true);
    expect(message.length).toBe(longestMessage);
  });

  it('without room for what others said is left as it is', () => {
    const remedy = 'x'.repeat(longestMessage);
    expect(quoting(remedy, { by: 'the kubelet', words: 'no' })).toBe(remedy);
  });

  it.each([undefined, '', ' \n'])('says nothing of words that are %j', (words) => {
    expect(quoting('Push it', { by: 'the kubelet', words })).toBe('Push it');
  });

  it('shows what others said as one line that does nothing to a terminal', () => {
    const words = '\u001B]0;title\u0007 \u001B[31ma\u001B[0m\n\tb\u202E c.\n';
    expect(quoting('Read why', { by: 'it', words })).toBe('Read why; it said: a b c');
  });

  it.each([
    ['\u001B]8;;https://evil\u001B\\text\u001B]8;;\u001B\\', 'text'],
    ['\u009B1Aup \u009D0;title\u009Cdone', 'up done'],
    ['\u001B]0;never ends', '0;never ends'],
    ['ding\u0007\u0000 \u001Bc dong', 'ding dong'],
    ['half \uD83D of one', 'half \uFFFD of one'],
  ])('obeys no terminal sequence: %j', (words, want) => {
    expect(oneLine(words)).toBe(want);
  });

  it('shows the end of words whose end tells most', () => {
    const message = quoting('Read why', { by: 'it', words: `${'x'.repeat(4000)} KeyError: target`, telling: 'End' });
    expect(message).toMatch(/^Read why; it said: …x+ KeyError: target$/);
    expect(message.length).toBe('Read why; it said: '.length + 512);
  });

  it('lets several have their say in the same room', () => {
    const quotes = ['a', 'b'].map((letter) => ({ by: letter, words: letter.repeat(4000) }));
    expect(quoting('Read why', quotes)).toMatch(/^Read why; a said: a{255}…; b said: b{255}…$/);
    const long = quoting('x'.repeat(900), quotes);
    expect(long).toMatch(/^x{900}; a said: a+…; b said: b+…$/);
    expect(long.length).toBeLessThanOrEqual(longestMessage);
  });

  it('takes half as many bytes more than it may have characters, in whatever script, and never cuts within a character', () => {
    const texts = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.stringMatching(/^[漢é😀a]{0,300}$/u));
    fc.assert(
      fc.property(texts, fc.integer({ min: 8, max: 200 }), (text, longest) => {
        const [begin, end] = [
          shortened(text, longest),
          quoting('', { by: '', words: text, telling: 'End' }, longest + 40),
        ];
        expect(begin.length).toBeLessThanOrEqual(longest);
        for (const cut of [begin, end]) {
          expect(cut.isWellFormed()).toBe(true);
          expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(1.5 * (longest + 40) + 1);
        }
        expect(Buffer.byteLength(begin)).toBeLessThanOrEqual(Math.ceil(1.5 * longest));
        if (begin !== text) expect(text.startsWith(begin.slice(0, -1))).toBe(true);
      }),
    );
  });
});

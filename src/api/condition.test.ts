import { describe, expect, it } from '@jest/globals';
import { conditions, longestMessage, quoting, shortened } from './condition.ts';

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
    const words = '\u001B]0;title\u0007 a\n\tb\u202E c.\n';
    expect(quoting('Read why', { by: 'it', words })).toBe('Read why; it said: ]0;title a b c');
  });
});

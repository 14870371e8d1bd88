import { expect, it } from '@jest/globals';
import { hostileWords } from '../../test/builders/hostile.ts';
import { escaped } from './log.ts';

it('A line of the log says everything, and acts on no terminal', () => {
  const line = escaped(JSON.stringify({ msg: hostileWords, name: '\u{E0041}\u2028' }));
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  const { msg, name } = JSON.parse(line) as { msg: string; name: string };
  expect([msg, name]).toEqual([hostileWords, '\u{E0041}\u2028']);
});

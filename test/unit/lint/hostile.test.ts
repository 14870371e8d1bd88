import { describe, expect, it } from '@jest/globals';
import { lint } from '../../../src/product/lint/lint.ts';
import { longestText } from '../../../src/product/lint/source.ts';

const head = 'apiVersion: flyball.dev/v1alpha1\nkind: TrainingRun\nmetadata: {name: fraud}\nspec:\n  image: a:1\n';

const tooDeep = ['Syntax is nested more than 500 levels deep, which no object is'];

/** Nine times as many values with each line. */
const laughs = ['a: &a [x]']
  .concat(
    Array.from('bcdefghij', (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join()}]`),
  )
  .join('\n');

function found(text: string): readonly string[] {
  const [file] = lint([{ name: 'hostile.yaml', text }]);
  return (file?.findings ?? []).map(({ rule, field, message }) =>
    [rule, ...(field === undefined ? [] : [field]), message].join(' '),
  );
}

describe('A hostile text', () => {
  it.each([
    ['brackets', '['.repeat(1_000_000)],
    ['maps in maps', '{a: '.repeat(300_000)],
    ['lists in lists', '- '.repeat(100_000)],
    ['maps on one line', 'a: '.repeat(100_000)],
    ['anchors', '&a '.repeat(100_000)],
    ['tags', '! '.repeat(100_000)],
  ])('is not followed into %s', (_, text) => {
    expect(found(text)).toEqual(tooDeep);
  });

  it('is not expanded where aliases stand for aliases', () => {
    const [one, ...more] = found(`${laughs}\n${head}`);
    expect(one).toMatch(/^Syntax cannot be read as YAML: Excessive alias count/);
    expect(more).toEqual([]);
  });

  it('takes nothing of the other documents with it', () => {
    expect(found(`${laughs}\n---\n${head}  sed: 1\n`)).toHaveLength(2);
  });

  it('may name itself', () => {
    const text = `${head}  pod: &pod {labels: *pod}\n`.replace(
      '{name: fraud}',
      '&me {name: fraud, ownerReferences: [*me]}',
    );
    expect(found(text)).toEqual([expect.stringMatching(/^Type spec[.]pod[.]labels[.]labels is an object/)]);
  });

  it('finds nothing by the names that all objects of JavaScript have', () => {
    const text = `${head}  __proto__: {seed: x}\n  constructor: 1\n  parameters: {__proto__: '1', toString: '2', hasOwnProperty: '3'}\n`;
    expect(found(text).map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      'UnknownField spec.__proto__',
      'UnknownField spec.constructor',
    ]);
    expect(Object.hasOwn(Object.prototype, 'seed')).toBe(false);
    expect(found(head.replace('TrainingRun', '__proto__'))).toEqual([expect.stringMatching(/^UnknownKind kind/)]);
  });

  it('is quoted in part', () => {
    const long = 'a'.repeat(100_000);
    const messages = [
      head.replace('fraud', long),
      head.replace('a:1', long),
      `${head}  parameters: {"${long}": 1}`,
    ].flatMap(found);
    expect(messages.length).toBeGreaterThan(3);
    for (const message of messages) expect(message.length).toBeLessThan(5000);
  });

  it('is too long', () => {
    expect(found(' '.repeat(longestText + 1))).toEqual([
      expect.stringMatching(/^Syntax has \d+ characters, and at most/),
    ]);
  });

  it('has many fields of one name', () => {
    expect(found(`${head}${'  seed: 1\n'.repeat(3000)}`)).toHaveLength(2999);
  });
});

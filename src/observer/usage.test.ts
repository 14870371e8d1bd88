import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { usageIn } from './usage.ts';

describe('The usage in a document', () => {
  it.each([
    [
      'a completion',
      { usage: { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 } },
      { input: 9, output: 12 },
    ],
    ['a server that tells no output', { usage: { prompt_tokens: 9, completion_tokens: null } }, { input: 9 }],
    ['embeddings', { usage: { prompt_tokens: 9, total_tokens: 9 } }, { input: 9 }],
    ['a response', { usage: { input_tokens: 9, output_tokens: 12 } }, { input: 9, output: 12 }],
    [
      'the last event of a response',
      { type: 'response.completed', response: { usage: { input_tokens: 0, output_tokens: 0 } } },
      { input: 0, output: 0 },
    ],
  ])('of %s is read', (_what, document, usage) => {
    expect(usageIn(document)).toEqual(usage);
  });

  it.each([
    ['a document without', {}],
    ['one that is null, as in each chunk but the last', { usage: null }],
    ['generated text', { choices: [{ message: { content: '"usage":{"prompt_tokens":9}' } }] }],
    ['a place that is not the server’s own', { choices: [{ usage: { prompt_tokens: 9 } }] }],
    ['a text', { usage: 'prompt_tokens' }],
    ['a list', { usage: [{ prompt_tokens: 9 }] }],
    ['an empty one', { usage: {} }],
    ['no object', 'usage'],
  ])('is missing in %s', (_what, document) => {
    expect(usageIn(document)).toBe('Missing');
  });

  it.each([-1, 1e308, 0.5, 1e9, '9', {}, [9], true])('with a count of %p is not counted at all', (count) => {
    expect(usageIn({ usage: { prompt_tokens: 9, completion_tokens: count } })).toBe('WrongType');
  });

  it('is a count within bounds, or a reason, whatever the document', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const document of [value, { usage: value }, { usage: { prompt_tokens: value, output_tokens: value } }]) {
          const usage = usageIn(document);
          if (typeof usage === 'string') continue;
          for (const count of Object.values(usage)) expect(count >= 0 && count <= 1e8).toBe(true);
        }
      }),
    );
  });
});

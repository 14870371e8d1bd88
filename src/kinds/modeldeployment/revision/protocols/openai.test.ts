import { describe, expect, it } from '@jest/globals';
import { openAI } from './openai.ts';

const example = (models: unknown, named?: string) => openAI.asking?.example(models, named);

describe('an example for a server of OpenAI', () => {
  it('asks the first model that the server lists', () => {
    expect(example({ object: 'list', data: [{ id: 'first' }, { id: 'second' }] })).toMatchObject({ model: 'first' });
  });

  it('asks the model that a person names, whatever the server lists', () => {
    expect(example({ data: [{ id: 'first' }] }, 'named')).toMatchObject({ model: 'named' });
    expect(example('text', 'named')).toMatchObject({ model: 'named' });
  });

  it('is none where the server lists no model, or nonsense', () => {
    const lists = [undefined, 'text', [], { data: [] }, { data: 'm' }, { data: ['m'] }, { data: [{ id: 7 }] }];
    for (const models of [...lists, { data: [{ id: '' }] }, { data: [{ id: 'x'.repeat(513) }] }]) {
      expect(example(models)).toBeUndefined();
    }
  });
});

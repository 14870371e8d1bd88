import { describe, expect, it } from '@jest/globals';
import { categoriesOf } from './profile.ts';

describe('The categories of a profile', () => {
  it('are those whose names are as short as results may have them', () => {
    const longest = 'x'.repeat(63);
    expect(categoriesOf({ categories: { a: '0.5', [longest]: '0.1', [`${longest}x`]: '0.4' } })).toEqual({
      a: '0.5',
      [longest]: '0.1',
    });
    expect(categoriesOf({ edges: [1] })).toBeUndefined();
  });
});

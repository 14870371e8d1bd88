import { describe, expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import { columnsOf } from './width.ts';

describe('The width of words', () => {
  it.each(['fraud-4 serves', '│  ├─ Pod a…', 'a → b', '訓練', '👩‍🔬', 'e\u0301', ''])(
    'of "%s" is that on a terminal',
    (words) => {
      expect(columnsOf(words)).toBe(stringWidth(words));
    },
  );
});

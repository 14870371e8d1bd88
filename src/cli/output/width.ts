import stringWidth from 'string-width';
import type { Text } from './text.ts';

/** ASCII and what trees are drawn by: one column each. Most of what is written is nothing else. */
const narrow = /^[ -~─-╿…→]*$/;

/** How many columns words take on a terminal. */
export function columnsOf(words: string): number {
  return narrow.test(words) ? words.length : stringWidth(words);
}

export function widthOf({ words }: Text): number {
  return columnsOf(words);
}

import stringWidth from 'string-width';
import { joined, styled, Text, text } from './text.ts';

const gap = 2;

/** Rows beneath a heading in capitals, in columns as wide as their contents, as kubectl draws them; without rows nothing. */
export function table(heading: readonly string[], rows: readonly (readonly Text[])[]): Text[] {
  if (rows.length === 0) return [];
  const titles = heading.map((title) => styled('faint', title.toUpperCase()));
  const all = [titles, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? text``))));
  return all.map((row) => {
    const last = row.findLastIndex((cell) => cell.words !== '');
    const cells = row.map((cell, column) => (column >= last ? cell : padded(cell, (widths[column] ?? 0) + gap)));
    return joined(cells, '');
  });
}

/** With blanks behind it, up to a width. */
export function padded(cell: Text, width: number): Text {
  return new Text([...cell.spans, { words: ' '.repeat(Math.max(0, width - widthOf(cell))) }]);
}

function widthOf(cell: Text): number {
  return stringWidth(cell.words);
}

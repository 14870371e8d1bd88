import { cut } from './cut.ts';
import { joined, styled, Text, text } from './text.ts';
import { widthOf } from './width.ts';

const gap = 2;

/** The widest that cells may be where nothing else bounds them: names have at most 253 characters, and messages stand last. */
const widestCell = 320;
const widestLast = 2_000;

/** Rows beneath a heading in capitals, in columns as wide as their contents, as kubectl draws them; without rows nothing. */
export function table(heading: readonly string[], rows: readonly (readonly Text[])[]): Text[] {
  if (rows.length === 0) return [];
  const titles = heading.map((title) => styled('faint', title.toUpperCase()));
  const all = [titles, ...rows.map(bounded)];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? text``))));
  return all.map((row) => {
    const last = row.findLastIndex((cell) => cell.words !== '');
    const cells = row.map((cell, column) => (column >= last ? cell : padded(cell, (widths[column] ?? 0) + gap)));
    return joined(cells, '');
  });
}

/** Others may have written it. */
function bounded(row: readonly Text[]): readonly Text[] {
  return row.map((cell, column) => cut(cell, column === row.length - 1 ? widestLast : widestCell));
}

/** With blanks behind it, up to a width. */
export function padded(cell: Text, width: number): Text {
  return new Text([...cell.spans, { words: ' '.repeat(Math.max(0, width - widthOf(cell))) }]);
}

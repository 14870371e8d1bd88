import { type Span, Text } from './text.ts';
import { columnsOf } from './width.ts';

const segmenter = new Intl.Segmenter();

/** What a terminal shows in so many columns: what is longer ends with "…", and no character is torn. */
export function cut(text: Text, width: number, ellipsis = '…'): Text {
  if (columnsOf(text.words) <= width) return text;
  const spans = beginning(text.spans, width - columnsOf(ellipsis));
  const last = spans.at(-1);
  return new Text([...spans.slice(0, -1), { ...last, words: `${last?.words.trimEnd() ?? ''}${ellipsis}` }]);
}

/** The same of a name, of which the end tells most: what is longer lacks something in the middle. */
export function cutInside(text: Text, width: number, ellipsis = '…'): Text {
  if (columnsOf(text.words) <= width) return text;
  const end = [...segmenter.segment(text.words)]
    .map(({ segment }) => segment)
    .slice(-longestEnd)
    .join('');
  const room = width - columnsOf(ellipsis) - columnsOf(end);
  if (room < longestEnd) return cut(text, width, ellipsis);
  const spans = beginning(text.spans, room);
  return new Text([...spans, { ...text.spans.at(-1), words: `${ellipsis}${end}` }]);
}

/** A little more than the part of a pod's name that is its own. */
const longestEnd = 7;

function beginning(spans: readonly Span[], width: number): Span[] {
  let room = Math.max(0, width);
  const shown: Span[] = [];
  for (const span of spans) {
    const words = fitting(span.words, room);
    room -= columnsOf(words);
    shown.push({ ...span, words });
    if (words !== span.words) break;
  }
  return shown;
}

function fitting(words: string, width: number): string {
  if (columnsOf(words) <= width) return words;
  let [shown, room] = ['', width];
  for (const { segment } of segmenter.segment(words)) {
    room -= columnsOf(segment);
    if (room < 0) return shown;
    shown += segment;
  }
  return shown;
}

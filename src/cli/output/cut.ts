import stringWidth from 'string-width';
import { type Span, Text } from './text.ts';

const segmenter = new Intl.Segmenter();

/** What a terminal shows in so many columns: what is longer ends with "…", and no character is torn. */
export function cut(text: Text, width: number, ellipsis = '…'): Text {
  if (stringWidth(text.words) <= width) return text;
  const spans = beginning(text.spans, width - stringWidth(ellipsis));
  const last = spans.at(-1);
  return new Text([...spans.slice(0, -1), { ...last, words: `${last?.words.trimEnd() ?? ''}${ellipsis}` }]);
}

/** The same of a name, of which the end tells most: what is longer lacks something in the middle. */
export function cutInside(text: Text, width: number, ellipsis = '…'): Text {
  if (stringWidth(text.words) <= width) return text;
  const end = [...segmenter.segment(text.words)]
    .map(({ segment }) => segment)
    .slice(-longestEnd)
    .join('');
  const room = width - stringWidth(ellipsis) - stringWidth(end);
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
    room -= stringWidth(words);
    shown.push({ ...span, words });
    if (words !== span.words) break;
  }
  return shown;
}

function fitting(words: string, width: number): string {
  if (stringWidth(words) <= width) return words;
  let [shown, room] = ['', width];
  for (const { segment } of segmenter.segment(words)) {
    room -= stringWidth(segment);
    if (room < 0) return shown;
    shown += segment;
  }
  return shown;
}

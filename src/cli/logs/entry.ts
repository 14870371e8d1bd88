import type { Moment } from './lines.ts';

/** What is printed of a log: one of its lines, or what we have to say about it. */
export interface LogEntry {
  readonly moment: Moment | undefined;
  readonly stamp: string;
  readonly words: string;
  /** How many bytes of a line were left out. */
  readonly cut: number;
  /** Of our own words, what they tell. */
  readonly mark?: Mark | undefined;
}

/** What we say in a log: something of interest, that it is gone, or that it was not read though it may be there. */
export type Mark = 'Note' | 'Gone' | 'Unread';

/** What we say in a log. It stands where it was read. */
export function mark(words: string, kind: Mark = 'Note'): LogEntry {
  return { moment: undefined, stamp: '', words, cut: 0, mark: kind };
}

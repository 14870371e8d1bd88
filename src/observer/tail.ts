import type { IncomingMessage } from 'node:http';
import { isEncoded, longestCopy, perPiece } from './copy.ts';
import type { Budget } from './copy.ts';
import type { SkipReason } from './skip.ts';

/** The documents of the last events of a stream, the newest first. */
export type LastEvents =
  | {
      readonly documents: Iterable<unknown>;
      /** Whether an event was too long to be kept. */
      readonly isCut: boolean;
    }
  | { readonly skipped: SkipReason };

/** A bounded copy of the end of a passing stream of events. It only listens. */
export interface Tail {
  /** Gives the memory back. To be called once, when the exchange is over. */
  take(): () => LastEvents;
}

/** So many bytes of whole events are kept at least, which is a few of them: what servers tell of an answer as a whole comes last. */
const enough = 4 * 1024;

/** What a stream holds before it is shortened, in bytes: as many fit into the budget as there may be requests. */
const usual = 2 * enough;

export function isEventStream({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'text/event-stream';
}

/** Keeps the last events of a stream: some KiB, unless the last event alone is longer, of which there may be as much as of any body. */
export function tailOf(message: IncomingMessage, budget: Budget): Tail {
  if (isEncoded(message.headers)) return { take: () => () => ({ skipped: 'Encoded' }) };
  let pieces: Buffer[] = [];
  let taken = 0;
  let most = usual;
  let isBusy = false;
  let isCut = false;
  /** What is kept begins within an event. */
  let beginsWithin = false;

  function keep(kept: readonly Buffer[]): void {
    budget.free += taken;
    pieces = [...kept];
    taken = pieces.reduce((sum, { length }) => sum + length + perPiece, 0);
    budget.free -= taken;
  }

  function shorten(): void {
    const whole = Buffer.concat(pieces);
    const start = lastStart(whole, whole.length - enough);
    if (start > 0) {
      beginsWithin = false;
      // A part of a piece would keep the whole of it in memory.
      keep([Buffer.from(whole.subarray(start))]);
    } else if (whole.length > longestCopy) {
      beginsWithin = true;
      isCut = true;
      keep([Buffer.from(whole.subarray(whole.length - enough))]);
    } else keep([whole]);
    most = Math.max(usual, 2 * taken);
  }

  message.on('data', (piece: Buffer) => {
    if (isBusy) return;
    if (piece.length + perPiece > budget.free) {
      isBusy = true;
      return keep([]);
    }
    taken += piece.length + perPiece;
    budget.free -= piece.length + perPiece;
    pieces.push(piece);
    if (taken > most) shorten();
  });
  return {
    take() {
      const bytes = pieces;
      keep([]);
      return () => {
        if (isBusy) return { skipped: 'Busy' };
        return { documents: documentsIn(Buffer.concat(bytes).toString('utf8'), beginsWithin), isCut };
      };
    },
  };
}

const blankLines = ['\n\n', '\r\n\r\n', '\r\r'];

/** Where the last event begins that begins no later than there; 0 if none is seen to. */
function lastStart(bytes: Buffer, latest: number): number {
  const starts = blankLines.map((blank) => {
    const found = latest < blank.length ? -1 : bytes.lastIndexOf(blank, latest - blank.length);
    return found < 0 ? 0 : found + blank.length;
  });
  return Math.max(...starts);
}

/** The data of the events of a stream that are JSON, the newest first, as the standard of server-sent events reads them. */
function* documentsIn(text: string, beginsWithin: boolean): Generator<unknown> {
  const events = text.replaceAll(/\r\n?/g, '\n').split(/\n{2,}/);
  for (const event of events.slice(beginsWithin ? 1 : 0).toReversed()) {
    const data = event
      .split('\n')
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice(line.startsWith('data: ') ? 6 : 5));
    try {
      yield JSON.parse(data.join('\n'));
    } catch {
      // A word such as [DONE], or no data at all.
    }
  }
}

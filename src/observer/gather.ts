import type { IncomingMessage } from 'node:http';
import { waterMark } from './limits.ts';

/** A body on its way, from which pieces are taken until the other side does not go on. */
export interface Gathered {
  /** The other side goes on. */
  resume(): void;
  /** Whether nothing has come that was not given. */
  isEmpty(): boolean;
}

interface Taker {
  /** False: no more for now. */
  give(piece: Buffer): boolean;
  end(): void;
}

/** Of so many pieces one is made, whatever they weigh. */
const fewest = 64;

/**
 * Gives what has come of a body by the next turn of the loop as one piece. A client may send a chunk for every byte, for each of which
 * Node holds some hundred bytes for as long as the other side does not read: 500 clients took 256 MiB so.
 */
export function gather(message: IncomingMessage, taker: Taker): Gathered {
  let pieces: Buffer[] = [];
  let size = 0;
  let isHeld = false;
  const hold = () => {
    if (isHeld) message.pause();
  };
  const flush = () => {
    const [first] = pieces;
    if (first === undefined) return;
    const piece = pieces.length === 1 ? first : Buffer.concat(pieces);
    const areMany = pieces.length >= fewest;
    pieces = [];
    size = 0;
    if (taker.give(piece)) return;
    isHeld = true;
    // What a message gets while it is paused it keeps in pieces: where they are small, the rest of what was read goes through first.
    if (areMany) setImmediate(hold);
    else hold();
  };
  message.on('data', (piece: Buffer) => {
    size += piece.length;
    if (pieces.push(piece) >= fewest || size >= waterMark) flush();
    else if (pieces.length === 1 && !message.complete) setImmediate(flush);
  });
  message.on('end', () => {
    flush();
    taker.end();
  });
  return {
    resume() {
      isHeld = false;
      message.resume();
    },
    isEmpty: () => pieces.length === 0,
  };
}

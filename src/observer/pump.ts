import type { IncomingMessage, ServerResponse } from 'node:http';
import { gather } from './gather.ts';

/** The body of an answer on its way to the client. */
export interface Pump {
  /**
   * To be asked once, when the client has closed its connection: tells whether it had all of the answer. Many clients of a stream close
   * at its last event, which the server's end of the body follows in a piece of its own.
   */
  isWhole(tell: (whole: boolean) => void): void;
}

/** How long the server may take to end an answer of which it sends no more, in milliseconds. */
const lastWord = 1_000;

export interface Told {
  /** There is something of the body, or its end. */
  begins(): void;
  /** The client does not take what there is, or takes it again. */
  waits(whom: 'Take' | 'Server'): void;
}

/** Passes the body on at the pace of the slower side. */
export function pump(answer: IncomingMessage, response: ServerResponse, told: Told): Pump {
  /** Pieces that the client's connection has not taken yet. */
  let waiting = 0;
  let begun = false;
  let ended = false;
  /** Something came for a client that had left. */
  let lost = false;
  const body = gather(answer, {
    give(piece) {
      begun = true;
      told.begins();
      if (response.destroyed) {
        lost = true;
        return true;
      }
      waiting += 1;
      const goesOn = response.write(piece, (error) => {
        if (!error) waiting -= 1;
      });
      if (!goesOn) told.waits('Take');
      return goesOn;
    },
    end() {
      told.begins();
      ended = true;
      if (!response.destroyed) response.end();
    },
  });
  // A server may send its head long before the body, and clients of streams wait for it; most send both at once, and so is it passed on.
  setImmediate(() => {
    if (!begun && !ended && body.isEmpty() && !response.destroyed) response.flushHeaders();
  });
  response.on('drain', () => {
    told.waits('Server');
    body.resume();
  });
  return {
    isWhole(tell) {
      if (ended || waiting > 0 || !begun) return tell(ended && waiting === 0);
      const end = (whole: boolean) => {
        clearTimeout(timer);
        answer.off('data', more).off('end', all).off('close', more);
        tell(whole);
      };
      const more = () => end(false);
      const all = () => end(!lost);
      const timer = setTimeout(more, lastWord);
      answer.on('data', more).on('end', all).on('close', more);
    },
  };
}

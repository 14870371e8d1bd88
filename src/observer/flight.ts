import type { IncomingMessage } from 'node:http';

/** How long a client has waited, since the head of its request came, and whether the body of its answer has begun. */
export interface Wait {
  readonly seconds: number;
  readonly begun: boolean;
}

/** A request that has not ended. */
export interface Flight {
  /**
   * The first byte of the answer's body has come, or its end: true at the first time. A head alone is no answer: a server may send it and
   * then hang.
   */
  begins(): boolean;
  /** Since the head of the request came. */
  seconds(): number;
  /** Undefined while the server waits for the client: for how long that sends its request says nothing about the server. */
  wait(): Wait | undefined;
}

/** @param isHeldUp whether the server does not read what it is sent. */
export function flightOf(request: IncomingMessage, isHeldUp: () => boolean): Flight {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  let begun = false;
  return {
    seconds,
    begins() {
      if (begun) return false;
      begun = true;
      return true;
    },
    wait() {
      // A server that does not read what comes keeps the client from sending the rest.
      const isSending = !request.complete && !isHeldUp();
      return isSending && !begun ? undefined : { seconds: seconds(), begun };
    },
  };
}

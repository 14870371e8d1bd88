import { agesOf } from './ages.ts';
import type { Ages } from './ages.ts';
import type { Sample } from './prometheus.ts';

/** What the observers of a revision have seen of its requests in a window. */
export interface Seen {
  /** Those that ended, by status code. */
  readonly codes: ReadonlyMap<number, number>;
  readonly finished: Ages;
  /** Whose client left before the answer had begun, and after that. */
  readonly givenUp: Ages;
  readonly brokenOff: Ages;
  /** Those in flight whose answer has not begun, and has. */
  readonly waiting: Ages;
  readonly answering: Ages;
}

/** From the answers to the questions of requests.ts, in their order; all of their values are counts. */
export function seenOf([codes = [], finished, cancelled, inFlight]: readonly (readonly Sample[])[]): Seen {
  return {
    codes: new Map(codes.flatMap(({ labels: { code }, value }) => (code === undefined ? [] : [[Number(code), value]]))),
    finished: agesOf(finished),
    givenUp: agesOf(cancelled, { begun: 'false' }),
    brokenOff: agesOf(cancelled, { begun: 'true' }),
    waiting: agesOf(inFlight, { begun: 'false' }),
    answering: agesOf(inFlight, { begun: 'true' }),
  };
}

/** The same, where a request has finished with the first byte of its answer: what becomes of it afterwards is another matter. */
export function seenToFirstByte(answers: readonly (readonly Sample[])[]): Seen {
  return { ...seenOf(answers), brokenOff: agesOf(), answering: agesOf() };
}

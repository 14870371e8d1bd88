import { compareMoments, type Moment } from './lines.ts';

/** What has its place in time; without one it stands behind what came before it. */
interface Timed {
  readonly moment: Moment | undefined;
}

interface Cursor<T> {
  readonly index: number;
  readonly batches: AsyncIterator<readonly T[]>;
  batch: readonly T[];
  next: number;
}

const beginning: Moment = { milliseconds: -Infinity, nanoseconds: 0 };

/**
 * Several streams as one, by time. Each is in order itself, and of each no more is held than one batch, so that it does not matter how
 * long they are.
 */
export async function* merged<T extends Timed>(
  streams: readonly AsyncIterable<readonly T[]>[],
): AsyncGenerator<readonly (readonly [index: number, item: T])[]> {
  const begun = streams.map((stream, index) => begin(stream, index));
  const filled = await Promise.all(begun.map(async (cursor) => ((await refill(cursor)) ? cursor : undefined)));
  let cursors = filled.filter((cursor) => cursor !== undefined);
  while (cursors.length > 0) {
    const { items, empty } = untilOneIsEmpty(cursors);
    yield items;
    if (!(await refill(empty))) cursors = cursors.filter((cursor) => cursor !== empty);
  }
}

function begin<T>(stream: AsyncIterable<readonly T[]>, index: number): Cursor<T> {
  return { index, batches: stream[Symbol.asyncIterator](), batch: [], next: 0 };
}

function untilOneIsEmpty<T extends Timed>(cursors: readonly Cursor<T>[]) {
  const items: (readonly [number, T])[] = [];
  for (;;) {
    const earliest = cursors.reduce((first, other) => (compare(other, first) < 0 ? other : first));
    items.push([earliest.index, earliest.batch[earliest.next]!]);
    earliest.next += 1;
    if (earliest.next === earliest.batch.length) return { items, empty: earliest };
  }
}

function compare<T extends Timed>(one: Cursor<T>, other: Cursor<T>): number {
  return compareMoments(momentOf(one), momentOf(other));
}

function momentOf<T extends Timed>({ batch, next }: Cursor<T>): Moment {
  return batch[next]?.moment ?? beginning;
}

async function refill<T>(cursor: Cursor<T>): Promise<boolean> {
  do {
    const { done, value } = await cursor.batches.next();
    if (done === true) return false;
    cursor.batch = value;
    cursor.next = 0;
  } while (cursor.batch.length === 0);
  return true;
}

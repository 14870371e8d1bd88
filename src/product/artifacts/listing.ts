/** What the programs of programs.ts print about folders, and how that is read. */

/** One folder as it was found. */
export interface Found {
  /** Which of the places that were asked for, from 0 on. */
  readonly place: number;
  readonly name: string;
  readonly bytes: number;
  readonly files: number;
  /** When the newest of its files was written; undefined without files. */
  readonly modified: string | undefined;
}

/** What was found. */
export interface Listing {
  readonly folders: readonly Found[];
  /** Places that are not there. */
  readonly missing: readonly number[];
  /** Whether there are folders that could not be looked into, so that sizes are too small. */
  readonly unreadable: boolean;
  /** Whether the pod came to the end of its work. */
  readonly isWhole: boolean;
}

/** @param words what the pod printed; anything else in it is passed over. */
export function listingOf(words: string): Listing {
  const lines = words.split('\n');
  return {
    folders: lines.flatMap(foundIn),
    missing: lines.flatMap((line) => /^missing ([0-9]{1,3})$/.exec(line)?.slice(1).map(Number) ?? []),
    unreadable: lines.includes('unreadable'),
    isWhole: lines.includes('end'),
  };
}

function foundIn(line: string): Found[] {
  const [, place, bytes, files, newest, name = ''] =
    /^folder ([0-9]{1,3}) ([0-9]{1,16}) ([0-9]{1,12}) ([0-9]{1,11}) ([A-Za-z0-9._-]{1,255})$/.exec(line) ?? [];
  if (place === undefined) return [];
  const modified = Number(newest) === 0 ? undefined : `${new Date(Number(newest) * 1000).toISOString().slice(0, 19)}Z`;
  return [{ place: Number(place), name, bytes: Number(bytes), files: Number(files), modified }];
}

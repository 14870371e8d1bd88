import type { Location } from '../storage/storage.ts';
import type { Content } from './digest.ts';
import { fault } from './ends.ts';
import type { Rclone } from './rclone.ts';

/** Where the marker of a folder in a store is: beside it. It is written last, so that a folder without one is not whole. */
export function markerOf(at: Location): Location {
  return { ...at, path: `${at.path}.json` };
}

/** What a folder in a store was when it was whole; undefined if it never was, or if something else stands there. */
export async function readMarker(at: Location, rclone: Rclone): Promise<Content | undefined> {
  const marker = markerOf(at);
  const exists = (await rclone.list(marker)).length > 0;
  return exists ? contentIn(await rclone.read(marker)) : undefined;
}

/** Writes the marker, and reads what the store has of it. */
export async function writeMarker(at: Location, { digest, bytes, files }: Content, rclone: Rclone): Promise<void> {
  const marker = markerOf(at);
  const text = JSON.stringify({ digest, bytes, files } satisfies Content);
  await rclone.write(text, marker);
  const kept = await rclone.read(marker);
  if (kept !== text) throw fault(`The store has another text at ${marker.path} than was written`);
}

function contentIn(text: string): Content | undefined {
  try {
    const { digest, bytes, files } = JSON.parse(text) as Partial<Record<keyof Content, unknown>>;
    const isWhole =
      Number.isSafeInteger(bytes) && Number.isSafeInteger(files) && /^sha256:[0-9a-f]{64}$/.test(String(digest));
    return isWhole ? { digest: String(digest), bytes: Number(bytes), files: Number(files) } : undefined;
  } catch {
    return undefined;
  }
}

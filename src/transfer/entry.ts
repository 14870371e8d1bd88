/** A file in a store. */
export interface Entry {
  /** Relative to what was listed. */
  readonly path: string;
  readonly size: number;
  readonly modified: string;
  /** Of its contents, where it was asked for and the store has one. */
  readonly hash?: string;
}

/** Reads a line of what `rclone lsjson` writes; the first and the last are no entries. */
export function entryOf(line: string): Entry | undefined {
  const text = line.replace(/,$/, '');
  if (!text.startsWith('{')) return undefined;
  const { Path, Size, ModTime, Hashes } = JSON.parse(text) as {
    readonly Path: string;
    readonly Size: number;
    readonly ModTime: string;
    readonly Hashes?: { readonly md5?: string };
  };
  const entry = { path: Path, size: Size, modified: ModTime };
  return Hashes?.md5 === undefined || Hashes.md5 === '' ? entry : { ...entry, hash: Hashes.md5 };
}

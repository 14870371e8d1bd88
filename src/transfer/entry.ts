/** A file in a store. */
export interface Entry {
  /** Relative to what was listed. */
  readonly path: string;
  readonly size: number;
  readonly modified: string;
  /** Of its contents, where it was asked for and the store has one. */
  readonly hash?: string;
}

interface Listed {
  readonly Path: string;
  readonly Size: number;
  readonly ModTime: string;
  readonly IsDir: boolean;
  readonly Hashes?: { readonly md5?: string };
}

/** Reads a line of what `rclone lsjson` writes; the first and the last are no entries. */
export function entryOf(line: string): Entry | undefined {
  const listed = listedIn(line);
  if (listed === undefined) return undefined;
  const { Path, Size, ModTime, Hashes } = listed;
  const entry = { path: Path, size: Size, modified: ModTime };
  return Hashes?.md5 === undefined || Hashes.md5 === '' ? entry : { ...entry, hash: Hashes.md5 };
}

/** The name of an object, or of a folder with a slash behind it. */
export function nameOf(line: string): readonly string[] {
  const listed = listedIn(line);
  return listed === undefined ? [] : [listed.IsDir ? `${listed.Path}/` : listed.Path];
}

function listedIn(line: string): Listed | undefined {
  const text = line.replace(/,$/, '');
  return text.startsWith('{') ? (JSON.parse(text) as Listed) : undefined;
}

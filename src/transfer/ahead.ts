import { type Content, contentBy, threads } from './digest.ts';
import { fileAt, FolderChanged, filesOf, type FolderFile, isSame } from './folder.ts';
import { type Hashes, hashesOf } from './hashing.ts';

/** In bytes. To hash smaller files takes no time beside fetching them, and to remember them takes memory. */
const worthwhile = 4 * 1024 * 1024;

interface Known {
  readonly file: FolderFile;
  readonly hashes: Hashes;
}

/** Hashes large files that have come while others are still on their way, so that what takes longer decides, not the sum. */
export class Ahead {
  readonly #folder: string;
  readonly #end = new AbortController();
  readonly #stop: AbortSignal;
  readonly #known = new Map<string, Known>();
  readonly #waiting: string[] = [];
  #working: Promise<void> = Promise.resolve();

  constructor(folder: string, stop: AbortSignal) {
    this.#folder = folder;
    this.#stop = AbortSignal.any([stop, this.#end.signal]);
  }

  add(path: string, size: number): void {
    if (size < worthwhile) return;
    this.#waiting.push(path);
    this.#working = this.#working.then(() => this.#hash());
  }

  /** Nobody needs it any more. */
  end(): void {
    this.#end.abort();
  }

  /**
   * What the folder holds, by what was hashed before if it is still the same file, and by hashing the rest.
   * @param files as they lay there when somebody looked: they have to be the same at the end.
   */
  async content(files: readonly FolderFile[]): Promise<Content> {
    await this.#working;
    const rest = files.filter((file) => this.#hashesOf(file) === undefined);
    const others = await this.#hashed(rest, threads());
    if (!isSame(files, await filesOf(this.#folder)))
      throw new FolderChanged(`${this.#folder} was written to while it was read.`);
    let next = 0;
    const hashes = files.map((file) => this.#hashesOf(file) ?? others[next++] ?? { sha256: '' });
    return contentBy(files, hashes);
  }

  async #hash(): Promise<void> {
    const paths = this.#waiting.splice(0);
    if (paths.length === 0) return;
    try {
      const files = await Promise.all(paths.map((path) => fileAt(this.#folder, path)));
      const hashes = await this.#hashed(files, 1);
      files.forEach((file, index) => this.#known.set(file.path, { file, hashes: hashes[index] ?? { sha256: '' } }));
    } catch {
      // What cannot be read now is read at the end, and fails then if it still cannot.
    }
  }

  #hashed(files: readonly FolderFile[], count: number): Promise<readonly Hashes[]> {
    return hashesOf(this.#folder, files, { threads: count, needsMD5: () => false, stop: this.#stop });
  }

  #hashesOf(file: FolderFile): Hashes | undefined {
    const known = this.#known.get(file.path);
    return known !== undefined && isSame([known.file], [file]) ? known.hashes : undefined;
  }
}

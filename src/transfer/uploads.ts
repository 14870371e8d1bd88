import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Location } from '../storage/storage.ts';
import type { Transfer } from './command.ts';
import { FolderChanged, filesOf, type FolderFile, isSame } from './folder.ts';
import { type Generation, generationsIn, nextGeneration, obsolete } from './generations.ts';
import { markerOf, writeMarker } from './marker.ts';
import { uriOf } from './rclone.ts';
import { upload } from './upload.ts';

/** What is hidden, or called so while it is written. */
const skipped = ['.*', '*.tmp', '*.partial'];
const isSkipped = (name: string): boolean => /^\.|\.(?:tmp|partial)$/.test(name);

/** For how long a generation that another pod has left half may still become whole, in milliseconds. */
const longestHalf = 24 * 60 * 60_000;

/** Busy: somebody writes to the folder. */
export type Outcome = 'Uploaded' | 'Unchanged' | 'Busy';

/** The generations of a checkpoint that one container uploads. */
export class Uploads {
  readonly #folder: string;
  readonly #at: Location;
  readonly #transfer: Transfer;
  readonly #writer: string;
  /** Half generations of others, and when they were first seen. */
  readonly #half = new Map<string, number>();
  #last: { readonly files: readonly FolderFile[]; readonly at: Location } | undefined;

  constructor(folder: string, at: Location, transfer: Transfer) {
    this.#folder = folder;
    this.#at = at;
    this.#transfer = transfer;
    this.#writer = transfer.pod.uid ?? randomUUID();
  }

  async generations(): Promise<readonly Generation[]> {
    return generationsIn(await this.#transfer.rclone.names(this.#at), this.#at);
  }

  /**
   * Uploads what there is as the next generation, unless that was done already or somebody writes to it.
   * @param settle how many milliseconds are between two looks that have to see the same.
   */
  async next(settle: number): Promise<Outcome> {
    try {
      const before = await this.#look();
      if (before.length === 0 || isSame(before, this.#last?.files ?? [])) return 'Unchanged';
      await sleep(settle);
      const files = await this.#look();
      if (!isSame(before, files)) return 'Busy';
      await this.#upload(files);
      return 'Uploaded';
    } catch (error) {
      if (!(error instanceof FolderChanged)) throw error;
      this.#transfer.say(`${error.message}: waiting until it is quiet.`);
      return 'Busy';
    }
  }

  async #look(): Promise<readonly FolderFile[]> {
    return existsSync(this.#folder) ? filesOf(this.#folder, isSkipped) : [];
  }

  async #upload(files: readonly FolderFile[]): Promise<void> {
    const { rclone, say } = this.#transfer;
    const generations = await this.generations();
    // Before, so that there never is more than one half of ours, however often the folder changes.
    await this.#removeObsolete(generations);
    const { at, name } = nextGeneration(generations, this.#at, this.#writer);
    const options = { skipped, unchangedIn: this.#unchangedIn(files) };
    const wanted = { folder: this.#folder, files, at, verb: 'Uploading', isSkipped, options };
    const content = await upload(wanted, this.#transfer);
    await writeMarker(at, content, rclone);
    this.#last = { files, at };
    say(`${uriOf(at)} is whole: checkpoint ${Number(name.slice(0, 9))}.`);
    await this.#removeObsolete(await this.generations());
  }

  /**
   * The generation before, of which the store copies what has the same size and time: not if a file has these again and was
   * written to.
   */
  #unchangedIn(files: readonly FolderFile[]): Location | undefined {
    const before = new Map(this.#last?.files.map((file) => [file.path, file]));
    const isDisguised = ({ path, size, modified, changed }: FolderFile): boolean => {
      const file = before.get(path);
      return size === file?.size && modified === file.modified && changed !== file.changed;
    };
    return files.some(isDisguised) ? undefined : this.#last?.at;
  }

  /** A marker goes before its folder, so that nothing is ever taken for whole while it is removed. */
  async #removeObsolete(generations: readonly Generation[]): Promise<void> {
    const { rclone } = this.#transfer;
    const abandoned = this.#abandoned(generations, performance.now());
    for (const { at, isWhole } of [...obsolete(generations, this.#writer), ...abandoned]) {
      if (isWhole) await rclone.remove(markerOf(at));
      await rclone.remove(at);
    }
  }

  /** Of pods that are gone with their nodes, though they may come back with these. */
  #abandoned(generations: readonly Generation[], now: number): readonly Generation[] {
    const half = generations.filter(({ name, isWhole }) => !isWhole && !name.endsWith(`-${this.#writer}`));
    for (const { name } of half) if (!this.#half.has(name)) this.#half.set(name, now);
    return half.filter(({ name }) => now - (this.#half.get(name) ?? now) > longestHalf);
  }
}

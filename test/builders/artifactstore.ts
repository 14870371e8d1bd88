import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Location } from '../../src/storage/storage.ts';
import type { Transfer } from '../../src/transfer/command.ts';
import { Missing } from '../../src/transfer/ends.ts';
import { defaultLimits } from '../../src/transfer/limits.ts';
import type { CopyOptions, Place, Rclone } from '../../src/transfer/rclone.ts';

/** A store in memory, for what commands decide; that rclone does what it is asked for is shown with real ones. */
export class ArtifactStore implements Rclone {
  /** By their keys. */
  readonly objects = new Map<string, string>();
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  /** Where each copy was to take from what is unchanged. */
  readonly unchangedIn: (string | undefined)[] = [];
  /** Called in the middle of each copy. */
  whileCopied: (turn: number) => void = () => undefined;
  #copies = 0;

  list({ path }: Location) {
    this.asked.push(`list ${path}`);
    const entries = this.#below(path).map(([key, text]) => ({
      path: key === path ? key.slice(key.lastIndexOf('/') + 1) : key.slice(path.length + 1),
      size: Buffer.byteLength(text),
      modified: '',
      hash: createHash('md5').update(text).digest('hex'),
    }));
    return Promise.resolve(entries);
  }

  names({ path }: Location) {
    const rests = this.#below(path).map(([key]) => key.slice(path.length + 1));
    return Promise.resolve([...new Set(rests.map((rest) => rest.replace(/\/.*/, '/')))]);
  }

  copy(from: Place, to: Place, _watch: unknown, { skipped = [], unchangedIn }: CopyOptions = {}) {
    this.#copies += 1;
    this.unchangedIn.push(unchangedIn?.path);
    if (typeof from === 'string' && typeof to !== 'string') this.#upload(from, to, skipped);
    if (typeof from !== 'string' && typeof to === 'string') this.#download(from, to);
    return Promise.resolve();
  }

  read({ path }: Location) {
    const text = this.objects.get(path);
    return text === undefined ? Promise.reject(new Missing(`There is nothing at ${path}`)) : Promise.resolve(text);
  }

  write(text: string, { path }: Location) {
    this.asked.push(`write ${path}`);
    this.objects.set(path, text);
    return Promise.resolve();
  }

  remove({ path }: Location) {
    this.asked.push(`remove ${path}`);
    for (const [key] of this.#below(path)) this.objects.delete(key);
    return Promise.resolve();
  }

  until(_stop: AbortSignal): Rclone {
    return this;
  }

  #below(path: string) {
    return [...this.objects].filter(([key]) => key === path || key.startsWith(`${path}/`));
  }

  #upload(folder: string, { path }: Location, skipped: readonly string[]): void {
    this.asked.push(`copy to ${path}`);
    const endings = skipped.map((name) => name.replace('*', ''));
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !endings.some((ending) => entry.name.endsWith(ending) && ending !== '.'))
      .filter(({ name }) => skipped.length === 0 || !name.startsWith('.'))
      .map(({ parentPath, name }) => join(parentPath, name));
    files.forEach((file, index) => {
      if (index === 1) this.whileCopied(this.#copies);
      this.objects.set(`${path}${file.slice(folder.length)}`, readFileSync(file, 'utf8'));
    });
  }

  #download({ path }: Location, folder: string): void {
    for (const [key, text] of this.#below(path)) {
      const file = join(folder, key.slice(path.length));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}

/** What a command works with, and what it has said. */
export function transferTo(
  rclone: Rclone,
  with_: Partial<Transfer> = {},
): { readonly transfer: Transfer; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const transfer = {
    settings: { digests: {} },
    credentials: {},
    limits: { ...defaultLimits, settle: 5, interval: 10 },
    rclone,
    pod: { index: undefined, uid: 'pod-1' },
    scratch: tmpdir(),
    say: (line: string) => void lines.push(line),
    stop: new AbortController().signal,
    ...with_,
  };
  return { transfer, lines };
}

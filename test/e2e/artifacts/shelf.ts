/** What the scenes keep in stores: made on this machine, and looked at from here. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../hack/cluster/command.ts';
import type { Store } from '../../stores/store.ts';

const digestOf = "find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0r sha256sum | sha256sum";

/** The digest of a folder of this machine, by the line that anybody can run. */
export async function measured(folder: string): Promise<string> {
  const line = await run('bash', ['-c', digestOf], { directory: folder });
  return `sha256:${line.split(' ')[0]}`;
}

/** An artifact in a store. */
export interface Kept {
  readonly uri: string;
  readonly digest: string;
  /** The same on this machine. */
  readonly folder: string;
}

/** Makes folders below one that goes when the suite ends. */
export class Shelf {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  folder(name: string): string {
    mkdirSync(this.#directory, { recursive: true });
    return mkdtempSync(join(this.#directory, `${name}-`));
  }

  /** So many rows in two files, one of them in a folder. */
  async dataset(store: Store, path: string, rows = 10): Promise<Kept> {
    const folder = this.folder('dataset');
    mkdirSync(join(folder, 'more'));
    writeFileSync(join(folder, 'first.csv'), lines(rows - 1));
    writeFileSync(join(folder, 'more', 'last.csv'), lines(1));
    return kept(store, path, folder);
  }

  /** A model as programs/train.py makes it, of so many MiB. */
  async model(store: Store, path: string, token: string, size = 1): Promise<Kept> {
    const folder = this.folder('model');
    mkdirSync(join(folder, 'parts'));
    const parts: Record<string, string> = {};
    for (const index of [0, 1, 2, 3]) {
      const block = createHash('shake256', { outputLength: 2 ** 16 })
        .update(`${token}/${index}`)
        .digest();
      const content = Buffer.concat(Array.from({ length: size * 4 }, () => block));
      writeFileSync(join(folder, 'parts', `part-${index}.bin`), content);
      parts[`part-${index}.bin`] = createHash('sha256').update(content).digest('hex');
    }
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ token, parts }));
    return kept(store, path, folder);
  }

  /** What lies below a URI of the store now. */
  async measured(store: Store, uri: string): Promise<string> {
    const folder = this.folder('look');
    await store.download(uri.slice(store.root.length + 1), folder);
    return measured(folder);
  }

  /** Whether a file lies below a path of the store now. */
  async has(store: Store, path: string, file: RegExp): Promise<boolean> {
    const folder = this.folder('look');
    await store.download(path, folder).catch(() => undefined);
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) => file.test(name));
  }
}

async function kept(store: Store, path: string, folder: string): Promise<Kept> {
  await store.upload(folder, path);
  return { uri: `${store.root}/${path}`, digest: await measured(folder), folder };
}

function lines(count: number): string {
  return Array.from({ length: count }, (_, index) => `${index},1\n`).join('');
}

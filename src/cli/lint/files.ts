import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '../../kube/errors.ts';
import type { LintedText } from '../../product/lint/lint.ts';
import { patchesOf } from '../../product/lint/kustomization.ts';
import { longestText } from '../../product/lint/source.ts';

export interface ReadFiles {
  readonly texts: readonly LintedText[];
  /** What could not be read, and why. */
  readonly unread: readonly { readonly name: string; readonly why: string }[];
}

/** Reads what people name: files, folders and, as `-`, the standard input. */
export async function readFiles(
  names: readonly string[],
  isRecursive: boolean,
  input: AsyncIterable<Uint8Array>,
): Promise<ReadFiles> {
  const texts = new Map<string, string>();
  const unread: { name: string; why: string }[] = [];
  const attempt = async (name: string, read: () => Promise<void>) => {
    try {
      await read();
    } catch (error) {
      unread.push({ name, why: errorMessage(error) });
    }
  };
  for (const name of names) {
    await attempt(name, async () => {
      if (name === '-') texts.set('-', await boundedText(input));
      else if ((await stat(name)).isDirectory()) await readFolder(name);
      else texts.set(name, await boundedText(createReadStream(name)));
    });
  }
  return { texts: [...texts].map(([name, text]) => ({ name, text })), unread };

  async function readFolder(folder: string): Promise<void> {
    const entries = (await readdir(folder, { withFileTypes: true })).toSorted((one, other) =>
      one.name < other.name ? -1 : 1,
    );
    const read = new Map<string, string>();
    for (const entry of entries) {
      const path = join(folder, entry.name);
      // Links to folders may lead in a circle.
      if (entry.isDirectory() && isRecursive) await attempt(path, async () => readFolder(path));
      if (!/[.](ya?ml|json)$/.test(entry.name) || entry.isDirectory()) continue;
      await attempt(path, async () => {
        if ((await stat(path)).isFile()) read.set(path, await boundedText(createReadStream(path)));
      });
    }
    const patches = new Set(
      [...read]
        .flatMap(([path, text]) => (isKustomization(path) ? patchesOf(text) : []))
        .map((patch) => join(folder, patch)),
    );
    for (const [path, text] of read) if (!patches.has(path)) texts.set(path, text);
  }
}

function isKustomization(path: string): boolean {
  return /(^|[/\\])kustomization[.]ya?ml$/.test(path);
}

/** A little more than what is judged, so that a longer text is known as such; whatever does not end is not read to its end. */
async function boundedText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    read.push(chunk);
    size += chunk.length;
    if (size > longestText * 4) break;
  }
  return new TextDecoder().decode(Buffer.concat(read));
}

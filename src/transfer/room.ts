import { mend } from './ends.ts';
import { bytesOf } from './listing.ts';
import { sizeWords } from './size.ts';
import type { Source } from './source.ts';

/**
 * What is fetched into one volume may have so many bytes together. The kubelet looks after minutes, ends the pod then, and another one does the same:
 * so what has more is not begun with.
 */
export function roomFor(limit: number | undefined): (source: Source, folder: string) => Source {
  const sizes = new Map<string, number>();
  return (source, folder) => ({
    ...source,
    async list() {
      const entries = await source.list();
      const size = bytesOf(entries) ?? 0;
      const others = [...sizes].reduce((sum, [other, bytes]) => (other === folder ? sum : sum + bytes), 0);
      if (limit !== undefined && others + size > limit)
        throw mend(
          `${source.uri} has ${sizeWords(size)}, and storage.volume.emptyDir.sizeLimit leaves ${sizeWords(limit - others)} for it: raise it`,
        );
      sizes.set(folder, size);
      return entries;
    },
  });
}

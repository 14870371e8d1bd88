import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filesOf, some } from './folder.ts';

/** Waits until the disk has all files below a folder, and the names of them. */
export async function toDisk(folder: string): Promise<void> {
  const paths = (await filesOf(folder)).map(({ path }) => path);
  const folders = new Set(paths.flatMap(parentsOf));
  await some([...paths, ...folders], atOnce, (path) => synced(join(folder, path)));
  await synced(dirname(folder));
}

/** A file system that keeps a journal writes what is asked for at the same time together. */
const atOnce = 64;

/** `.` is the folder itself. */
function parentsOf(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === '.' ? ['.'] : [parent, ...parentsOf(parent)];
}

async function synced(path: string): Promise<void> {
  const file = await open(path);
  try {
    await file.sync();
  } catch (error) {
    if (!unable.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await file.close();
  }
}

/** What file systems say that write at once, or cannot tell. */
const unable = new Set(['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);

/** Azurite and what it needs, in a folder of its own beside the other programs: none of it is a part of this project. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../../hack/cluster/binaries.ts';
import { run } from '../../hack/cluster/command.ts';
import { during } from '../../hack/cluster/progress.ts';

const files = ['package.json', 'package-lock.json'];

/** Gives the script that serves blobs, installing it first if it is not there in this version. */
export async function ensureAzurite(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(import.meta.dirname, 'azurite', file)));
  const cache = join(cacheDirectory(), 'packages');
  const folder = join(cache, `azurite-${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(folder)) await install(cache, folder);
  return join(folder, 'node_modules', 'azurite', 'dist', 'src', 'blob', 'main.js');
}

/** Whole or not at all, also when two install it at once. */
async function install(cache: string, folder: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'draft-'));
  try {
    for (const file of files) cpSync(join(import.meta.dirname, 'azurite', file), join(draft, file));
    const quietly = ['--no-fund', '--no-audit', '--loglevel=error'];
    const command = ['ci', '--omit=dev', '--omit=optional', '--ignore-scripts', ...quietly];
    await during('installing azurite', () => run('npm', command, { directory: draft }));
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

if (import.meta.main) console.log(await ensureAzurite());

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './command.ts';
import { during, say } from './progress.ts';

/** A Debian package, and the file that shows that it is there: a path, or a program's name. */
export interface DebianPackage {
  readonly name: string;
  readonly file: string;
}

function isThere(file: string): boolean {
  if (file.startsWith('/')) return existsSync(file);
  // Some administrators' programs lie outside a plain user's PATH.
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return directories.some((directory) => existsSync(join(directory, file)));
}

/**
 * Installs the packages that are missing, after saying which. Throws with the command to run where this is not a
 * Debian machine or we are not root.
 */
export async function ensurePackages(packages: readonly DebianPackage[]): Promise<void> {
  const missing = packages.filter((candidate) => !isThere(candidate.file)).map((candidate) => candidate.name);
  if (missing.length === 0) return;
  const list = missing.join(' ');
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`missing: ${list}. Install them (on Debian: sudo apt-get install ${list}), then run this again.`);
  }
  say(`installing the Debian packages ${list}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await during('apt-get', async () => {
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '--yes', '--no-install-recommends', ...missing], { env });
  });
}

/** What executables are made of beyond this repository, as packages of npm that are verified and never installed. */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Package {
  readonly name: string;
  readonly version: string;
  /** Of the archive, as npm writes it. */
  readonly integrity: string;
}

/** Gives the file of a package, unpacked into a folder. Archives are kept, so that the second time needs no network. */
export function unpacked({ name, version, integrity }: Package, file: string, into: string): string {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'flyball', 'packages');
  const archive = join(cache, `${name}-${version}.tgz`);
  if (!existsSync(archive)) {
    mkdirSync(cache, { recursive: true });
    run('npm', ['pack', '--silent', `${name}@${version}`, '--pack-destination', into]);
    renameSync(join(into, `${name}-${version}.tgz`), archive);
  }
  const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (found !== integrity) throw new Error(`${archive} is not what was published: its digest is ${found}`);
  const folder = join(into, name);
  mkdirSync(folder, { recursive: true });
  run('tar', ['-xzf', archive, '-C', folder, '--strip-components=1', `package/${file}`]);
  return join(folder, file);
}

/** @throws an Error with the program's own words if it fails. */
export function run(command: string, args: readonly string[], cwd?: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr}`);
  return stdout;
}

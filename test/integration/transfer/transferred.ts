import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureBinaries } from '../../../hack/cluster/binaries.ts';
import type { Artifact } from '../../../src/transfer/ends.ts';
import { defaultLimits, type Limits } from '../../../src/transfer/limits.ts';
import { type Ending, run } from '../../../src/transfer/program.ts';
import type { TransferSettings } from '../../../src/transfer/settings.ts';
import type { Store } from '../../stores/index.ts';

/** So short that a test sees what follows from them. */
export const shortLimits: Limits = { ...defaultLimits, patience: 20_000, backoffMin: 100, backoffMax: 1_000 };

export interface Transferred extends Ending {
  /** All that went to the log. */
  readonly lines: readonly string[];
  /** Of an end that was good. */
  readonly artifacts: readonly Artifact[];
}

export interface TransferOptions {
  /** Beside what the store says of itself. */
  readonly settings?: Partial<TransferSettings>;
  readonly credentials?: Readonly<Record<string, string>>;
  readonly limits?: Partial<Limits>;
  readonly stop?: AbortSignal;
  /** Told each line of the log as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Runs a command of the program with the real rclone, as in a pod that may use a store. */
export async function transferred(
  command: string,
  words: readonly string[],
  store: Pick<Store, 'settings' | 'credentials'>,
  { settings = {}, credentials = {}, limits = {}, stop, onLine }: TransferOptions = {},
): Promise<Transferred> {
  const lines: string[] = [];
  const ending = await run([command, ...words], {
    environment: await environmentOf({ ...store.settings, ...settings }, { ...store.credentials, ...credentials }),
    limits: { ...shortLimits, ...limits },
    say(line) {
      lines.push(line);
      onLine?.(line);
    },
    stop: stop ?? new AbortController().signal,
  });
  const isTold = ending.code === 0 && ending.message !== '';
  const { artifacts = [] } = isTold ? (JSON.parse(ending.message) as { artifacts?: Artifact[] }) : {};
  return { ...ending, lines, artifacts };
}

/** The environment of a container of ours. */
export async function environmentOf(
  settings: Partial<TransferSettings>,
  credentials: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const { rclone } = await ensureBinaries(['rclone']);
  return { PATH: dirname(rclone), FLYBALL_TRANSFER: JSON.stringify({ digests: {}, ...settings }), ...credentials };
}

/** A folder that a test removes. */
export function scratch(): { readonly path: (name: string) => string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'flyball-transfer-'));
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Writes files below a folder. */
export function filled(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** As docs say that anyone can compute it. */
export function digestOf(folder: string): string {
  const command = String.raw`find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0r sha256sum | sha256sum`;
  return `sha256:${execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' }).slice(0, 64)}`;
}

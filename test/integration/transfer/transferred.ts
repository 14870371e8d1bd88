import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureBinaries } from '../../../hack/cluster/binaries.ts';
import type { Artifact } from '../../../src/transfer/ends.ts';
import { defaultLimits, type Limits } from '../../../src/transfer/limits.ts';
import { type Ending, run } from '../../../src/transfer/program.ts';
import type { TransferSettings } from '../../../src/transfer/settings.ts';

/** So short that a test sees what follows from them. */
export const shortLimits: Limits = { ...defaultLimits, patience: 20_000, backoffMin: 100, backoffMax: 1_000 };

export interface Transferred extends Ending {
  /** All that went to the log. */
  readonly lines: readonly string[];
  /** Of an end that was good. */
  readonly artifacts: readonly Artifact[];
}

export interface TransferOptions {
  readonly settings?: Partial<TransferSettings>;
  readonly credentials?: Readonly<Record<string, string>>;
  readonly limits?: Partial<Limits>;
  readonly stop?: AbortSignal;
  /** Told each line of the log as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Runs a command of the program with the real rclone. */
export async function transferred(
  command: string,
  words: readonly string[],
  { settings = {}, credentials = {}, limits = {}, stop, onLine }: TransferOptions,
): Promise<Transferred> {
  const lines: string[] = [];
  const ending = await run([command, ...words], {
    environment: await environmentOf(settings, credentials),
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

/** A folder that goes with the test. */
export function scratch(): { readonly path: (name: string) => string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'flyball-transfer-'));
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

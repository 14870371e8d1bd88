/** What a line of rclone's log says. */
export interface Line {
  /** An error, in its words. */
  readonly error?: string;
  /** The file that the error is about. */
  readonly about?: string;
  /** A file that has come whole. */
  readonly copied?: { readonly path: string; readonly size: number };
  /** How many bytes have come since rclone was started. */
  readonly bytes?: number;
  /** Changes while anything goes on. */
  readonly state: string;
}

interface Logged {
  readonly level?: string;
  readonly msg?: string;
  readonly object?: string;
  readonly objectType?: string;
  readonly size?: number;
  readonly stats?: Readonly<Record<string, unknown>>;
}

/** Reads a line of `--use-json-log`. What is none is an error: libraries of rclone write theirs as they like. */
export function lineOf(text: string): Line {
  const { level, msg = '', object = '', objectType = '', size = 0, stats } = parsed(text);
  if (stats !== undefined) return { bytes: Number(stats['bytes'] ?? 0), state: stateOf(stats) };
  const isObject = objectType.endsWith('Object');
  if (level === 'info' && isObject && / ?Copied \(/.test(msg)) return { copied: { path: object, size }, state: object };
  if (!isError(level, msg)) return { state: '' };
  const words = msg.replace(/^Failed to \w+(?: with \d+ errors: last error was)?: /, '').replace(identifiers, '');
  return { error: words, ...(isObject && { about: object }), state: '' };
}

/** They tell the store's people something, and nobody else. */
const identifiers = /RequestID: [^,]*, |HostID: [^,]*, /g;

/** "Attempt 1/1 failed" repeats the last error. */
function isError(level: string | undefined, msg: string): boolean {
  if (level === 'error' || level === 'critical') return !msg.startsWith('Attempt ');
  return level === 'notice' && msg.startsWith('Failed to ');
}

function stateOf(stats: Readonly<Record<string, unknown>>): string {
  return ['bytes', 'checks', 'transfers', 'listed', 'deletes', 'renames'].map((name) => String(stats[name])).join(' ');
}

function parsed(text: string): Logged {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Not JSON: told as it is.
  }
  return { level: 'error', msg: text };
}

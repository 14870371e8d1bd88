import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface Start {
  readonly program: string;
  readonly words: readonly string[];
  /** All of it: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly onLine: (line: string) => void;
  readonly onErrorLine: (line: string) => void;
  /** Ends the program. */
  readonly stop: AbortSignal;
  /** How long it may take to end, before it is killed. */
  readonly grace: number;
}

/** Runs a program without a shell. Resolves to its exit code once it has ended and all its lines were told; 128 and more is a signal. */
export async function started(start: Start): Promise<number> {
  const { program, words, environment, stop, grace } = start;
  stop.throwIfAborted();
  const child = spawn(program, words, { env: environment, stdio: ['pipe', 'pipe', 'pipe'], cwd: '/' });
  const closed = once(child, 'close') as Promise<[number | null]>;
  // A program that has ended takes no input any more, and tells why by its exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(start.input ?? '');
  let killing: NodeJS.Timeout | undefined;
  const end = (): void => {
    child.kill('SIGTERM');
    killing = setTimeout(() => child.kill('SIGKILL'), grace);
  };
  stop.addEventListener('abort', end);
  try {
    const [[code]] = await Promise.all([
      closed,
      eachLine(child.stdout, start.onLine),
      eachLine(child.stderr, start.onErrorLine),
    ]);
    return code ?? 128;
  } finally {
    stop.removeEventListener('abort', end);
    clearTimeout(killing);
  }
}

async function eachLine(stream: Readable, tell: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) tell(line);
}

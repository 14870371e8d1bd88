import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** What a command reads on its standard input (nothing by default), variables added to its environment, its folder. */
export interface RunOptions {
  readonly input?: string;
  readonly inputFile?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

/** Runs a command to its end and returns its standard output. Throws with its standard error when it fails. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const file = options.inputFile === undefined ? undefined : openSync(options.inputFile, 'r');
  try {
    const child = spawn(command, args, {
      stdio: [file ?? (options.input === undefined ? 'ignore' : 'pipe'), 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
      cwd: options.directory,
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
    child.stdin?.on('error', (error) => errors.push(Buffer.from(error.message)));
    child.stdin?.end(options.input);
    const code = await new Promise<number | string | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) => resolve(status ?? signal));
    });
    if (code === 0) return Buffer.concat(output).toString();
    const said = Buffer.concat(errors).toString().trim() || Buffer.concat(output).toString().trim();
    throw new Error(`${[command, ...args].join(' ')} failed (${code}): ${said}`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * Asks `condition` until it answers something other than undefined, false or an error, and returns that answer.
 * Throws after `seconds`, naming what was awaited and the last error.
 */
export async function waitFor<T>(
  what: string,
  seconds: number,
  condition: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last = '';
  for (;;) {
    try {
      const answer = await condition();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      last = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s for ${what} in vain${last}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

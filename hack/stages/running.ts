/** A stage as a process group of its own, so that all that it started can be ended at once. */
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import type { Readable } from 'node:stream';
import type { Ended } from './count.ts';
import type { Stage } from './stages.ts';

export interface Running {
  readonly stage: Stage;
  /** On the clock of `performance`. */
  readonly since: number;
  /** Resolves when all that it started has closed its outputs. */
  readonly ended: Promise<Ended>;
  signal(signal: 'SIGTERM' | 'SIGKILL'): void;
}

/** How much nicer a stage is that yields: it has about a tenth of what the others have where there is not enough for all. */
const niceness = 10;

/** Starts a stage, whose output is told line by line as it comes. */
export function start(stage: Stage, resultsFile: string, tell: (line: string) => void): Running {
  const [program = '', ...words] = stage.command;
  const results = stage.counted === 'jest' ? ['--json', `--outputFile=${resultsFile}`] : [];
  const child = spawn(program, [...words, ...results], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const { pid } = child;
  if (pid !== undefined && stage.yields) setPriority(pid, niceness);
  let end = '';
  const told = [child.stdout, child.stderr].map((output) =>
    eachLine(output, (line) => {
      end = `${end}${line}\n`.slice(-16_384);
      tell(line);
    }),
  );
  const closed = new Promise<number>((resolve) => {
    child.on('close', (code) => resolve(code ?? 1));
    child.on('error', (error) => {
      tell(error.message);
      resolve(1);
    });
  });
  const ended = closed.then((exitCode) => {
    for (const rest of told) rest();
    return { exitCode, end, resultsFile };
  });
  const signal = (name: 'SIGTERM' | 'SIGKILL') => {
    if (pid === undefined) return;
    try {
      process.kill(-pid, name);
    } catch {
      // It has ended meanwhile.
    }
  };
  return { stage, since: performance.now(), ended, signal };
}

/** Calls `tell` with each whole line; what it returns tells the rest of the last one. */
function eachLine(output: Readable, tell: (line: string) => void): () => void {
  let rest = '';
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) tell(line);
  });
  return () => {
    if (rest !== '') tell(rest);
  };
}

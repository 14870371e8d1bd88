import { writeFileSync } from 'node:fs';
import { defaultLimits } from './limits.ts';
import { run } from './program.ts';

/** Where the kubelet reads how a container ended. */
const terminationLog = '/dev/termination-log';

/**
 * The program of the containers that fetch, verify, save and upload checkpoints: the composition root, and the only reader of the
 * environment.
 */
async function main(): Promise<number> {
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  process.once('SIGINT', () => stop.abort());
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const words = process.argv.slice(2);
  const { code, message } = await run(words, {
    environment: process.env,
    limits: defaultLimits,
    say,
    stop: stop.signal,
  });
  say(message);
  tell(message);
  return code;
}

/** Outside of a pod there is no such file, and none is made: the log has said it. */
function tell(message: string): void {
  try {
    writeFileSync(terminationLog, message, { flag: 'r+' });
  } catch (error) {
    process.stderr.write(`${terminationLog} cannot be written: ${String(error)}\n`);
  }
}

process.exitCode = await main();

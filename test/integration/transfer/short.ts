/** The program as main.ts runs it, but that it waits for nothing for long. */
import { run } from '../../../src/transfer/program.ts';
import { shortLimits } from './transferred.ts';

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
const { code, message } = await run(process.argv.slice(2), {
  environment: process.env,
  limits: { ...shortLimits, settle: 100 },
  say: (line) => console.log(line),
  stop: stop.signal,
});
console.log(message);
process.exitCode = code;

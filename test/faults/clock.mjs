/**
 * Loaded into an operator before its own code (`node --import`): shifts its calendar clock by the milliseconds in the file that
 * FAULTS_CLOCK names, read at the start and at each SIGUSR2. The monotonic clock and timers stay right, as on a machine whose
 * clock is set.
 */
import { readFileSync } from 'node:fs';

const RealDate = Date;
let shift = 0;

function read() {
  try {
    shift = Number(readFileSync(process.env.FAULTS_CLOCK, 'utf8'));
  } catch {
    shift = 0;
  }
}

const now = () => RealDate.now() + shift;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: (target) => new target(now()).toString(),
  get: (target, property) => (property === 'now' ? now : target[property]),
});

process.on('SIGUSR2', read);
read();

/**
 * Loaded before the operator's file by `node --import`: its servers listen on any free port, so that two operators, or one that
 * happens to run on this machine already, do not stand in each other's way. Where metrics are served goes to BENCH_PORTS_FILE.
 * JavaScript, because what Node needs to read TypeScript would be counted as 19 MiB of the operator's memory.
 */
import { appendFileSync } from 'node:fs';
import { Server } from 'node:net';

const file = process.env['BENCH_PORTS_FILE'] ?? '';
const listen = Reflect.get(Server.prototype, 'listen');

Server.prototype.listen = function (...args) {
  const [port, ...rest] = args;
  if (typeof port !== 'number') return listen.apply(this, args);
  this.once('listening', () => appendFileSync(file, `${port} ${this.address().port}\n`));
  return listen.apply(this, [0, '127.0.0.1', ...rest]);
};

/**
 * Loaded before the operator's file by `node --import`: its servers listen on any free port, so that two operators, or one that
 * happens to run on this machine already, do not stand in each other's way. Where metrics are served goes to BENCH_PORTS_FILE.
 */
import { appendFileSync } from 'node:fs';
import { type AddressInfo, Server } from 'node:net';

const file = process.env['BENCH_PORTS_FILE'] ?? '';
const listen = Reflect.get(Server.prototype, 'listen') as (...args: unknown[]) => Server;

Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
  const [port, ...rest] = args;
  if (typeof port !== 'number') return listen.apply(this, args);
  this.once('listening', () => appendFileSync(file, `${port} ${(this.address() as AddressInfo).port}\n`));
  return listen.apply(this, [0, '127.0.0.1', ...rest]);
} as Server['listen'];

/**
 * Loaded before the observer's file by `node --import`: it listens on other ports than in a pod, so that what runs on this machine already is
 * neither in its way nor asked in its place. JavaScript, and no import, because what these load would be counted as the observer's memory.
 */
const { Server } = process.getBuiltinModule('node:net');
const listen = Server.prototype.listen;

Server.prototype.listen = function ({ port }) {
  return listen.call(this, { host: '127.0.0.1', port: Number(process.env[`BENCH_PORT_${port}`]) });
};

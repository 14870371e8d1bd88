import { createServer } from 'node:net';

/**
 * Below the ports that the kernel gives to outgoing connections: there are hundreds of those here, and each could take a port
 * between its choice and its use.
 */
const range = { first: 15_000, last: 31_999 } as const;

/** Processes that run side by side begin far from each other, though their numbers are near. */
let next = range.first + ((process.pid * 1_009) % (range.last - range.first));

/** Ports of the loopback interface that nobody listens on and that were not given away for a long time. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort());
  return ports;
}

export async function portPair(): Promise<readonly [number, number]> {
  return [await freePort(), await freePort()];
}

async function freePort(): Promise<number> {
  for (let tries = range.first; tries <= range.last; tries += 1) {
    next = next >= range.last ? range.first : next + 1;
    const port = next;
    if (await isFree(port)) return port;
  }
  throw new Error(`all ports from ${range.first} to ${range.last} are taken`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

import { once } from 'node:events';
import { createServer } from 'node:net';
import { waitFor } from '../command.ts';

/**
 * Does `work` while no other process on this machine holds the lock of that name; waits for it up to 10 minutes. The
 * lock is an abstract socket: only one process can listen on it, and the kernel frees it when that process dies.
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const server = await waitFor(`the lock ${name}`, 600, async () => {
    const candidate = createServer();
    candidate.listen({ path: `\0flyball/${name}` });
    await once(candidate, 'listening');
    return candidate;
  });
  try {
    return await work();
  } finally {
    server.close();
  }
}

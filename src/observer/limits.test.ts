import { createServer } from 'node:http';
import { expect, it } from '@jest/globals';
import { headTimeout, limitsWithin } from './limits.ts';

const mebi = 1024 * 1024;

it.each([
  [
    'the memory of the pod template',
    256 * mebi,
    { connections: 2560, heads: 1024, requests: 1024, slow: 512, tunnels: 256 },
  ],
  ['no limit of memory', 0, { connections: 2560, requests: 1024 }],
  ['a limit that is none', 2 ** 63, { connections: 2560, requests: 1024 }],
  ['twice the room', 448 * mebi, { connections: 5120, requests: 2048 }],
  ['half the room', 160 * mebi, { connections: 1280, requests: 512 }],
  ['less than Node takes by itself', 32 * mebi, { connections: 320, requests: 128 }],
  ['very much memory', 64 * 1024 * mebi, { connections: 20480, requests: 8192 }],
])('%s decides how much is taken on', (_what, memory, want) => {
  expect(limitsWithin(memory)).toMatchObject(want);
});

it('whatever else there is, a connection that idles can make room', () => {
  for (const memory of [0, 100, 160, 256, 1000, 1 << 20].map((count) => count * mebi)) {
    const { connections, heads, requests, tunnels } = limitsWithin(memory);
    expect(heads + requests + tunnels).toBeLessThan(connections);
  }
});

it('a head may take as long as Node itself gives it', () => {
  expect(headTimeout).toBe(createServer().headersTimeout);
});

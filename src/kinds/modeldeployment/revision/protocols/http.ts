import type { Protocol } from './protocol.ts';

/** Nothing more is known than that it listens. */
export const http: Protocol = {
  name: 'HTTP',
  probe: (port) => ({ tcpSocket: { port } }),
};

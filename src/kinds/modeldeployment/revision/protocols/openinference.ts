import type { Protocol } from './protocol.ts';

/** See the Open Inference Protocol, "Server Ready" and "Server Live". */
export const openInference: Protocol = {
  name: 'OpenInference',
  probe: (port) => ({ httpGet: { path: '/v2/health/ready', port } }),
  lives: (port) => ({ httpGet: { path: '/v2/health/live', port } }),
};

import type { Protocol } from './protocol.ts';
import { zeros } from './tensors.ts';

/** See the Open Inference Protocol, "Server Ready", "Server Live", "Model Metadata" and "Inference". */
export const openInference: Protocol = {
  name: 'OpenInference',
  probe: (port) => ({ httpGet: { path: '/v2/health/ready', port } }),
  lives: (port) => ({ httpGet: { path: '/v2/health/live', port } }),
  asking: {
    path: (model) => `/v2/models/${encodeURIComponent(model)}/infer`,
    description: (model) => `/v2/models/${encodeURIComponent(model)}`,
    example: zeros,
  },
};

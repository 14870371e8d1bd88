import type { Protocol } from '../../../src/kinds/modeldeployment/revision/protocols/protocol.ts';

/** A protocol that Flyball does not have: gRPC's own health checks. */
export const grpcHealth: Protocol = {
  name: 'GRPC',
  probe: (port) => ({ grpc: { port, service: 'inference.GRPCInferenceService' } }),
};

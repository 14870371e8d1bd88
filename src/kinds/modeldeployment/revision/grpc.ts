/** Servers that listen for gRPC beside the port that is observed. */
import type { IContainerPort } from 'kubernetes-models/v1';
import type { ServerSpec } from '../../../api/types.ts';

/** As pods and Services call the port. */
export const grpcPortName = 'grpc';

/** The port of the server's container; none if it speaks no gRPC. */
export function grpcPorts({ grpcPort }: ServerSpec): readonly IContainerPort[] {
  return grpcPort === undefined ? [] : [{ name: grpcPortName, containerPort: grpcPort, protocol: 'TCP' }];
}

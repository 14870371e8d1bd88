import type { IModelDeployment } from '../../../api/types.ts';
import { mainOf } from '../../../workload/origin.ts';
import { grpcPortName } from './grpc.ts';
import type { RevisionWorkload } from './workload.ts';

/** Whether some revision listens for gRPC: the one that the spec describes, or one that was made and has pods. */
export function takesGRPC({ spec }: IModelDeployment, workloads: readonly RevisionWorkload[]): boolean {
  const hasPods = ({ pods }: RevisionWorkload) => pods.wanted > 0 || pods.present > 0;
  return spec.server.grpcPort !== undefined || workloads.some((one) => hasPods(one) && listensForGRPC(one));
}

/** Whether the pods of a workload do. */
export function listensForGRPC({ workload, object }: RevisionWorkload): boolean {
  const main = mainOf(workload.making(object)?.template.spec?.containers);
  return main?.ports?.some(({ name }) => name === grpcPortName) === true;
}

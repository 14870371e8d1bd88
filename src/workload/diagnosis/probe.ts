import type { IContainer, IProbe } from 'kubernetes-models/v1';
import { shortened } from '../../api/condition.ts';
import type { ContainerReport } from './containers.ts';

const longestPath = 128;

/** What the kubelet asks a container before it counts as started or ready, in words: "its startupProbe asks GET /healthz of port 8080". */
export function askedBy({ spec, status }: ContainerReport): string | undefined {
  const which = status.started !== true && spec?.startupProbe !== undefined ? 'startupProbe' : 'readinessProbe';
  const probe = spec?.[which];
  return spec === undefined || probe === undefined ? undefined : `its ${which} asks ${question(probe, spec)}`;
}

/** Whether the kubelet asks a path of it, which may be another one than the container has. */
export function isAskedForPath({ spec }: ContainerReport): boolean {
  return spec?.readinessProbe?.httpGet !== undefined;
}

/** What the kubelet asks a container, and ends it if it gets no answer; undefined if it does not. The reason is told by events alone. */
export function endedUnlessAnswering({ spec }: ContainerReport): string | undefined {
  const probe = spec?.livenessProbe;
  return spec === undefined || probe === undefined ? undefined : question(probe, spec);
}

function question({ httpGet, tcpSocket, grpc }: IProbe, spec: IContainer): string {
  if (httpGet) return `GET ${shortened(httpGet.path ?? '/', longestPath)} of port ${portOf(httpGet.port, spec)}`;
  if (tcpSocket) return `whether port ${portOf(tcpSocket.port, spec)} is open`;
  return grpc ? `the gRPC health service of port ${grpc.port}` : 'a command in it';
}

/** A port may be given by its name. */
function portOf(port: number | string, { ports }: IContainer): number | string {
  return ports?.find(({ name }) => name === port)?.containerPort ?? port;
}

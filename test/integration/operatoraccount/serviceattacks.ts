import type { IService, IServicePort } from 'kubernetes-models/v1';
import { named, service, services, type Write } from './writes.ts';

const { ports = [] } = service.spec ?? {};
const grpc: IServicePort = { name: 'grpc', port: 8001, targetPort: 'grpc' };
const theirs: IServicePort = { name: 'grpc', port: 9000, targetPort: 9000 };

/** What people have made of Services of ours: one that all nodes have, and one with a port of their own. */
const outside = ports.map((port) => ({ ...port, nodePort: 30080 }));
export const editedServices: readonly IService[] = [
  named({ ...service, spec: { ...service.spec, type: 'NodePort', ports: outside } }, 'outside'),
  named({ ...service, spec: { ...service.spec, ports: [...ports, theirs] } }, 'extended'),
];

export const addedOutside: Write = {
  what: 'the port for gRPC of a Service that all nodes have',
  method: 'PATCH',
  path: `${services()}/outside`,
  body: { spec: { ports: [...outside, grpc] } },
};

/** What a thief of the operator's token may try with Services that are there: which one, the patch, and the policies that refuse it. */
export const changedServices: readonly (readonly [what: string, path: string, body: object, refusedBy: string])[] = [
  ["somebody's Service", `${services()}/bank`, { spec: { selector: { app: 'evil' } } }, 'children|services'],
  ['what a Service of ours selects', `${services()}/ours`, { spec: { selector: { app: 'bank' } } }, 'services'],
  [
    'where a Service of ours leads',
    `${services()}/ours`,
    { spec: { ports: [{ port: 80, targetPort: 22 }] } },
    'services',
  ],
  [
    'where the port for gRPC leads',
    `${services()}/ours`,
    { spec: { ports: [...ports, { ...grpc, targetPort: 22 }] } },
    'services',
  ],
  [
    'the port for gRPC at another number',
    `${services()}/ours`,
    { spec: { ports: [...ports, { ...grpc, port: 22 }] } },
    'services',
  ],
  [
    "somebody's port of a Service of ours, so that it is gone",
    `${services()}/extended`,
    { spec: { ports } },
    'services',
  ],
  [
    'what a controller of load balancers makes of a Service of ours',
    `${services()}/ours`,
    { metadata: { annotations: { 'example.com/internet-facing': 'true' } } },
    'services',
  ],
  [
    'which pod of a Service of ours clients come to',
    `${services()}/ours`,
    { spec: { sessionAffinity: 'ClientIP' } },
    'services',
  ],
  [
    'the nodes from which a Service of ours is reached',
    `${services()}/ours`,
    { spec: { internalTrafficPolicy: 'Local' } },
    'services',
  ],
  ['a Service of ours that all nodes have', `${services()}/ours`, { spec: { type: 'NodePort' } }, 'services'],
  [
    'a Service of ours with an external address',
    `${services()}/ours`,
    { spec: { externalIPs: ['10.0.0.1'] } },
    'services',
  ],
];

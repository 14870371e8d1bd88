import { service, services } from './writes.ts';

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
    { spec: { ports: [...(service.spec?.ports ?? []), { name: 'grpc', port: 8001, targetPort: 22 }] } },
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

import type { Kind } from '../../../src/api/resource.ts';

export const leases: Kind = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', plural: 'leases' };

import type { Workload } from '../workload.ts';
import { deployment } from './deployment.ts';

/** All there are. A revision runs on the first that builds something for it. */
export const workloads: readonly Workload[] = [deployment];

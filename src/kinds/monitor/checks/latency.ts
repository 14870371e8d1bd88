import { observedRequests } from './observed.ts';
import type { Check } from './check.ts';

/** A quantile of the time to answer, to the first byte or to the end, in seconds. */
export const latency: Check = {
  name: 'latency',
  measure: (check, revision) => (check.latency === undefined ? undefined : observedRequests(check, revision)),
};

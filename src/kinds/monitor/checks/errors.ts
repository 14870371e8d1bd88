import { observedRequests } from './observed.ts';
import type { Check } from './check.ts';

/** The share of requests answered with 500 or above, between 0 and 1. */
export const errors: Check = {
  name: 'errors',
  measure: (check, revision) => (check.errors === undefined ? undefined : observedRequests(check, revision)),
};

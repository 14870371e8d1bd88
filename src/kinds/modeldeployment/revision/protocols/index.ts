import { http } from './http.ts';
import { openInference } from './openinference.ts';
import type { Protocol } from './protocol.ts';

/** All protocols. */
export const protocols: readonly Protocol[] = [openInference, http];

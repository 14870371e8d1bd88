import { http } from './http.ts';
import { openAI } from './openai.ts';
import { openInference } from './openinference.ts';
import type { Protocol } from './protocol.ts';

/** All protocols. */
export const protocols: readonly Protocol[] = [openInference, openAI, http];

import type { Stage } from './stage.ts';
import { train } from './train.ts';

/** The stages of an attempt, in their order. */
export const stages: readonly Stage[] = [train];

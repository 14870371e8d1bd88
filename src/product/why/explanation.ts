import type { UnreadEvidence } from './evidence.ts';

import type { Actor } from '../../api/reason.ts';

/** One thing to do, with the command for it. */
export interface Step {
  /** As a clause without full stop. */
  readonly text: string;
  readonly command?: string;
}

/** Where something is seen, in the words that stand there. */
export interface Proof {
  /** "event FailedCreate of Job fraud-1-train". */
  readonly source: string;
  /** Words of others: they are shown, not explained. */
  readonly words: string;
  /** When it was seen last; RFC 3339. */
  readonly at?: string;
}

/** What is known of why something is as it is. */
export interface Cause {
  /** What is happening, where the status does not tell it yet: "attempt fraud-1 gets no pods". */
  readonly what?: string;
  /** As a sentence without full stop. */
  readonly why: string;
  /** RFC 3339; absent if the conditions know better, or nobody does. */
  readonly since?: string;
  readonly actor: Actor;
  /** What helps, the likeliest first; without any what the conditions advise stands. */
  readonly next?: readonly Step[];
  readonly proofs: readonly Proof[];
}

/** How an object stands, by its status and by the code that wrote that. */
export interface Standing extends Cause {
  /** What is happening, as a sentence without full stop. */
  readonly what: string;
  /** CamelCase, of the condition that tells it; absent if none does. */
  readonly reason?: string;
  /** Whether it is as it should be, so that nobody looks for causes. */
  readonly isWell: boolean;
  readonly next: readonly Step[];
}

/** The answer, in the order in which people ask. */
export interface Explanation {
  readonly what: string;
  readonly reason?: string;
  /** RFC 3339. */
  readonly since?: string;
  readonly why: string;
  readonly actor: Actor;
  readonly next: readonly Step[];
  readonly evidence: readonly Proof[];
  readonly unread: readonly UnreadEvidence[];
}

/** A Kubernetes condition, see the API conventions, "Typical status properties". */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionTime: string;
  readonly observedGeneration?: number;
}

export type NewCondition = Omit<Condition, 'lastTransitionTime'>;

/** The most characters of a message, in conditions and elsewhere in status. */
export const longestMessage = 1024;

/** The most that is shown of what others said. */
const longestQuote = 512;

/** What the cluster or a container said: it is shown as it is, not explained. */
export interface Quote {
  /** As a sentence begins: "the kubelet". */
  readonly by: string;
  readonly words: string | undefined;
}

/**
 * The conditions of an object after a decision: those of `wanted`, each keeping its old transition time unless its status
 * changed. Conditions that are not wanted any more disappear, so that Reconciling and Stalled exist only while True.
 */
export function conditions(
  previous: readonly Condition[] | undefined,
  wanted: readonly NewCondition[],
  now: Date,
): Condition[] {
  return wanted.map((condition) => {
    const before = previous?.find((old) => old.type === condition.type);
    const unchanged = before?.status === condition.status;
    return {
      ...condition,
      message: shortened(condition.message),
      lastTransitionTime: unchanged ? before.lastTransitionTime : timestamp(now),
    };
  });
}

/** The condition of a type, if the object has one. */
export function findCondition(all: readonly Condition[] | undefined, type: string): Condition | undefined {
  return all?.find((condition) => condition.type === type);
}

/** RFC 3339 with the precision of seconds, as metav1.Time has. */
export function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** What is longer than `longest` characters ends with "…". */
export function shortened(text: string, longest = longestMessage): string {
  // Not within a pair of code units that is one character.
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/**
 * Our own words and then those of others, of which there is only so much as fits, as one line that does nothing to a terminal: so
 * the remedy stands first and is never cut. Between them is a semicolon, since our words may end with a command.
 */
export function quoting(message: string, quote: Quote | undefined, longest = longestMessage): string {
  const line = (quote?.words ?? '')
    .replaceAll('`', "'")
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/[ .]+$/, '')
    .trim();
  const lead = `; ${quote?.by} said: `;
  const room = Math.min(longestQuote, longest - message.length - lead.length);
  return line === '' || room < 1 ? message : `${message}${lead}${shortened(line, room)}`;
}

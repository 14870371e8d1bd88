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

const longestMessage = 1024;

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

function shortened(message: string): string {
  return message.length <= longestMessage ? message : `${message.slice(0, longestMessage - 1)}…`;
}

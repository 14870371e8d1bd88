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
  /** Which part of long words tells most: the end of a log. Else the beginning. */
  readonly telling?: 'End';
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

/** What is longer than `longest` characters begins with "…". */
function endOf(text: string, longest: number): string {
  return text.length <= longest ? text : `…${text.slice(text.length - longest + 1).replace(/^[\uDC00-\uDFFF]/, '')}`;
}

/** What a terminal obeys instead of showing it: colours, cursor moves (CSI), titles and links (OSC and its relatives). */
const terminalSequences =
  // oxlint-disable-next-line no-control-regex -- they are what it looks for
  /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|(?:\u001B[PX\]^_]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)|\u001B[ -/]*[0-~]/g;

/** Words of others as one line that does nothing to a terminal and holds no command of ours. */
export function oneLine(words: string): string {
  return words
    .toWellFormed()
    .replace(terminalSequences, '')
    .replaceAll('`', "'")
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
}

/**
 * Our own words and then those of others, of which there is only so much as fits: so the remedy stands first and is never cut.
 * Between them are semicolons, since our words may end with a command. Several quotes share the room.
 */
export function quoting(
  message: string,
  quotes: Quote | readonly Quote[] | undefined,
  longest = longestMessage,
): string {
  const said = [quotes ?? []].flat().flatMap(({ by, words = '', telling }) => {
    const line = oneLine(words).replace(/[ .]+$/, '');
    return line === '' ? [] : [{ lead: `; ${by} said: `, line, cut: telling === 'End' ? endOf : shortened }];
  });
  const most = Math.floor(longestQuote / said.length);
  return said.reduce((text, { lead, line, cut }, index) => {
    const room = Math.min(most, Math.floor((longest - text.length) / (said.length - index)) - lead.length);
    return room < 1 ? text : `${text}${lead}${cut(line, room)}`;
  }, message);
}

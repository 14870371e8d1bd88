import { oneLine } from './text.ts';

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
 * changed. Conditions that are not wanted any more disappear, so that Reconciling and Stalled exist only while True. Stalled
 * comes first and then the summary, since the column REASON of `kubectl get` shows the first.
 */
export function conditions(
  previous: readonly Condition[] | undefined,
  wanted: readonly NewCondition[],
  now: Date,
): Condition[] {
  const isStalled = ({ type }: NewCondition) => type === 'Stalled';
  const ordered = [...wanted.filter(isStalled), ...wanted.filter((condition) => !isStalled(condition))];
  return ordered.map((condition) => {
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

/** The most bytes of so many characters: a status is limited in bytes, and no script shall take three times the room of another. */
function mostBytes(characters: number): number {
  return Math.ceil(1.5 * characters);
}

const ellipsisBytes = 3;

/** As UTF-8. */
function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x1_0000 ? 3 : 4;
}

function hasRoom(text: string, longest: number): boolean {
  if (text.length > longest) return false;
  // No code unit takes more than three bytes, so that few texts have to be counted.
  if (3 * text.length <= mostBytes(longest)) return true;
  return Array.from(text).reduce((sum, character) => sum + bytesOf(character), 0) <= mostBytes(longest);
}

/** How many code units at the beginning of `characters` have room beside "…". */
function unitsWithRoom(characters: readonly string[], longest: number): number {
  let [units, bytes] = [1, ellipsisBytes];
  for (const character of characters) {
    units += character.length;
    bytes += bytesOf(character);
    if (units > longest || bytes > mostBytes(longest)) return units - character.length - 1;
  }
  return units - 1;
}

/** What is longer than `longest` characters, or takes half as many bytes more, ends with "…". */
export function shortened(text: string, longest = longestMessage): string {
  if (hasRoom(text, longest)) return text;
  return `${text.slice(0, unitsWithRoom(Array.from(text.slice(0, longest)), longest))}…`;
}

/** The same, but it begins with "…". */
function endOf(text: string, longest: number): string {
  if (hasRoom(text, longest)) return text;
  const units = unitsWithRoom(Array.from(text.slice(-longest)).toReversed(), longest);
  return `…${text.slice(text.length - units)}`;
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

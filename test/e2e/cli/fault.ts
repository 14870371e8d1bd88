/** What a fault is: what somebody did, how it shows, and what an answer has to have. */
import { stringify } from 'yaml';
import type { Place } from '../outcomes/place.ts';

/** Whose move it is, in the words of `kubectl flyball why`; nobody's where it goes on by itself. */
type Actor = 'Author' | 'Approver' | 'Administrator' | 'Nobody';

/** Says which fault a namespace is for, so that a policy can tell. */
export const faultLabel = 'example.com/fault';

/** What a good answer has, and what helps. */
export interface Expected {
  /** Each of these is in the answer. */
  readonly cause: readonly RegExp[];
  readonly actor: Actor;
  /** Lines for a shell whose kubectl works in the namespace of the fault, after which it is gone. */
  readonly fix: string;
}

/** Something that goes wrong, as it is made on a cluster. */
export interface Fault {
  readonly title: string;
  /** What people ask about, as `trun/NAME`. */
  readonly about: string;
  /** What people applied. */
  readonly objects: readonly object[];
  /** What is there before that, such as a quota. */
  readonly before?: readonly object[];
  /** What somebody did afterwards. */
  readonly afterwards?: (place: Place) => Promise<void>;
  /** By what it is seen that the fault is there: conditions of what people ask about, as `Type=Status Reason: message`. */
  readonly shows: readonly RegExp[];
  readonly expect: Expected;
  /** What is to be seen once the fix was applied, of the same conditions; of a fault that is played live. */
  readonly works?: RegExp;
}

/** Faults by their names. */
export type Faults = Readonly<Record<string, Fault>>;

/** The lines that apply objects. */
export function applied(...objects: readonly object[]): string {
  const manifest = objects.map((object) => stringify(object)).join('---\n');
  return `kubectl apply --filename - <<'END'\n${manifest}END`;
}

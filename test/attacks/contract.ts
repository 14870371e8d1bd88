import type { Right } from './rights.ts';
import type { Scene } from './scene.ts';
import type { World } from './world.ts';

/** What somebody tries who has a few rights in a namespace, and what it would give that they do not. */
export interface Attack {
  /** What is attempted, as a clause: "gives the Job of a running attempt another image in its snapshot". */
  readonly name: string;
  readonly rights: readonly Right[];
  /** What stands before: the victims. */
  readonly prepare: (scene: Scene) => Promise<unknown>;
  readonly attempt: (scene: Scene) => Promise<unknown>;
  /** What comes later by itself or by others, and makes the attack tell. */
  readonly aftermath?: (scene: Scene) => Promise<unknown>;
  /** What would be gained, as a clause: "the retry runs it". */
  readonly gain: string;
  /** What shows that it was gained, in words; asked at each change of the namespace. */
  readonly gained?: (scene: Scene) => string | undefined;
  /** What shows at the end that something was taken from others. */
  readonly lost?: (scene: Scene) => string | undefined;
  /** What else than a policy or the operator refuses it: roles that do not give the right, or the schema. */
  readonly refusedBy?: 'Rights' | 'Schema';
  /** All unless said otherwise; then `because` says why it is no attack elsewhere. */
  readonly worlds?: readonly World[];
  readonly because?: string;
  /** How long its effect may take to show after the aftermath, in milliseconds. */
  readonly patience?: number;
}

/** For what Kubernetes itself does with what it is told, which the operator cannot undo. */
export const onlyByPolicy = {
  worlds: ['Stopped', 'Running'],
  because: 'without the policy it is the right that Kubernetes gives',
} as const satisfies Partial<Attack>;

export interface Topic {
  readonly name: string;
  readonly attacks: readonly Attack[];
}

/** What people and programs do lawfully: it has to work as ever. */
export interface Deed {
  readonly name: string;
  readonly rights: readonly Right[];
  readonly prepare: (scene: Scene) => Promise<unknown>;
  readonly act: (scene: Scene) => Promise<unknown>;
  /** Whether it had its effect; waited for. */
  readonly works: (scene: Scene) => boolean;
  readonly worlds?: readonly World[];
  readonly because?: string;
}

/** What came of one attack or deed in one world. */
export interface Outcome {
  readonly world: World;
  readonly topic: string;
  readonly name: string;
  readonly who: string;
  readonly gain: string;
  /** Whether it is as it should be: an attack was held, a deed worked. */
  readonly isGood: boolean;
  /** What held the attack, or how it succeeded. */
  readonly by: string;
  /** What its author reads. */
  readonly words: string;
  readonly seconds: number;
}

import type { Condition } from '../../api/condition.ts';

/** What a state means to people, beside its word. */
export type Tone = 'good' | 'bad' | 'waiting' | 'faint';

/** What a line of the tree is about: a kind of object, or a part of one. */
export type NodeKind =
  | 'Product'
  | 'TrainingRun'
  | 'Attempt'
  | 'Stage'
  | 'Job'
  | 'Pod'
  | 'ModelVersion'
  | 'ModelDeployment'
  | 'Revision'
  | 'Monitor'
  | 'Check';

/** One line of the tree, with what lies below it. All of it is data: who draws it decides how times and folded lines look. */
export interface TreeNode {
  readonly kind: NodeKind;
  readonly namespace: string;
  readonly name: string;
  /** One word in CamelCase, as conditions, verdicts and pods have it. */
  readonly state: string;
  readonly tone: Tone;
  /** What is going on, as a clause. It tells no time that passes, so that it is another one only when something has changed. */
  readonly detail?: string;
  /** All that the operator says of it, with remedies and commands. */
  readonly message?: string;
  /** RFC 3339. Since when the state is so, as far as anybody knows. */
  readonly since?: string;
  /** What comes by itself, and when. */
  readonly due?: Due;
  /** What a program would otherwise read out of `detail`. */
  readonly figures?: Figures;
  /** Whether it is over and of no consequence, so that people see it counted unless they ask for it. */
  readonly isPast?: true;
  readonly children: readonly TreeNode[];
}

export interface Due {
  /** As a sentence begins that a time ends: "the hold ends". */
  readonly what: string;
  /** RFC 3339. */
  readonly time: string;
}

export type Figures = Readonly<Record<string, string | number | boolean>>;

/** How something stands: the part of a node that its conditions tell. */
export type Standing = Pick<TreeNode, 'state' | 'tone' | 'detail' | 'message' | 'since'>;

export type Conditions = readonly Condition[] | undefined;

/** The clauses that there are, as one. */
export function clauses(...parts: readonly (string | undefined)[]): string | undefined {
  const told = parts.filter((part) => part !== undefined && part !== '');
  return told.length === 0 ? undefined : told.join('; ');
}

/** The given figures without those that nobody knows. */
export function figures(all: Readonly<Record<string, string | number | boolean | undefined>>): Figures {
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

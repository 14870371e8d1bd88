/** Why conditions, attempts and verdicts are what they are: each reason has a line in a table, which says what it means to people. */

/** Whose move it is: who has to act so that it goes on, or becomes well. */
export const actors = {
  Nobody: 'It goes on by itself, or all is well.',
  Author: 'Who writes the object: its spec, or the image, the code or the data that it names.',
  Approver: 'Who decides about a rollout: approves it, lets it go on or ends it.',
  Administrator: 'Who runs the cluster, the namespace or Flyball.',
} as const;

export type Actor = keyof typeof actors;

interface Meaning {
  /** What it means, as sentences for people. */
  readonly meaning: string;
  /** Where it is seen, as a phrase: "the status of the pod". */
  readonly evidence: string;
  /** Who has to act, where nothing else is known. */
  readonly actor: Actor;
}

/** Whoever has to act is told what to do, as a sentence. */
export type Reason = Meaning &
  ({ readonly actor: 'Nobody' } | { readonly actor: Exclude<Actor, 'Nobody'>; readonly remedy: string });

/** Of what the API server refuses, see refusal.ts. All kinds have these. */
export const refusalReasons = {
  Forbidden: {
    meaning:
      'The API server forbids a write that the operator has to make: a quota, an admission policy or missing rights deny it.',
    evidence: "the API server's words in the condition, the quotas and the policies of the namespace",
    actor: 'Administrator',
    remedy:
      'Raise the quota, change the admission policy, or install the chart anew so that the operator has its rights.',
  },
  Invalid: {
    meaning: 'The API server refuses an object as invalid that the operator makes of the spec.',
    evidence: "the API server's words in the condition",
    actor: 'Author',
    remedy: 'Correct the field that the API server names.',
  },
  NameConflict: {
    meaning: 'An object of the name that is needed exists and belongs to something else. It is left alone.',
    evidence: 'the owner of the object that the condition names',
    actor: 'Author',
    remedy: 'Rename one of the two, or delete the other object.',
  },
  LabelChanged: {
    meaning: 'An object of the operator lost the label by which it is watched.',
    evidence: 'the labels of the object that the condition names',
    actor: 'Author',
    remedy: 'Give the object its label back, or delete it: the operator makes it again.',
  },
  NotServed: {
    meaning: 'The API server does not have a kind that is needed, or the operator may not watch it.',
    evidence: "the API server's words in the condition, its API resources and the roles of the operator",
    actor: 'Administrator',
    remedy: 'Install what serves the kind, or give the operator its rights: install the chart anew.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

export type RefusalReason = keyof typeof refusalReasons;

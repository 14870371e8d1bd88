import { conditions } from '../../src/api/condition.ts';
import { conditionHeadline } from '../../src/api/headline.ts';
import { type Kind, keyOf, ownerReference, type Resource, uidOf } from '../../src/api/resource.ts';
import type { Action, Controller, Parent, Plan } from '../../src/controller.ts';

/** A kind with a child of its own name, as small as a controller can be. */
export interface Gadget extends Parent {
  readonly spec?: { readonly size?: number };
}

export const gadgets: Kind<Gadget> = { apiVersion: 'test.dev/v1', kind: 'Gadget', plural: 'gadgets' };
export const parts: Kind = { apiVersion: 'test.dev/v1', kind: 'Part', plural: 'parts' };

interface Observed {
  readonly gadget: Gadget;
  readonly parts: readonly Resource[];
}

/** Makes one part and is Ready when it sees it; `more` adds to the plan. */
export function gadgetController(more: (observed: Observed) => Partial<Plan<Gadget>> = () => ({})) {
  return {
    kind: gadgets,
    watches: [
      {
        kind: parts,
        parents: ({ metadata }: Resource) =>
          (metadata?.ownerReferences ?? []).map(({ name }) => ({ namespace: metadata?.namespace ?? '', name })),
      },
    ],
    observe: (gadget, read) => Promise.resolve({ gadget, parts: read.ownedBy(parts, uidOf(gadget)) }),
    plan: (observed, now) => ({
      actions: observed.parts.length > 0 ? [] : [createPart(observed.gadget)],
      status: {
        conditions: conditions(
          observed.gadget.status?.conditions,
          [
            observed.parts.length > 0
              ? { type: 'Ready', status: 'True', reason: 'Made', message: 'the part is there' }
              : { type: 'Ready', status: 'Unknown', reason: 'Making', message: 'the part is being made' },
          ],
          now,
        ),
      },
      ...more(observed),
    }),
    refused: (_status, { reason, message }) => ({
      conditions: [{ type: 'Ready', status: 'False', reason, message, lastTransitionTime: '2026-11-24T00:00:00Z' }],
    }),
    headline: (status) => conditionHeadline(status.conditions, 'Ready', 'one'),
  } satisfies Controller<Gadget, Observed>;
}

export function createPart(gadget: Gadget): Action {
  const { apiVersion, kind } = parts;
  const metadata = { ...keyOf(gadget), ownerReferences: [ownerReference(gadget)] };
  return { type: 'Create', kind: parts, object: { apiVersion, kind, metadata } };
}

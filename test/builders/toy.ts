import { conditions } from '../../src/api/condition.ts';
import { conditionHeadline } from '../../src/api/headline.ts';
import { explained, stalled } from '../../src/api/refusal.ts';
import { type Kind, keyOf, ownerReference, type Resource, uidOf } from '../../src/api/resource.ts';
import type { Action, Controller, Parent, Plan } from '../../src/controller.ts';

/** A kind with a child of its own name, as small as a controller can be. */
export interface Gadget extends Parent {
  readonly spec?: { readonly size?: number };
}

export const gadgets: Kind<Gadget> = { apiVersion: 'test.dev/v1', kind: 'Gadget', plural: 'gadgets' };
export const parts: Kind = { apiVersion: 'test.dev/v1', kind: 'Part', plural: 'parts' };

export interface Observed {
  readonly gadget: Gadget;
  readonly parts: readonly Resource[];
}

/** Makes one part and is Ready when it sees it; `more` adds to the plan. */
export function gadgetController(
  more: (observed: Observed) => Partial<Plan<Gadget>> = () => ({}),
): Controller<Gadget, Observed> {
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
    plan: (observed, _answers, now) => ({
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
    refused: ({ conditions: planned }, refusal, gadget, now) => {
      const why = explained(refusal, gadget);
      const status = refusal.type === 'UnservedKind' ? 'Unknown' : 'False';
      return { conditions: stalled(gadget, planned, [{ type: 'Ready', status, ...why }], why, now) };
    },
    headline: (status) => conditionHeadline(status.conditions, 'Ready', 'one'),
  };
}

/** Paint is optional: a gadget is Painted where the API server has paints, and goes without one where it has none. */
export const paints: Kind = { apiVersion: 'paint.dev/v1', kind: 'Paint', plural: 'paints' };

/** As `gadgetController`, and tells in a condition whether there is paint. */
export function paintedGadgetController() {
  const plain = gadgetController();
  return {
    ...plain,
    watches: [
      ...plain.watches,
      { kind: paints, optional: true, parents: ({ metadata }) => [{ namespace: '', name: '', ...metadata }] },
    ],
    observe: async (gadget, read) => ({
      ...(await plain.observe(gadget, read)),
      paint: read.isServed(paints) ? read.get(paints, keyOf(gadget)) : 'NotServed',
    }),
    plan: (observed, answers, now) => {
      const planned = plain.plan(observed, answers, now);
      const { paint, gadget } = observed;
      const reason = paint === 'NotServed' ? 'PaintNotServed' : paint === undefined ? 'NoPaint' : 'Painted';
      const status = paint === 'NotServed' ? 'Unknown' : paint === undefined ? 'False' : 'True';
      const told = { type: 'Painted', status, reason, message: 'what there is of paint' } as const;
      const all = conditions(gadget.status?.conditions, [...(planned.status.conditions ?? []), told], now);
      return { ...planned, status: { conditions: all } };
    },
  } satisfies Controller<Gadget, Observed & { readonly paint: Resource | 'NotServed' | undefined }>;
}

export function createPart(gadget: Gadget): Action {
  const { apiVersion, kind } = parts;
  const metadata = { ...keyOf(gadget), ownerReferences: [ownerReference(gadget)] };
  return { type: 'Create', kind: parts, object: { apiVersion, kind, metadata } };
}

/** I9: conditions are as the API conventions and kstatus expect. */
import type { Condition } from '../../../src/api/condition.ts';
import type { Resource } from '../../../src/api/resource.ts';
import { type Evidence, lives, nameOf, type Rule } from './evidence.ts';

export const statusRules: readonly Rule[] = [generationIsObserved, conditionsAreSound];

interface Telling extends Resource {
  readonly metadata?: Resource['metadata'] & { readonly generation?: number };
  readonly status?: { readonly observedGeneration?: number; readonly conditions?: readonly Condition[] };
}

function statuses({ changes, description }: Evidence): readonly (readonly Telling[])[] {
  return description.parents.flatMap(({ plural }) =>
    [...lives(changes, plural).values()].map((states) => states.map(({ object }) => object as Telling)),
  );
}

/** Always told, never ahead of the spec, and never going back. */
function generationIsObserved(evidence: Evidence): readonly string[] {
  return statuses(evidence).flatMap((states) => {
    let newest = 0;
    return states.flatMap((object) => {
      const { status, metadata } = object;
      if (status === undefined) return [];
      const observed = status.observedGeneration ?? 0;
      const before = newest;
      newest = Math.max(newest, observed);
      if (observed > 0 && observed >= before && observed <= (metadata?.generation ?? 0)) return [];
      return [
        `I9: ${nameOf(object)} of generation ${metadata?.generation} tells that it observed ${observed} after ${before}`,
      ];
    });
  });
}

const onlyWhileTrue = ['Reconciling', 'Stalled', 'Blocked', 'Suspended'];

function conditionsAreSound(evidence: Evidence): readonly string[] {
  return statuses(evidence).flatMap((states) =>
    states.flatMap((object) => {
      const conditions = object.status?.conditions ?? [];
      const types = conditions.map(({ type }) => type);
      const untrue = conditions.find(({ type, status }) => onlyWhileTrue.includes(type) && status !== 'True');
      const dumb = conditions.find(
        ({ reason, lastTransitionTime }) => reason === '' || Number.isNaN(Date.parse(lastTransitionTime)),
      );
      return [
        ...(new Set(types).size < types.length
          ? [`I9: ${nameOf(object)} has a condition twice: ${types.join(', ')}`]
          : []),
        ...(untrue === undefined
          ? []
          : [`I9: ${nameOf(object)} has the condition ${untrue.type} while it is not True`]),
        ...(dumb === undefined ? [] : [`I9: the condition ${dumb.type} of ${nameOf(object)} lacks a reason or a time`]),
      ];
    }),
  );
}

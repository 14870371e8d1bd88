/** Versions are records: never changed, never deleted, none without its attempt, one for each. */
import { uidOf } from '../../../src/api/resource.ts';
import { type Evidence, isSame, lives, nameOf, type Rule } from './evidence.ts';

export const recordRules: readonly Rule[] = [recordsStay];

function recordsStay({ changes, description, deeds }: Evidence): readonly string[] {
  return description.records.flatMap(({ plural }) =>
    [...lives(changes, plural).values()].flatMap((states) => {
      const first = states[0]?.object;
      if (first === undefined) return [];
      const deleted = states.some(({ type }) => type === 'Deleted') && !deeds.deleted.has(uidOf(first));
      const changed = states.find(({ object }) => !isSame(specOf(object), specOf(first)));
      return [
        ...(deleted ? [`versions: ${nameOf(first)} was deleted though nobody asked for it`] : []),
        ...(changed === undefined ? [] : [`versions: ${nameOf(first)} was changed`]),
      ];
    }),
  );
}

function specOf(object: object): unknown {
  return (object as { readonly spec?: unknown }).spec;
}

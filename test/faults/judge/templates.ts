/** I4: what runs is never changed, and no restart of the operator restarts it. */
import { deployments, jobs } from '../../../src/api/kinds.ts';
import type { Resource } from '../../../src/api/resource.ts';
import {
  type Evidence,
  isDone,
  isSame,
  lives,
  nameOf,
  objectWrites,
  type Rule,
  targetOf,
  titleOf,
} from './evidence.ts';

interface Templated extends Resource {
  readonly spec?: { readonly template?: unknown; readonly selector?: unknown };
}

export const templateRules: readonly Rule[] = [
  stays((object) => object.spec?.template, 'template'),
  stays((object) => object.spec?.selector, 'selector'),
  patchesAreSmall,
];

function stays(read: (object: Templated) => unknown, what: string): Rule {
  return ({ changes, deeds }: Evidence) =>
    [jobs, deployments].flatMap(({ plural }) =>
      [...lives(changes, plural)].flatMap(([uid, states]) => {
        const changed = states.find(
          ({ object }, index) => !isSame(read(object), read(states[index - 1]?.object ?? object)),
        );
        if (changed === undefined || deeds.foreign.has(uid)) return [];
        return deeds.written.has(changed.object.metadata?.resourceVersion ?? '')
          ? []
          : [`I4: the ${what} of ${nameOf(changed.object)} changed while it was there`];
      }),
    );
}

/** Of a living child only how many pods it has and whether it is suspended is for the operator to change. */
function patchesAreSmall({ requests }: Evidence): readonly string[] {
  return objectWrites(requests).flatMap((request) => {
    const { plural = '', subresource } = targetOf(request) ?? {};
    const isUpdate = request.method === 'PATCH' || request.method === 'PUT';
    if (!isUpdate || subresource !== undefined || !isDone(request)) return [];
    if (plural !== jobs.plural && plural !== deployments.plural) return [];
    const { spec = {} } = (request.body ?? {}) as { readonly spec?: object };
    const others = Object.keys(spec).filter((field) => field !== 'replicas' && field !== 'suspend');
    return others.length === 0 ? [] : [`I4: ${titleOf(request)} writes ${others.join(', ')} of what may be running`];
  });
}

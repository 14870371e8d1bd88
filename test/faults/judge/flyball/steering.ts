/** What people said of a rollout holds: nothing is promoted against it. */
import { modelDeployments } from '../../../../src/api/kinds.ts';
import type { IModelDeployment } from '../../../../src/api/types.ts';
import { type Evidence, lives, nameOf, type Rule } from '../evidence.ts';

export const steeringRules: readonly Rule[] = [promotedAsAllowed];

/** By the spec that the status says it was made from; a way back needs nobody's leave. */
function promotedAsAllowed({ changes }: Evidence): readonly string[] {
  return [...lives(changes, modelDeployments.plural).values()].flatMap((told) => {
    const states = told.map(({ object }) => object as unknown as IModelDeployment);
    return states.slice(1).flatMap((object, index) => {
      const before = states[index]?.status;
      const revision = object.status?.stable?.revision;
      if (revision === undefined || revision === before?.stable?.revision) return [];
      if (before?.stable === undefined || revision === before.previous?.revision) return [];
      const why = forbidden(specOf(states, object), revision);
      return why === undefined ? [] : [`I9: ${nameOf(object)} promoted revision ${revision} ${why}`];
    });
  });
}

function specOf(states: readonly IModelDeployment[], { status, spec }: IModelDeployment): IModelDeployment['spec'] {
  const observed = states.find(({ metadata }) => metadata?.generation === status?.observedGeneration);
  return observed?.spec ?? spec;
}

function forbidden({ rollout }: IModelDeployment['spec'], revision: string): string | undefined {
  if (rollout?.abortedRevision === revision) return 'which was aborted';
  if (rollout?.paused === true) return 'while it was paused';
  const isApproved = rollout?.approval !== 'Required' || rollout.approvedRevision === revision;
  return isApproved ? undefined : 'without the approval that it needs';
}

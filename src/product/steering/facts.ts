import { keyOf } from '../../api/resource.ts';
import type {
  IModelDeployment,
  IModelVersion,
  ITrainingRun,
  ModelDeploymentStatus,
  RejectedRevision,
} from '../../api/types.ts';
import { isRejected } from '../../domain/rejections.ts';
import { type Target, targetOf, type WantedRevision } from '../../kinds/modeldeployment/revision/target.ts';
import { isWayBack, type Named, type Roles } from '../../kinds/modeldeployment/rollout/roles.ts';

/** What decides how a rollout can be steered. */
export interface RolloutFacts {
  readonly deployment: IModelDeployment;
  /** Those of the followed run, and those that are named. */
  readonly versions: readonly IModelVersion[];
  /** The followed run, if there is one and it exists. */
  readonly run: ITrainingRun | undefined;
}

export function rolesOf({ stable, candidate, previous, rejected = [] }: ModelDeploymentStatus = {}): Roles {
  return {
    ...(stable !== undefined && { stable }),
    ...(candidate !== undefined && { candidate }),
    ...(previous !== undefined && { previous }),
    rejected,
  };
}

/** What shall serve, as the operator decides it. */
export function targetNow({ deployment, versions, run }: RolloutFacts, rejected?: readonly RejectedRevision[]): Target {
  const roles = rolesOf(deployment.status);
  return targetOf({
    ...keyOf(deployment),
    spec: deployment.spec,
    versions,
    run,
    stable: roles.stable,
    candidate: roles.candidate,
    previous: roles.previous,
    rejected: rejected ?? roles.rejected,
    missingHardware: undefined,
    made: new Set(),
  });
}

/** What is being rolled out, or would be if nobody held it back; undefined if what shall serve does. */
export function incoming(facts: RolloutFacts): WantedRevision | undefined {
  const { stable, candidate } = rolesOf(facts.deployment.status);
  if (candidate !== undefined) return candidate;
  const target = targetNow(facts);
  if (target.type !== 'Revision' || target.wanted.revision === stable?.revision) return undefined;
  return target.wanted;
}

/** Why what the spec asks for is not served, if it was rejected. */
export function rejectionOfAsked(facts: RolloutFacts): RejectedRevision | undefined {
  const asked = targetNow(facts, []);
  const { rejected = [] } = facts.deployment.status ?? {};
  return asked.type === 'Revision' ? rejected.find(({ revision }) => revision === asked.wanted.revision) : undefined;
}

/** Whether a revision takes over again from one that was rejected, which nobody holds back. */
export function goesBack({ deployment }: RolloutFacts, named: Named): boolean {
  return isWayBack(rolesOf(deployment.status), named);
}

/** What served before and may again. */
export function wayBack({ deployment }: RolloutFacts): Named | undefined {
  const { previous, rejected } = rolesOf(deployment.status);
  return previous === undefined || isRejected(previous.revision, rejected) ? undefined : previous;
}

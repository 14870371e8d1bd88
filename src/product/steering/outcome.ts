/** How a rollout that people steered has ended. */
import { findCondition } from '../../api/condition.ts';
import type { IModelDeployment } from '../../api/types.ts';
import { isRejected } from '../../domain/rejections.ts';
import { type Named, titleOf } from '../../kinds/modeldeployment/rollout/roles.ts';
import { isObserved, type Outcome, unseen } from './steering.ts';

/** Until a revision serves alone, or until it will not. */
export function servesOutcome(deployment: IModelDeployment, wanted: Named): Outcome {
  if (!isObserved(deployment)) return unseen;
  const { stable, rejected = [], conditions } = deployment.status ?? {};
  const condition = (type: string) => findCondition(conditions, type);
  if (stable?.revision === wanted.revision && !isRejected(wanted.revision, rejected)) {
    const moving = condition('Reconciling');
    if (moving !== undefined) return { type: 'Waiting', message: moving.message };
    return { type: 'Good', message: condition('Ready')?.message ?? `${titleOf(wanted)} serves` };
  }
  const rejection = rejected.find(({ revision }) => revision === wanted.revision);
  if (rejection !== undefined) {
    return { type: 'Bad', message: `${titleOf(wanted)} was rejected (${rejection.reason}): ${rejection.message}` };
  }
  return stopped(deployment) ?? going(deployment);
}

/** Until a version serves alone, whatever its revision comes to be. */
export function versionOutcome(deployment: IModelDeployment, version: string): Outcome {
  const { stable, candidate, rejected = [] } = deployment.status ?? {};
  const known = [candidate, stable].find((role) => role?.version === version);
  if (known !== undefined) return servesOutcome(deployment, known);
  if (!isObserved(deployment)) return unseen;
  const rejection = rejected.findLast((one) => one.version === version);
  if (rejection !== undefined) return servesOutcome(deployment, rejection);
  return stopped(deployment) ?? going(deployment);
}

/** Until a revision is rejected. */
export function rejectedOutcome(deployment: IModelDeployment, aborted: Named): Outcome {
  if (!isObserved(deployment)) return unseen;
  const { candidate, rejected = [] } = deployment.status ?? {};
  const isGone = isRejected(aborted.revision, rejected) && candidate?.revision !== aborted.revision;
  return isGone ? { type: 'Good', message: `${titleOf(aborted)} was rejected` } : going(deployment);
}

/** Until the operator holds it. */
export function pausedOutcome(deployment: IModelDeployment): Outcome {
  if (!isObserved(deployment)) return unseen;
  const held = findCondition(deployment.status?.conditions, 'Suspended');
  return { type: 'Good', message: held?.message ?? 'It is paused, and nothing is being rolled out' };
}

/** Until what was held back has ended, if something was. */
export function resumedOutcome(deployment: IModelDeployment, wanted: Named | undefined): Outcome {
  if (wanted !== undefined) return servesOutcome(deployment, wanted);
  return isObserved(deployment) ? { type: 'Good', message: 'Nothing was held back' } : unseen;
}

/** Nothing of it goes on by itself. */
function stopped({ status }: IModelDeployment): Outcome | undefined {
  const condition =
    findCondition(status?.conditions, 'Stalled') ??
    (findCondition(status?.conditions, 'Reconciling') === undefined
      ? findCondition(status?.conditions, 'Suspended')
      : undefined);
  return condition && { type: 'Bad', message: condition.message };
}

function going({ status }: IModelDeployment): Outcome {
  const message = findCondition(status?.conditions, 'Reconciling')?.message ?? 'The operator has not followed it yet';
  return { type: 'Waiting', message };
}

/** How people leave what serves. */
import { timestamp } from '../../api/condition.ts';
import { written } from '../../api/message.ts';
import { keyOf } from '../../api/resource.ts';
import type { IModelDeployment, IModelVersion } from '../../api/types.ts';
import { isRejected } from '../../domain/rejections.ts';
import { identityOf, isSameVersion } from '../../domain/versions.ts';
import { titleOf } from '../../kinds/modeldeployment/rollout/roles.ts';
import { goesBack, type RolloutFacts, wayBack } from './facts.ts';
import { servesOutcome, versionOutcome } from './outcome.ts';
import { command, field, patched, withoutPromotion } from './rollout.ts';
import { type Change, changed, flyball, refused, type Steering } from './steering.ts';

type Steered = Steering<IModelDeployment>;

/** At once, to what served before: what serves is rejected, as a Monitor would. */
export function rollback(facts: RolloutFacts): Steered {
  const { deployment } = facts;
  const { namespace, name } = keyOf(deployment);
  const { stable, candidate, rejected = [] } = deployment.status ?? {};
  if (stable === undefined) return refused({ what: `ModelDeployment "${name}" serves nothing yet` });
  if (candidate !== undefined && !goesBack(facts, candidate)) {
    const remedies = [{ text: 'end that rollout', command: flyball(namespace, 'abort', `mdep/${name}`) }];
    const what = `${titleOf(candidate)} is being rolled out, and ${titleOf(stable)} still serves`;
    return refused({ what, remedies });
  }
  const back = wayBack(facts);
  if (back === undefined) {
    const remedies = [
      {
        text: 'serve another version by name',
        command: flyball(namespace, 'rollback', `mdep/${name}`, '--to', 'VERSION'),
      },
    ];
    const what = `there is nothing to go back to: no revision served before ${titleOf(stable)} that was not rejected`;
    return refused({ what, remedies });
  }
  if (isRejected(stable.revision, rejected)) {
    return refused({ what: `${titleOf(stable)} was rejected already, and ${titleOf(back)} takes over` });
  }
  const next = written({
    what: `${titleOf(back)} takes over at once, without steps, and ${titleOf(stable)} is rejected`,
    remedies: [{ text: 'try that again later', command: command(facts, 'retry') }],
  });
  const changes = [field(facts, 'abortedRevision', stable.revision), ...withoutPromotion(facts, stable.revision)];
  return patched(changes, next, (object) => servesOutcome(object, back));
}

/** To a version that people name, which is pinned and rolled out as any other. */
export function rollbackTo(facts: RolloutFacts, version: IModelVersion, now: Date): Steered {
  const { deployment } = facts;
  const { name: deploymentName } = keyOf(deployment);
  const { name } = keyOf(version);
  const { model, rollout } = deployment.spec;
  if (version.spec.uri === undefined) {
    return refused({ what: `ModelVersion "${name}" has no uri: its TrainingRun kept no model` });
  }
  if (model.versionRef?.name === name) {
    const remedies = [{ text: 'see how it goes', command: command(facts, 'why') }];
    return refused({ what: `ModelDeployment "${deploymentName}" is pinned to ${name} already`, remedies });
  }
  const rejection = deployment.status?.rejected?.findLast((one) => isSameVersion(one, identityOf(version)));
  const pin = [
    changed(deployment, ['spec', 'model', 'versionRef'], { name }),
    ...(['trainingRunRef', 'uri', 'digest'] as const).flatMap((one) =>
      model[one] === undefined ? [] : [changed(deployment, ['spec', 'model', one], undefined)],
    ),
  ];
  const forgiven: Change[] = rejection === undefined ? [] : [field(facts, 'retryAt', timestamp(now))];
  if (rejection !== undefined && rollout?.abortedRevision === rejection.revision) {
    forgiven.push(field(facts, 'abortedRevision', undefined));
  }
  if (rejection !== undefined) forgiven.push(...withoutPromotion(facts, rejection.revision));
  const warnings = [
    ...(rejection === undefined ? [] : [`${name} was rejected before (${rejection.reason}): ${rejection.message}`]),
    ...(model.trainingRunRef === undefined ? [] : [unfollowed(deploymentName, model.trainingRunRef.name)]),
  ];
  const { stable } = deployment.status ?? {};
  const serves = stable !== undefined && isSameVersion(stable, identityOf(version));
  const next = serves
    ? `${name} is pinned, and goes on serving as soon as nothing else is rolled out`
    : `${name} is pinned, and goes through the steps and checks as any other`;
  return patched([...pin, ...forgiven], next, (object) => versionOutcome(object, name), warnings);
}

function unfollowed(deployment: string, run: string): string {
  return `ModelDeployment "${deployment}" follows TrainingRun "${run}" no longer, until spec.model names it again`;
}

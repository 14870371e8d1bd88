import { keyOf, uidOf } from '../../../api/resource.ts';
import type { IModelDeployment, IModelVersion, Trigger } from '../../../api/types.ts';
import { compareVersions, identityOf, isSameVersion } from '../../../domain/versions.ts';
import type { ProductObjects } from '../../objects.ts';
import { askWhy } from '../commands.ts';
import type { Proof, Standing, Step } from '../explanation.ts';

/** Where a version comes from, whether it serves, and whether and why it was rejected. */
export function standingOfVersion(version: IModelVersion, objects: ProductObjects): Standing {
  const { name, namespace } = keyOf(version);
  const roles = objects.deployments.flatMap((deployment) => rolesOf(deployment, version));
  const serving = roles.filter(({ role }) => role !== 'rejected' && role !== 'previous');
  const rejection = roles.find(({ role }) => role === 'rejected');
  const [shown] = serving.length > 0 ? serving : roles;
  const { trainingRun, trigger } = version.spec;
  const fate = shown === undefined ? unserved(version, objects) : `${shown.words}`;
  const isRejected = serving.length === 0 && rejection !== undefined;
  const origin = `It comes from attempt ${name} of TrainingRun ${trainingRun}: ${triggerWords(trigger)}`;
  return {
    what: `${name}: ${isRejected ? `it was rejected in ModelDeployment ${rejection.deployment}` : fate}`,
    reason: shown?.reason ?? (shown === undefined ? 'NotServed' : titles[shown.role]),
    since: shown?.since ?? version.metadata?.creationTimestamp ?? '',
    why: isRejected ? `${rejection.message ?? ''}. ${origin}` : origin,
    actor: 'Nobody',
    next: nextOf(shown?.deployment, trainingRun, namespace),
    isWell: !isRejected,
    proofs: [
      { source: `ModelVersion ${name}`, words: recordOf(version), at: version.metadata?.creationTimestamp ?? '' },
      ...roles.map(({ deployment, words, since }): Proof => ({
        source: `ModelDeployment ${deployment}`,
        words,
        ...(since !== undefined && { at: since }),
      })),
    ],
  };
}

const titles = { stable: 'Stable', candidate: 'Candidate', previous: 'Previous', rejected: 'Rejected' } as const;

interface RoleOf {
  readonly deployment: string;
  readonly role: 'stable' | 'candidate' | 'previous' | 'rejected';
  readonly words: string;
  readonly since?: string;
  readonly reason?: string;
  readonly message?: string;
}

function rolesOf(deployment: IModelDeployment, version: IModelVersion): RoleOf[] {
  const { stable, candidate, previous, rejected = [], weight } = deployment.status ?? {};
  const { name } = keyOf(deployment);
  const identity = identityOf(version);
  const share = weight === undefined ? '' : ` with ${weight} % of the requests`;
  const known = [
    { role: 'stable', entry: stable, words: `it serves in ModelDeployment ${name}` },
    { role: 'candidate', entry: candidate, words: `it is being rolled out in ModelDeployment ${name}${share}` },
    { role: 'previous', entry: previous, words: `ModelDeployment ${name} goes back to it if what serves fails` },
  ] as const;
  const roles = known.flatMap(({ role, entry, words }) =>
    entry !== undefined && isSameVersion(entry, identity)
      ? [{ deployment: name, role, words: `${words}, as revision ${entry.revision}`, since: entry.since }]
      : [],
  );
  const rejections = rejected.flatMap((entry): RoleOf[] =>
    isSameVersion(entry, identity)
      ? [
          {
            deployment: name,
            role: 'rejected',
            words: `ModelDeployment ${name} rejected it (${entry.reason}): ${entry.message}`,
            since: entry.time,
            reason: entry.reason,
            message: entry.message.replace(/\.$/, ''),
          },
        ]
      : [],
  );
  return [...roles, ...rejections.toReversed()];
}

function unserved(version: IModelVersion, { versions, deployments }: ProductObjects): string {
  const { trainingRun, uri } = version.spec;
  if (uri === undefined) return 'no ModelDeployment can serve it, since its TrainingRun keeps no model (spec.output)';
  const followers = deployments.filter(({ spec }) => spec.model.trainingRunRef?.name === trainingRun);
  const own = identityOf(version);
  const newer = versions.find(
    (other) =>
      other.spec.trainingRun === trainingRun &&
      uidOf(other) !== uidOf(version) &&
      compareVersions(trainingRun, identityOf(other), own) > 0,
  );
  if (followers.length === 0)
    return `no ModelDeployment of its namespace follows TrainingRun ${trainingRun} or names it`;
  const names = followers.map((one) => keyOf(one).name).join(', ');
  return newer === undefined
    ? `ModelDeployment ${names} follows its run and does not serve it`
    : `ModelDeployment ${names} follows its run, and ${keyOf(newer).name} is newer`;
}

function triggerWords({ type, name, reason }: Trigger): string {
  switch (type) {
    case 'Created':
      return 'the first attempt of its run';
    case 'RecipeChanged':
      return 'the recipe was edited';
    case 'Rerun':
      return 'spec.rerunAt asked for it';
    case 'Schedule':
      return 'spec.schedule was due';
    case 'Monitor':
      return `Monitor ${name ?? ''} asked for it, ${reason ?? ''}`;
  }
}

function recordOf({ spec }: IModelVersion): string {
  const metrics = Object.entries(spec.metrics).map(([name, value]) => `${name}=${value}`);
  return [...metrics.slice(0, 8), ...(spec.digest === undefined ? [] : [spec.digest])].join(', ');
}

function nextOf(deployment: string | undefined, run: string, namespace: string): Step[] {
  return deployment === undefined
    ? [{ text: 'see its run', command: askWhy('trun', namespace, run) }]
    : [{ text: 'see its deployment', command: askWhy('mdep', namespace, deployment) }];
}

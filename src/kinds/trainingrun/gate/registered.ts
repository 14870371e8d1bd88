import { keyOf, uidOf } from '../../../api/resource.ts';
import type { Attempt, IModelVersion, ITrainingRun, RegisteredVersion } from '../../../api/types.ts';
import { isRegistered } from '../../../domain/provenance.ts';
import { versionNumber } from '../../../domain/versions.ts';
import type { Provenance } from '../../../workload/origin.ts';
import { mostAttempts } from '../start/snapshot.ts';

/** How many are remembered. */
const mostVersions = 64;

/**
 * The ModelVersions that were registered for a run. Of one that was restored without its status nobody knows; they are believed where
 * nobody but the operator, and who may restore them, can have made them.
 */
export function registeredVersions(
  run: ITrainingRun,
  versions: readonly IModelVersion[],
  provenance: Provenance,
): IModelVersion[] {
  const isRestored = provenance === 'Admission' && (run.status?.attempts ?? []).length === 0;
  return versions.filter((version) => isRegistered(run, version) || (isRestored && isNamedSo(run, version)));
}

/** With those that this pass has seen to be of its attempts; the newest last. */
export function standingVersions(
  run: ITrainingRun,
  before: readonly IModelVersion[],
  all: readonly IModelVersion[],
  attempts: readonly Attempt[],
): IModelVersion[] {
  const number = (version: IModelVersion) => versionNumber(keyOf(version).name, keyOf(run).name);
  return all
    .filter((one) => before.includes(one) || attempts.some(({ versionUID }) => versionUID === uidOf(one)))
    .toSorted((one, other) => number(one) - number(other))
    .slice(-mostVersions);
}

/**
 * ModelVersions of this very run that it did not register, as far as it remembers; those of a run that was deleted are none.
 * @param awaited the name of one of which it is not known yet.
 */
export function unregistered(
  run: ITrainingRun,
  all: readonly IModelVersion[],
  standing: readonly IModelVersion[],
  awaited: string | undefined,
): IModelVersion[] {
  const oldest = standing.length < mostVersions ? 0 : (standing[0]?.spec.number ?? 0);
  return all.filter((version) => {
    const { trainingRunUID = uidOf(run), number } = version.spec;
    return (
      !standing.includes(version) &&
      keyOf(version).name !== awaited &&
      trainingRunUID === uidOf(run) &&
      number >= oldest
    );
  });
}

export function told(version: IModelVersion): RegisteredVersion {
  return { name: keyOf(version).name, uid: uidOf(version) };
}

/** One with the last number there is would be the last of its run. */
function isNamedSo(run: ITrainingRun, { metadata, spec }: IModelVersion): boolean {
  return versionNumber(metadata?.name, keyOf(run).name) === spec.number && spec.number < mostAttempts;
}

import type { IModelVersion, ITrainingRun } from '../api/types.ts';

/** Whether a run has registered a ModelVersion, as its status tells: what merely bears the name of one may be anybody's. */
export function isRegistered({ status }: ITrainingRun, { metadata }: IModelVersion): boolean {
  const { versions = [], attempts = [], latestVersion } = status ?? {};
  const uids = [latestVersion?.uid, ...versions.map(({ uid }) => uid), ...attempts.map(({ versionUID }) => versionUID)];
  return metadata?.uid !== undefined && uids.includes(metadata.uid);
}

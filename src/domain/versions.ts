import { defined } from '../api/defined.ts';
import type { IModelVersion } from '../api/types.ts';

/** The name of an attempt of a TrainingRun, such as `fraud-8`; also that of its ModelVersion. */
export function attemptName(run: string, number: number): string {
  return `${run}-${number}`;
}

/** The n of `<run>-<n>`; 0 for a version of another run, or none. Versions are named so for as long as they exist. */
export function versionNumber(version: string | undefined, run: string): number {
  if (version?.startsWith(`${run}-`) !== true) return 0;
  const digits = version.slice(run.length + 1);
  return /^[0-9]{1,9}$/.test(digits) ? Number(digits) : 0;
}

/** What tells a version from others even when its name recurs, since its run was deleted and made again. */
export interface VersionIdentity {
  /** The name; absent for a model that was given by its URI. */
  readonly version?: string | undefined;
  /** Of the TrainingRun; absent if unknown. */
  readonly trainingRunUID?: string | undefined;
  /** When the ModelVersion was made; absent if unknown. */
  readonly versionTime?: string | undefined;
  /** Of the ModelVersion: one that was deleted and made again is another, whoever did it; absent if unknown. */
  readonly versionUID?: string | undefined;
}

export function identityOf({ metadata, spec }: IModelVersion): VersionIdentity {
  return defined<VersionIdentity>({
    version: metadata?.name,
    trainingRunUID: spec.trainingRunUID,
    versionTime: metadata?.creationTimestamp,
    versionUID: metadata?.uid,
  });
}

/** Whether two are one version, as far as anybody knows. */
export function isSameVersion(one: VersionIdentity, other: VersionIdentity): boolean {
  return one.version !== undefined && one.version === other.version && isAlike(one, other);
}

/**
 * Below 0 if `one` is the older version of a run, above 0 if it is the newer. Within one run that is so by number, whatever a
 * restored backup made of the times. A run that was made again counts from 1 anew: then, and where nobody knows, the later is newer.
 */
export function compareVersions(run: string, one: VersionIdentity, other: VersionIdentity): number {
  const isOneRun = one.trainingRunUID !== undefined && one.trainingRunUID === other.trainingRunUID;
  const [time, otherTime] = [one.versionTime, other.versionTime];
  const later =
    isOneRun || time === undefined || otherTime === undefined ? 0 : Date.parse(time) - Date.parse(otherTime);
  return later || versionNumber(one.version, run) - versionNumber(other.version, run);
}

/** As far as both are known. */
function isAlike(one: VersionIdentity, other: VersionIdentity): boolean {
  return (['trainingRunUID', 'versionUID'] as const).every(
    (uid) => one[uid] === undefined || other[uid] === undefined || one[uid] === other[uid],
  );
}

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

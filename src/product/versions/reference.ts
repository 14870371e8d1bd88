import { attemptName } from '../../domain/versions.ts';

/** The name of the ModelVersion that `fraud-3` and `fraud@3` mean, and `3` where a run is meant anyway. */
export function versionNamed(words: string, run?: string): string {
  const [, name = '', number] = /^(.*)@([0-9]{1,6})$/.exec(words) ?? [];
  if (number !== undefined && name !== '') return attemptName(name, Number(number));
  return run !== undefined && /^[0-9]{1,6}$/.test(words) ? attemptName(run, Number(words)) : words;
}

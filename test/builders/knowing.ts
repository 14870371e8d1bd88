import { keyOf, uidOf } from '../../src/api/resource.ts';
import type { Attempt, IModelVersion, ITrainingRun } from '../../src/api/types.ts';
import { trainingRun } from './trainingrun.ts';

/** The run of a version, which tells that it has registered that besides what it tells already. */
export function knowing(run: ITrainingRun | undefined, version: IModelVersion): ITrainingRun {
  const { name } = keyOf(version);
  const uid = uidOf(version);
  const { number, recipeDigest, trigger, coversUntil } = version.spec;
  const attempt: Attempt = {
    name,
    number,
    recipeDigest,
    trigger,
    coversUntil,
    startTime: coversUntil,
    verdict: 'Registered',
    versionUID: uid,
  };
  const before = run ?? trainingRun({ name: version.spec.trainingRun });
  const attempts = (before.status?.attempts ?? []).filter((one) => one.name !== name);
  const status = { ...before.status, latestVersion: { name, uid }, attempts: [...attempts, attempt] };
  return { ...before, status };
}

import { timestamp } from '../../../api/condition.ts';
import type { Attempt, IModelVersion } from '../../../api/types.ts';
import { keyOf } from '../../../api/resource.ts';
import { defined } from '../../../api/defined.ts';
import { isDataPinned } from '../../../domain/recipe.ts';
import { rejectedVersions } from '../../../domain/rejections.ts';
import { attemptName } from '../../../domain/versions.ts';
import { chooseChampion } from '../gate/champion.ts';
import type { TrainingRunFacts } from '../observe.ts';
import type { Conclusion } from '../attempt/conclusion.ts';
import { withBegun } from '../attempt/entries.ts';
import { creations } from '../attempt/job.ts';
import { hasStarted } from '../attempt/progress.ts';
import type { Stage } from '../stages/stage.ts';
import type { Declared } from './declared.ts';
import { type ChampionReference, startingSnapshot } from './snapshot.ts';
import { dueTrigger, type DueTrigger, type TriggerFacts } from './trigger.ts';

/** What decides whether an attempt is due, given what became of the others. */
export function triggerFacts(
  { run, requests }: TrainingRunFacts,
  { recipeDigest, schedule, scheduleStatus }: Declared,
  newest: Attempt | undefined,
  now: Date,
): TriggerFacts {
  const since = scheduleStatus && new Date(scheduleStatus.since);
  return defined<TriggerFacts>({
    created: run.metadata?.creationTimestamp ?? now.toISOString(),
    recipeDigest,
    newest,
    rerunAt: run.spec.rerunAt,
    tick: schedule?.type === 'Valid' && since ? schedule.last(since, now) : undefined,
    requests,
  });
}

/** The attempt that starts now, if one does: one at a time, and none while suspended or of a recipe that cannot be right. */
export function start(
  facts: TrainingRunFacts,
  declared: Declared,
  concluded: readonly Conclusion[],
  triggers: TriggerFacts,
  number: number,
  stages: readonly Stage[],
  now: Date,
): Conclusion | undefined {
  // An attempt that is being registered is not over.
  const isBusy = concluded.some(({ attempt, actions }) => attempt.verdict === undefined || actions !== undefined);
  const isHindered = declared.problem !== undefined || declared.lacking !== undefined;
  if (facts.run.spec.suspend === true || isBusy || isHindered) return undefined;
  const due = dueOf(declared, triggers, now);
  return due && newAttempt(facts, declared, due, number, stages, now);
}

/** What asks for an attempt now. Data that is pinned stays what it is, whatever a Monitor has seen. */
export function dueOf({ recipe }: Declared, triggers: TriggerFacts, now: Date): DueTrigger | undefined {
  return dueTrigger(isDataPinned(recipe) ? { ...triggers, requests: [] } : triggers, now);
}

/** What an attempt that starts now is compared with, of the versions that were registered. */
export function championOf(
  { deployments }: Pick<TrainingRunFacts, 'deployments'>,
  versions: readonly IModelVersion[],
): ChampionReference | undefined {
  return chooseChampion(versions, rejectedVersions(versions, deployments));
}

/** The POST of the Job of its first declared stage is what makes it so. */
function newAttempt(
  facts: TrainingRunFacts,
  declared: Declared,
  { trigger, coversUntil }: DueTrigger,
  number: number,
  stages: readonly Stage[],
  now: Date,
): Conclusion | undefined {
  const { run, versions } = facts;
  const champion = championOf(facts, versions);
  const snapshot = startingSnapshot(run, { number, trigger, coversUntil }, declared, champion);
  const attempt = defined<Attempt>({
    name: attemptName(keyOf(run).name, number),
    number,
    recipeDigest: declared.recipeDigest,
    trigger,
    coversUntil,
    startTime: timestamp(now),
    champion: champion?.name,
  });
  for (const stage of stages) {
    const actions = creations(stage, run, snapshot, 0);
    if (actions === undefined) continue;
    return { attempt: withBegun(attempt, stage, now), actions, progress: hasStarted(keyOf(run), attempt.name) };
  }
  return undefined;
}

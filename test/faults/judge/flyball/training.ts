/** What a TrainingRun's status says is so, its attempts are history, and each trigger has one attempt. */
import { findCondition } from '../../../../src/api/condition.ts';
import type { Attempt, IModelVersion, ITrainingRun } from '../../../../src/api/types.ts';
import { jobs, modelVersions, trainingRuns } from '../../../../src/api/kinds.ts';
import { keyOf, type Resource, uidOf } from '../../../../src/api/resource.ts';
import { type Evidence, lives, nameOf, type Rule, versionOf } from '../evidence.ts';

export const trainingRules: readonly Rule[] = [
  registeredMeansThere,
  oneAttemptPerTrigger,
  verdictsStand,
  attemptsHaveTheirJob,
  oneVersionPerAttempt,
];

/** The states of each run, oldest first. */
function runs({ changes }: Evidence): readonly (readonly ITrainingRun[])[] {
  return [...lives(changes, trainingRuns.plural).values()].map((states) =>
    states.map(({ object }) => object as unknown as ITrainingRun),
  );
}

function versions({ changes }: Evidence): readonly IModelVersion[] {
  return [...lives(changes, modelVersions.plural).values()].flatMap(([first]) =>
    first === undefined ? [] : [first.object as unknown as IModelVersion],
  );
}

/** I9: no status says Registered before the version is there. */
function registeredMeansThere(evidence: Evidence): readonly string[] {
  const made = versions(evidence);
  return runs(evidence).flatMap((states) =>
    states.flatMap((run) => {
      const named = (run.status?.attempts ?? []).filter(({ verdict }) => verdict === 'Registered');
      return named.flatMap(({ name }) => {
        const isThere = made.some((version) => keyOf(version).name === name && versionOf(version) < versionOf(run));
        return isThere ? [] : [`I9: the status of ${nameOf(run)} says that ${name} is registered before it is`];
      });
    }),
  );
}

/** I2: the level-based rule starts one attempt for what was asked for once. */
function oneAttemptPerTrigger(evidence: Evidence): readonly string[] {
  return runs(evidence).flatMap((states) => {
    const known = new Map<string, Attempt>();
    for (const { status } of states) for (const attempt of status?.attempts ?? []) known.set(attempt.name, attempt);
    const ordered = [...known.values()].toSorted((one, other) => one.number - other.number);
    const [run] = states;
    return run === undefined
      ? []
      : ordered.slice(1).flatMap((attempt, index) => repeated(run, attempt, ordered[index]));
  });
}

function repeated(run: ITrainingRun, attempt: Attempt, before: Attempt | undefined): readonly string[] {
  const { trigger, recipeDigest } = attempt;
  if (before === undefined) return [];
  const sameTrigger = trigger.type === before.trigger.type && trigger.time === before.trigger.time;
  const isUnchanged = trigger.type === 'RecipeChanged' && recipeDigest === before.recipeDigest;
  const isCovered =
    ['Rerun', 'Schedule', 'Monitor'].includes(trigger.type) &&
    Date.parse(trigger.time) <= Date.parse(before.coversUntil);
  // What was superseded never ran, so that it answers nothing.
  if (before.verdict === 'Superseded') return [];
  if (!sameTrigger && !isUnchanged && !isCovered && trigger.type !== 'Created') return [];
  return [
    `I2: ${nameOf(run)} has attempts ${before.name} and ${attempt.name} for what was asked for once: ` +
      `${trigger.type} at ${trigger.time}`,
  ];
}

/** What may become of a verdict after all: a gate is lowered, results that passed for lost had been registered. */
const second: Readonly<Record<string, readonly string[]>> = {
  GateFailed: ['Registered'],
  ResultsLost: ['Registered'],
};

function verdictsStand(evidence: Evidence): readonly string[] {
  return runs(evidence).flatMap((states) => {
    const last = new Map<string, Attempt>();
    return states.flatMap((run) => {
      // What people took out of the status is judged anew.
      if (evidence.deeds.written.has(run.metadata?.resourceVersion ?? '')) last.clear();
      return (run.status?.attempts ?? []).flatMap((attempt) => {
        const before = last.get(attempt.name);
        last.set(attempt.name, attempt);
        const { verdict } = before ?? {};
        if (verdict === undefined || verdict === attempt.verdict) return [];
        if (attempt.verdict !== undefined && second[verdict]?.includes(attempt.verdict) === true) return [];
        return [`I9: attempt ${attempt.name} of ${nameOf(run)} was ${verdict} and became ${attempt.verdict ?? 'open'}`];
      });
    });
  });
}

/** Commit, then act: only the POST of a Job makes a stage, and the first one the attempt, so that no status tells of one without it. */
function attemptsHaveTheirJob(evidence: Evidence): readonly string[] {
  const made = [...lives(evidence.changes, jobs.plural).values()].flatMap(([first]) => (first ? [first.object] : []));
  const records = versions(evidence);
  return runs(evidence).flatMap((states) =>
    states.flatMap((run) =>
      (run.status?.attempts ?? []).flatMap(({ name, stages = [] }) => {
        const isThere = (objects: readonly Resource[], child: string) =>
          objects.some((object) => keyOf(object).name === child && versionOf(object) < versionOf(run));
        const isKnown = stages.length > 0 && stages.every(({ job }) => isThere(made, job));
        return isKnown || isThere(records, name)
          ? []
          : [`I9: the status of ${nameOf(run)} tells of attempt ${name} before its Job was made`];
      }),
    ),
  );
}

/** None is lost and none is double: each version is of the first Job of its attempt. */
function oneVersionPerAttempt(evidence: Evidence): readonly string[] {
  const { deeds, changes } = evidence;
  const uids = new Set(lives(changes, jobs.plural).keys());
  const own = versions(evidence).filter((version) => !deeds.foreign.has(uidOf(version)));
  const seen = new Map<string, string>();
  return own.flatMap((version) => {
    const { attemptUID } = version.spec;
    const before = seen.get(attemptUID);
    seen.set(attemptUID, keyOf(version).name);
    return [
      ...(before === undefined ? [] : [`versions: ${before} and ${keyOf(version).name} are of the same attempt`]),
      ...(uids.has(attemptUID) ? [] : [`versions: ${nameOf(version)} is of a Job that there never was: ${attemptUID}`]),
    ];
  });
}

/** The summary condition agrees with the newest attempt that it is about. */
export const summaryAgrees: Rule = (evidence) =>
  runs(evidence).flatMap((states) =>
    states.flatMap((run) => {
      const summary = findCondition(run.status?.conditions, 'Succeeded');
      const succeeded = (run.status?.attempts ?? []).some(
        ({ verdict }) => verdict === 'Registered' || verdict === 'NoResults',
      );
      return summary?.status === 'True' && !succeeded
        ? [`I9: ${nameOf(run)} says that it succeeded, by ${summary.reason}, and no attempt of it has`]
        : [];
    }),
  );

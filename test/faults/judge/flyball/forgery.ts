/** I3, I12: what a person wrote is not taken for what the operator made. */
import type { IPod } from 'kubernetes-models/v1';
import { deployments, jobs, modelDeployments, modelVersions, pods, trainingRuns } from '../../../../src/api/kinds.ts';
import { label } from '../../../../src/api/labels.ts';
import { keyOf, type Resource, uidOf } from '../../../../src/api/resource.ts';
import type { IModelDeployment, IModelVersion, ITrainingRun } from '../../../../src/api/types.ts';
import { versionNumber } from '../../../../src/domain/versions.ts';
import { parseJobName } from '../../../../src/kinds/trainingrun/attempt/names.ts';
import type { Request } from '../../contract.ts';
import { forgedMetric, forgedWord, isForged } from '../../forged.ts';
import { type Evidence, lives, nameOf, objectWrites, type Rule, targetOf, titleOf } from '../evidence.ts';

export const forgeryRules: readonly Rule[] = [
  nothingForgedIsPassedOn,
  noForgedVersionIsKnown,
  attemptsAreTheOperators,
  numbersAreDue,
  rejectedForItsOwnPods,
  forgedNeverServes,
];

/** Neither an image nor a Secret, a command or a place that only the forger wrote gets into what the operator makes. */
function nothingForgedIsPassedOn({ requests }: Evidence): readonly string[] {
  return objectWrites(requests).flatMap((request) => {
    const isStatus = targetOf(request)?.subresource === 'status';
    const found = request.method === 'DELETE' || isStatus ? undefined : forgedText(request.body);
    return found === undefined ? [] : [`I12: ${titleOf(request)} passes on ${found}, which only the forger wrote`];
  });
}

function forgedText(value: unknown): string | undefined {
  if (typeof value === 'string') return isOfForger(value) ? value : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const field of Object.values(value)) {
    const found = forgedText(field);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A snapshot has a field of that name, in which it counts what others forged. */
function isOfForger(text: string): boolean {
  return text.replaceAll('"forged":', '').includes(forgedWord) || text === String(forgedMetric);
}

/** Neither are its results registered, nor is it what a run registered, nor does a deployment serve it unless its author pinned it. */
function noForgedVersionIsKnown(evidence: Evidence): readonly string[] {
  const forged = new Map(forgedOf(evidence, 'ModelVersion').map((version) => [uidOf(version), keyOf(version).name]));
  const own = firstStates(evidence, modelVersions.plural).filter((version) => !forged.has(uidOf(version)));
  const names = new Set(own.map((version) => keyOf(version).name));
  const isForgedName = (name = '') => !names.has(name) && [...forged.values()].includes(name);
  return [
    ...own
      .filter((version) => Object.values((version as IModelVersion).spec.metrics).includes(String(forgedMetric)))
      .map((version) => `I12: ${nameOf(version)} has results that only the forger reported`),
    ...statesOf<ITrainingRun>(evidence, trainingRuns.plural).flatMap((states) => {
      const found = states.find((run) => registeredBy(run).some((uid) => forged.has(uid)));
      return found === undefined ? [] : [`I12: ${nameOf(found)} tells of a version as registered that the forger made`];
    }),
    ...statesOf<IModelDeployment>(evidence, modelDeployments.plural).flatMap((states) => {
      const found = states.find((deployment) => rolesIn(deployment).some(isForgedName));
      return found === undefined ? [] : [`I12: ${nameOf(found)} gives a role to a version that the forger made`];
    }),
  ];
}

function registeredBy({ status }: ITrainingRun): readonly string[] {
  return [status?.latestVersion?.uid, ...(status?.attempts ?? []).map(({ versionUID }) => versionUID)].flatMap(
    (uid) => uid ?? [],
  );
}

/** The versions that have a role other than since somebody asked for them by name. */
function rolesIn({ spec, status }: IModelDeployment): readonly string[] {
  return [status?.stable, status?.candidate, status?.previous]
    .flatMap((role) => role?.version ?? [])
    .filter((version) => version !== spec.model.versionRef?.name);
}

/** No status tells of an attempt of which only the forger made a Job. */
function attemptsAreTheOperators(evidence: Evidence): readonly string[] {
  const forged = new Set(forgedOf(evidence, 'Job').map(attemptOf));
  for (const job of firstStates(evidence, jobs.plural)) {
    if (!evidence.forged.made.has(uidOf(job))) forged.delete(attemptOf(job));
  }
  return statesOf<ITrainingRun>(evidence, trainingRuns.plural).flatMap((states) => {
    const told = states.flatMap((run) => (run.status?.attempts ?? []).map(({ name }) => [run, name] as const));
    const [run, name] = told.find(([, attempt]) => forged.has(attempt)) ?? [];
    return run === undefined ? [] : [`I12: ${nameOf(run)} tells of attempt ${name}, whose Job the forger made`];
  });
}

function attemptOf({ metadata }: Resource): string | undefined {
  return metadata?.labels?.[label.attempt];
}

/** Each attempt that the operator makes is the next one, after those of a deleted run of that name too. */
function numbersAreDue({ changes, requests, forged }: Evidence): readonly string[] {
  const highest = new Map<string, number>();
  const versions = changes.filter(
    ({ plural, object }) => plural === modelVersions.plural && !forged.made.has(uidOf(object)),
  );
  return requests.flatMap((request) => {
    const made = numberOf(request);
    if (made === undefined) return [];
    const { run, number } = made;
    // Not those that come of what is judged.
    const told = versions.filter(({ at, object }) => at <= request.at && isOf(object as IModelVersion, run));
    const known = told.map(({ object }) => versionNumber(keyOf(object).name, run));
    const due = 1 + Math.max(highest.get(run) ?? 0, ...known);
    highest.set(run, Math.max(highest.get(run) ?? 0, number));
    return number <= due ? [] : [`I12: ${titleOf(request)} is attempt ${number}, and ${due} was due`];
  });
}

function isOf({ spec }: IModelVersion, run: string): boolean {
  return spec.trainingRun === run;
}

function numberOf(request: Request): { readonly run: string; readonly number: number } | undefined {
  if (request.method !== 'POST' || targetOf(request)?.plural !== jobs.plural) return undefined;
  const { metadata } = (request.body ?? {}) as Partial<Resource>;
  const run = metadata?.labels?.[label.trainingRun] ?? '';
  const place = parseJobName(run, metadata?.name ?? '');
  return place && { run, number: place.number };
}

/** What is said of a revision's pods is said of pods that run what the operator made. */
function rejectedForItsOwnPods(evidence: Evidence): readonly string[] {
  const told = evidence.changes.filter(({ plural }) => plural === pods.plural).map(({ object }) => object as IPod);
  const ill = new Set(told.filter((pod) => !isForged(pod) && isIll(pod)).map(revisionOf));
  const accused = new Set(told.filter(isForged).map(revisionOf));
  return statesOf<IModelDeployment>(evidence, modelDeployments.plural).flatMap((states) => {
    const rejected = states.flatMap(({ status }) => status?.rejected ?? []);
    const [first] = states;
    const wrong = rejected.find(
      ({ revision, reason }) => !reasonsOfOthers.has(reason) && accused.has(revision) && !ill.has(revision),
    );
    return first === undefined || wrong === undefined
      ? []
      : [`I12: ${nameOf(first)} rejected ${wrong.revision}, by ${wrong.reason}, for pods that the forger made`];
  });
}

/** By which a revision is rejected whatever its pods do. */
const reasonsOfOthers: ReadonlySet<string> = new Set(['Aborted', 'RejectedByMonitor', 'AnalysisFailed']);

function isIll({ status }: IPod): boolean {
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return all.some(({ restartCount, state }) => restartCount > 0 || (state?.terminated?.exitCode ?? 0) !== 0);
}

/** What takes over is what the operator made. */
function forgedNeverServes(evidence: Evidence): readonly string[] {
  const forged = new Set(forgedOf(evidence, 'Deployment').map(revisionOf));
  for (const deployment of firstStates(evidence, deployments.plural)) {
    if (!evidence.forged.made.has(uidOf(deployment))) forged.delete(revisionOf(deployment));
  }
  return statesOf<IModelDeployment>(evidence, modelDeployments.plural).flatMap((states) => {
    const found = states.find(({ status }) => status?.stable !== undefined && forged.has(status.stable.revision));
    return found === undefined ? [] : [`I12: ${nameOf(found)} serves from a Deployment that the forger made`];
  });
}

function revisionOf({ metadata }: Resource): string {
  return metadata?.labels?.[label.revision] ?? '';
}

function forgedOf({ forged }: Evidence, kind: string): readonly Resource[] {
  return [...forged.made.values()].filter((object) => object.kind === kind);
}

function firstStates({ changes }: Evidence, plural: string): readonly Resource[] {
  return [...lives(changes, plural).values()].flatMap(([first]) => first?.object ?? []);
}

function statesOf<R extends Resource>({ changes }: Evidence, plural: string): readonly (readonly R[])[] {
  return [...lives(changes, plural).values()].map((states) => states.map(({ object }) => object as R));
}

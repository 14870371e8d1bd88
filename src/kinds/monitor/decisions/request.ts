import { kubectl, patchCommand } from '../../../api/command.ts';
import { written } from '../../../api/message.ts';
import type { Attempt, IModelDeployment, IModelVersion, ITrainingRun, RetrainStatus } from '../../../api/types.ts';
import { uidOf } from '../../../api/resource.ts';
import { compareVersions, identityOf, isSameVersion } from '../../../domain/versions.ts';
import type { MonitorReason } from '../status/reasons.ts';

export interface RequestFacts {
  readonly namespace: string;
  readonly request: RetrainStatus;
  readonly run: ITrainingRun | undefined;
  /** Those that the run has registered. */
  readonly versions: readonly IModelVersion[];
  readonly deployment: IModelDeployment | undefined;
}

/** How far a request has come. */
export type RequestProgress =
  | {
      readonly type: 'Open';
      readonly attempt: string | undefined;
      readonly reason: MonitorReason;
      readonly message: string;
    }
  | { readonly type: 'Ended'; readonly attempt: string };

/**
 * Requested → an attempt covers it (the receipt) → the attempt ends → its version, if it has one, is stable or rejected in the
 * ModelDeployment, or never will be either.
 */
export function requestProgress(facts: RequestFacts): RequestProgress {
  const attempt = servedBy(facts);
  if (attempt === undefined) return waiting(facts);
  // An attempt of that name is another one where the run was made again.
  if (isOfAnotherRun(facts)) return { type: 'Ended', attempt };
  const version = versionOf(facts, attempt);
  if (version === undefined) {
    return isRunning(facts, attempt) ? training(facts, attempt) : { type: 'Ended', attempt };
  }
  return isSettled(version, facts) ? { type: 'Ended', attempt } : rollingOut(facts, attempt);
}

function isOfAnotherRun({ request, run }: RequestFacts): boolean {
  const { attempt, trainingRunUID } = request;
  return attempt !== undefined && trainingRunUID !== undefined && run !== undefined && uidOf(run) !== trainingRunUID;
}

/** By its UID; by its name where the history has forgotten the attempt. */
function versionOf({ run, versions }: RequestFacts, name: string): IModelVersion | undefined {
  const attempt = run?.status?.attempts?.find((one) => one.name === name);
  return attempt === undefined
    ? versions.find(({ metadata }) => metadata?.name === name)
    : versions.find((version) => uidOf(version) === attempt.versionUID);
}

/** The oldest attempt that covers the request, once known for good. ModelVersions tell of attempts that the history forgot. */
function servedBy({ request, run, versions }: RequestFacts): string | undefined {
  if (request.attempt !== undefined) return request.attempt;
  const asked = Date.parse(request.requestedAt);
  const attempts = (run?.status?.attempts ?? []).map(({ name, number, coversUntil }) => ({
    name,
    number,
    coversUntil,
  }));
  const registered = versions.map(({ metadata, spec: { number, coversUntil } }) => ({
    name: metadata?.name ?? '',
    number,
    coversUntil,
  }));
  const [oldest] = [...attempts, ...registered]
    .filter(({ coversUntil }) => Date.parse(coversUntil) >= asked)
    .toSorted((left, right) => left.number - right.number);
  return oldest?.name;
}

function isRunning({ run }: RequestFacts, name: string): boolean {
  const attempt: Attempt | undefined = run?.status?.attempts?.find((candidate) => candidate.name === name);
  return attempt !== undefined && attempt.verdict === undefined && attempt.endTime === undefined;
}

type Rule = (version: IModelVersion, facts: RequestFacts, deployment: IModelDeployment) => boolean;

/** A version is settled if one of these holds. */
const settled: readonly Rule[] = [isStable, isRejected, isNotFollowed, isOvertaken, hasNoModel];

function isSettled(version: IModelVersion, facts: RequestFacts): boolean {
  const { deployment } = facts;
  return deployment === undefined || settled.some((rule) => rule(version, facts, deployment));
}

function isStable(version: IModelVersion, _facts: RequestFacts, { status }: IModelDeployment): boolean {
  return isSameVersion(identityOf(version), status?.stable ?? {});
}

/** Also if the same model was rejected under an older version's name: it is the same revision. */
function isRejected(version: IModelVersion, { versions }: RequestFacts, { status }: IModelDeployment): boolean {
  return (status?.rejected ?? []).some((rejected) => {
    if (isSameVersion(identityOf(version), rejected)) return true;
    const older = versions.find((candidate) => isSameVersion(identityOf(candidate), rejected));
    return older?.spec.digest !== undefined && older.spec.digest === version.spec.digest;
  });
}

function isNotFollowed(_version: IModelVersion, { request }: RequestFacts, { spec }: IModelDeployment): boolean {
  return spec.model.trainingRunRef?.name !== request.trainingRun;
}

/** A newer version will be rolled out instead, unless this one is being rolled out already. */
function isOvertaken(
  version: IModelVersion,
  { versions, request }: RequestFacts,
  { status }: IModelDeployment,
): boolean {
  const own = identityOf(version);
  const isNewer = (other: IModelVersion) => compareVersions(request.trainingRun, identityOf(other), own) > 0;
  return versions.some(isNewer) && !isSameVersion(own, status?.candidate ?? {});
}

function hasNoModel({ spec }: IModelVersion): boolean {
  return spec.uri === undefined;
}

function waiting({ request, run, namespace }: RequestFacts): RequestProgress {
  const name = request.trainingRun;
  const help = helpFor(run, name, namespace);
  const what = `TrainingRun "${name}" was asked to train${help === undefined ? '' : `, but it ${help.why}`}`;
  const message = written({ what, remedies: help === undefined ? [] : [help.remedy] });
  return { type: 'Open', attempt: undefined, reason: 'Requested', message };
}

function helpFor(run: ITrainingRun | undefined, name: string, namespace: string) {
  if (run === undefined) {
    const command = kubectl(namespace, 'get', 'trainingruns');
    return {
      why: 'does not exist any more',
      remedy: { text: 'create it or correct spec.retrain.trainingRunRef', command },
    };
  }
  if (run.spec.suspend !== true) return undefined;
  const command = patchCommand('trainingrun', { namespace, name }, { suspend: false });
  return { why: 'is suspended', remedy: { text: 'let it go on', command } };
}

function training({ request, namespace }: RequestFacts, attempt: string): RequestProgress {
  const name = request.trainingRun;
  const message = written({
    what: `attempt ${attempt} of TrainingRun "${name}" answers the request`,
    remedies: [{ text: 'see how it goes', command: kubectl(namespace, 'get', 'trainingrun', name) }],
  });
  return { type: 'Open', attempt, reason: 'Training', message };
}

function rollingOut({ deployment, namespace }: RequestFacts, attempt: string): RequestProgress {
  const name = deployment?.metadata?.name ?? '';
  const message = written({
    what: `ModelVersion ${attempt} is to become stable or be rejected in ModelDeployment "${name}"`,
    remedies: [{ text: 'see how it goes', command: kubectl(namespace, 'get', 'modeldeployment', name) }],
  });
  return { type: 'Open', attempt, reason: 'RollingOut', message };
}

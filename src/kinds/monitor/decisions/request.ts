import type { Attempt, IModelDeployment, IModelVersion, ITrainingRun, RetrainStatus } from '../../../api/types.ts';
import { identityOf, isSameVersion } from '../../../domain/versions.ts';

export interface RequestFacts {
  readonly namespace: string;
  readonly request: RetrainStatus;
  readonly run: ITrainingRun | undefined;
  readonly versions: readonly IModelVersion[];
  readonly deployment: IModelDeployment | undefined;
}

/** How far a request has come. */
export type RequestProgress =
  | { readonly type: 'Open'; readonly attempt: string | undefined; readonly reason: string; readonly message: string }
  | { readonly type: 'Ended'; readonly attempt: string };

/**
 * Requested → an attempt covers it (the receipt) → the attempt ends → its version, if it has one, is stable or rejected in the
 * ModelDeployment, or never will be either.
 */
export function requestProgress(facts: RequestFacts): RequestProgress {
  const attempt = servedBy(facts);
  if (attempt === undefined) return waiting(facts);
  const version = facts.versions.find(({ metadata }) => metadata?.name === attempt);
  if (version === undefined) {
    return isRunning(facts, attempt) ? training(facts, attempt) : { type: 'Ended', attempt };
  }
  return isSettled(version, facts) ? { type: 'Ended', attempt } : rollingOut(facts, attempt);
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
function isRejected(
  { metadata, spec }: IModelVersion,
  { versions }: RequestFacts,
  { status }: IModelDeployment,
): boolean {
  return (status?.rejected ?? []).some((rejected) => {
    if (rejected.version === metadata?.name) return true;
    const older = versions.find((candidate) => candidate.metadata?.name === rejected.version);
    return older !== undefined && older.spec.digest !== undefined && older.spec.digest === spec.digest;
  });
}

function isNotFollowed(_version: IModelVersion, { request }: RequestFacts, { spec }: IModelDeployment): boolean {
  return spec.model.trainingRunRef?.name !== request.trainingRun;
}

/** A newer version will be rolled out instead, unless this one is being rolled out already. */
function isOvertaken(
  { metadata, spec }: IModelVersion,
  { versions }: RequestFacts,
  { status }: IModelDeployment,
): boolean {
  return versions.some((other) => other.spec.number > spec.number) && status?.candidate?.version !== metadata?.name;
}

function hasNoModel({ spec }: IModelVersion): boolean {
  return spec.uri === undefined;
}

function waiting({ request, run, namespace }: RequestFacts): RequestProgress {
  const name = request.trainingRun;
  const hint = hintFor(run, name, namespace);
  const message = `TrainingRun "${name}" was asked to train.${hint === undefined ? '' : ` ${hint}`}`;
  return { type: 'Open', attempt: undefined, reason: 'Requested', message };
}

function hintFor(run: ITrainingRun | undefined, name: string, namespace: string): string | undefined {
  if (run === undefined) {
    return `It does not exist any more; create it or correct spec.retrain.trainingRunRef: kubectl get trainingruns -n ${namespace}`;
  }
  if (run.spec.suspend !== true) return undefined;
  return `It is suspended; set spec.suspend to false there: kubectl edit trainingrun ${name} -n ${namespace}`;
}

function training({ request, namespace }: RequestFacts, attempt: string): RequestProgress {
  const message =
    `Attempt ${attempt} of TrainingRun "${request.trainingRun}" trains. ` +
    `See how it goes: kubectl get trainingrun ${request.trainingRun} -n ${namespace}`;
  return { type: 'Open', attempt, reason: 'Training', message };
}

function rollingOut({ deployment, namespace }: RequestFacts, attempt: string): RequestProgress {
  const name = deployment?.metadata?.name ?? '';
  const message =
    `ModelVersion ${attempt} is to become stable or be rejected in ModelDeployment "${name}". ` +
    `See how it goes: kubectl get modeldeployment ${name} -n ${namespace}`;
  return { type: 'Open', attempt, reason: 'RollingOut', message };
}

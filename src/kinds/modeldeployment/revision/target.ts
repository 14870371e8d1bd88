import type { IModelVersion, ModelDeploymentSpec, RejectedRevision, RevisionStatus } from '../../../api/types.ts';
import { isRejected } from '../../../domain/rejections.ts';
import { versionNumber } from '../../../domain/versions.ts';
import { locate } from '../../../storage/index.ts';
import { revisionOf } from './revision.ts';
import type { ServedModel } from './revision.ts';

/** A revision that the spec asks for. */
export interface WantedRevision extends ServedModel {
  readonly revision: string;
}

export type Target =
  | { readonly type: 'Revision'; readonly wanted: WantedRevision }
  /** Nothing that may be served: what the spec asks for was rejected. */
  | { readonly type: 'Rejected'; readonly rejection: RejectedRevision }
  /** Nothing that can be served. `stalled`: a user has to act; otherwise it comes by itself. */
  | { readonly type: 'Missing'; readonly reason: string; readonly message: string; readonly stalled: boolean };

export interface TargetFacts {
  readonly namespace: string;
  readonly spec: ModelDeploymentSpec;
  readonly stable: RevisionStatus | undefined;
  readonly candidate: RevisionStatus | undefined;
  readonly previous: RevisionStatus | undefined;
  readonly rejected: readonly RejectedRevision[];
  /** The ModelVersions of the followed run and those that the spec or the status name. */
  readonly versions: readonly IModelVersion[];
  /** Whether the followed TrainingRun exists. */
  readonly runExists: boolean;
}

/** How many of the newest versions are considered: after a rejection one step back, and no further until a newer one comes. */
const stepsBack = 2;

/**
 * Which revision shall serve. A stable revision that was rejected after its promotion gives way to the one before it; else it
 * is the pinned model, or the newest version of the followed run that was not rejected, but none older than what serves.
 */
export function targetOf(facts: TargetFacts): Target {
  const back = rollbackOf(facts);
  if (back !== undefined) return { type: 'Revision', wanted: back };
  const { model } = facts.spec;
  if (model.trainingRunRef !== undefined) return followed(facts, model.trainingRunRef.name);
  if (model.versionRef !== undefined) return pinned(facts, model.versionRef.name);
  return declared(facts, { uri: model.uri ?? '', digest: model.digest });
}

function rollbackOf({ stable, previous, rejected }: TargetFacts): WantedRevision | undefined {
  if (stable === undefined || previous === undefined) return undefined;
  return isRejected(stable.revision, rejected) && !isRejected(previous.revision, rejected) ? previous : undefined;
}

function followed(facts: TargetFacts, run: string): Target {
  const { stable, rejected } = facts;
  const newest = versionsOf(facts, run).slice(0, stepsBack);
  const [first] = newest;
  if (first === undefined) return noVersion(facts, run);
  const floor = stable !== undefined && !isRejected(stable.revision, rejected) ? versionNumber(stable.version, run) : 0;
  const eligible = newest.filter(({ version }) => versionNumber(version, run) >= floor);
  const accepted = eligible.map((model) => declared(facts, model)).find(({ type }) => type !== 'Rejected');
  return accepted ?? declared(facts, first);
}

/**
 * Newest first. What serves stays eligible when its ModelVersion was deleted: its artifact is known from the status. So does
 * what is being deployed first, if nothing else is left.
 */
function versionsOf({ versions, stable, candidate }: TargetFacts, run: string): readonly ServedModel[] {
  const models = versions.filter(({ spec }) => spec.trainingRun === run).flatMap(modelOf);
  const known = stable ?? (models.length === 0 ? candidate : undefined);
  const forgotten =
    known !== undefined && versionNumber(known.version, run) > 0 && !models.some((m) => m.version === known.version);
  return [...models, ...(forgotten ? [known] : [])].toSorted(
    (left, right) => versionNumber(right.version, run) - versionNumber(left.version, run),
  );
}

function modelOf({ metadata, spec }: IModelVersion): ServedModel[] {
  if (spec.uri === undefined || metadata?.name === undefined) return [];
  return [{ uri: spec.uri, digest: spec.digest, version: metadata.name }];
}

function pinned(facts: TargetFacts, name: string): Target {
  const version = facts.versions.find(({ metadata }) => metadata?.name === name);
  if (version !== undefined) {
    const [model] = modelOf(version);
    return model === undefined ? withoutModel(facts.namespace, version) : declared(facts, model);
  }
  const known = facts.stable ?? facts.candidate;
  if (known?.version === name) return declared(facts, known);
  const message =
    `ModelVersion "${name}" does not exist in this namespace. Name another one in spec.model.versionRef: ` +
    `kubectl get modelversions -n ${facts.namespace}`;
  return { type: 'Missing', reason: 'VersionNotFound', message, stalled: true };
}

function declared({ spec, rejected }: TargetFacts, model: ServedModel): Target {
  const location = locate(model.uri);
  if (location.type === 'Unlocated') {
    const message = `The model cannot be mounted: ${location.message}. Name another one in spec.model.`;
    return { type: 'Missing', reason: 'URINotSupported', message, stalled: true };
  }
  const revision = revisionOf(model, spec);
  const rejection = rejected.find((entry) => entry.revision === revision);
  if (rejection !== undefined) return { type: 'Rejected', rejection };
  return { type: 'Revision', wanted: { ...model, revision } };
}

function noVersion({ namespace, versions, runExists }: TargetFacts, run: string): Target {
  const withoutUri = versions.find(({ spec }) => spec.trainingRun === run);
  if (withoutUri !== undefined) return withoutModel(namespace, withoutUri);
  if (runExists) {
    const message =
      `TrainingRun "${run}" has no ModelVersion yet; the first that passes its gate is deployed. ` +
      `See how it goes: kubectl get trainingrun ${run} -n ${namespace}`;
    return { type: 'Missing', reason: 'NoVersion', message, stalled: false };
  }
  const message =
    `TrainingRun "${run}" does not exist in this namespace and has left no ModelVersion. Create it or correct ` +
    `spec.model.trainingRunRef: kubectl get trainingruns -n ${namespace}`;
  return { type: 'Missing', reason: 'TrainingRunNotFound', message, stalled: true };
}

function withoutModel(namespace: string, { metadata, spec }: IModelVersion): Target {
  const message =
    `ModelVersion "${metadata?.name}" has no uri, since its TrainingRun keeps no model. Set spec.output.uri there, ` +
    `which trains again: kubectl edit trainingrun ${spec.trainingRun} -n ${namespace}`;
  return { type: 'Missing', reason: 'VersionWithoutModel', message, stalled: true };
}

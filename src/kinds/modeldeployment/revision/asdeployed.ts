import type { RejectedRevision, RevisionStatus } from '../../../api/types.ts';
import { isSameVersion } from '../../../domain/versions.ts';
import { revisionOf, type ServedModel, type ServingSpec } from './revision.ts';

/** What was deployed before, by this operator or an older one. */
export interface Deployed {
  readonly spec: ServingSpec;
  readonly stable: RevisionStatus | undefined;
  readonly candidate: RevisionStatus | undefined;
  readonly previous: RevisionStatus | undefined;
  readonly rejected: readonly RejectedRevision[];
}

/**
 * The model as it was known when it was deployed: a revision that was deployed when profiles, or the places of models that people name,
 * did not count yet stays what it is, since an upgrade of the operator must restart nothing.
 */
export function asDeployed(deployed: Deployed, model: ServedModel): ServedModel {
  const { spec, stable, candidate, previous, rejected } = deployed;
  const roles = [stable, candidate, previous];
  if (model.digestSource === 'Declared' && roles.some((role) => role && isBeforePlaces(role, model, spec)))
    return withoutSource(model);
  if (model.profileDigest === undefined) return model;
  const { profileDigest: _, ...before } = model;
  const revision = revisionOf(before, spec);
  const isKnown = [...roles, ...rejected].some((one) => one?.revision === revision && isSameVersion(one, model));
  return isKnown ? before : model;
}

/** What was rejected at another place does not count, since only the place may have been wrong. */
function isBeforePlaces(role: RevisionStatus, model: ServedModel, spec: ServingSpec): boolean {
  const isOfModel = role.digestSource === undefined && role.uri === model.uri && role.digest === model.digest;
  return isOfModel && role.revision === revisionOf(withoutSource(model), spec);
}

function withoutSource(model: ServedModel): ServedModel {
  const { digestSource: _, ...before } = model;
  return before;
}

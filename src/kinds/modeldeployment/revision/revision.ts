import { createHash } from 'node:crypto';
import type { ModelDeploymentSpec } from '../../../api/types.ts';
import { canonicalJSON } from '../../../domain/canonical.ts';

/** The artifact that a revision serves. */
export interface ServedModel {
  readonly uri: string;
  readonly digest?: string | undefined;
  /** The ModelVersion's name; absent for a model that was given by its URI. */
  readonly version?: string | undefined;
}

export type ServingSpec = Pick<ModelDeploymentSpec, 'server' | 'observe'>;

/**
 * Eight hexadecimal digits that stand for all that a pod of the revision depends on: the model by its digest (by its URI where
 * the digest is unknown), the server and the observer. What the operator adds by itself, such as the observer's image, is left
 * out: an upgrade of the operator must restart nothing.
 */
export function revisionOf(model: ServedModel, { server, observe }: ServingSpec): string {
  const identity = {
    model: model.digest ?? model.uri,
    server,
    observed: observe !== undefined,
    signals: observe?.signals,
  };
  return createHash('sha256').update(canonicalJSON(identity)).digest('hex').slice(0, 8);
}

/** The name of a revision's Deployment and Service. */
export function revisionName(modelDeployment: string, revision: string): string {
  return `${modelDeployment}-${revision}`;
}

import type { FeatureProfile, IModelVersion, ModelDeploymentSpec, RevisionStatus } from '../../../api/types.ts';
import { defined } from '../../../api/defined.ts';
import { categoriesOf } from '../../../domain/profile.ts';
import { canonicalJSON } from '../../../domain/canonical.ts';
import { textDigest } from '../../../domain/digest.ts';
import { recipePod, surroundings } from '../../../domain/podoptions.ts';
import { identityOf, type VersionIdentity } from '../../../domain/versions.ts';

/** The artifact that a revision serves, and the version that it is. */
export interface ServedModel extends VersionIdentity {
  readonly uri: string;
  readonly digest?: string | undefined;
  /** Who says what the digest is; absent if nobody knows. */
  readonly digestSource?: RevisionStatus['digestSource'] | undefined;
  /** Of the profile that the revision observes by; absent if it observes no signal that has one. */
  readonly profileDigest?: string | undefined;
}

/** Tells a server where its model is: its path, or its URI where the server gets it by itself. */
export const modelVariable = 'FLYBALL_MODEL';

/** Where servers find their model that do not say where they look, always as a folder where it was fetched. */
export const usualModelPath = '/flyball/model';

type Profile = Readonly<Record<string, FeatureProfile>>;

export type ServingSpec = Pick<ModelDeploymentSpec, 'server' | 'observe'> & {
  readonly model?: Pick<ModelDeploymentSpec['model'], 'delivery'>;
};

/** Whether the server gets the model by itself, so that nothing is mounted, and nobody else has seen what it is. */
export function isStreamed({ model }: Pick<ServingSpec, 'model'>): boolean {
  return model?.delivery === 'Server';
}

/** The eight hexadecimal digits by which a revision is named: the first of its digest. */
export function revisionOf(model: ServedModel, spec: ServingSpec): string {
  return namedBy(revisionDigest(model, spec));
}

/** The name of the revision that has this digest. */
export function namedBy(digest: string): string {
  return digest.slice('sha256:'.length).slice(0, 8);
}

/**
 * The digest of all that a pod of the revision depends on: the model by its digest (by its URI where the digest is unknown), the server,
 * the observer and the profile that it counts by. A model that people name is known by place and digest, so that a place mistyped
 * beside the right digest can be corrected, and so is one that the server gets by itself, which is told the place. What the
 * operator adds by itself, such as the observer's image and what the chart gives it, is left out: an upgrade of the operator must
 * restart nothing.
 */
export function revisionDigest(model: ServedModel, spec: ServingSpec): string {
  const { server, observe } = spec;
  const isNamed = model.digestSource === 'Declared' || isStreamed(spec);
  const identity = {
    model: model.digest ?? model.uri,
    place: isNamed && model.digest !== undefined ? model.uri : undefined,
    delivery: isStreamed(spec) ? 'Server' : undefined,
    server: {
      ...server,
      modelPath: server.modelPath === usualModelPath ? undefined : server.modelPath,
      pod: { ...recipePod(server.pod), ...surroundings(server.pod) },
    },
    observed: observe !== undefined,
    signals: observe?.signals,
    observerResources: observe?.resources,
    profile: model.profileDigest,
  };
  return textDigest(canonicalJSON(identity));
}

/**
 * Whether the spec as it is now would make this very revision of its model. Two servers of one name are found within seconds, and what
 * was approved must not become the other: so the whole digest decides where it is known.
 */
export function isDeclared(role: RevisionStatus, spec: ServingSpec): boolean {
  const digest = revisionDigest(role, spec);
  return role.revisionDigest === undefined ? namedBy(digest) === role.revision : digest === role.revisionDigest;
}

/** The model of a version; undefined if its run keeps none. */
export function modelOf(version: IModelVersion, { observe }: ServingSpec): ServedModel | undefined {
  const { uri, digest, digestSource, profile } = version.spec;
  if (uri === undefined || version.metadata?.name === undefined) return undefined;
  const profileDigest = digestOf(observedProfile(observe, profile));
  return { ...identityOf(version), uri, digest, digestSource, profileDigest };
}

/**
 * What the contents of a model have to be where they are fetched: what was measured of them, or is declared beside their URI. What a training
 * merely says of them may be any text, and is what the revision is told apart by.
 */
export function verifiedDigest({ digest, digestSource }: ServedModel): string | undefined {
  return digestSource === 'Measured' || digestSource === 'Declared' ? digest : undefined;
}

/** What is known of the training data of the signals that are observed. */
export function observedProfile(observe: ServingSpec['observe'], profile: Profile = {}): Profile {
  const signals = new Set(observe?.signals?.map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(profile)
      .filter(([signal]) => signals.has(signal))
      .map(([signal, feature]) => [signal, defined<FeatureProfile>({ ...feature, categories: categoriesOf(feature) })]),
  );
}

function digestOf(profile: Profile): string | undefined {
  return Object.keys(profile).length === 0 ? undefined : textDigest(canonicalJSON(profile));
}

/** The name of a revision's Deployment and Service. */
export function revisionName(modelDeployment: string, revision: string): string {
  return `${modelDeployment}-${revision}`;
}

/**
 * The revision whose Deployment or Service has the name; undefined if none has. A label would tell the same, and could be edited: what
 * serves would be taken for what was rejected.
 */
export function revisionIn(modelDeployment: string, name: string): string | undefined {
  const revision = name.startsWith(`${modelDeployment}-`) ? name.slice(modelDeployment.length + 1) : '';
  return /^[0-9a-f]{8}$/.test(revision) ? revision : undefined;
}

import type { IVolume, IVolumeMount } from 'kubernetes-models/v1';

/** Where an artifact is: its URI, taken apart. */
export interface Location {
  readonly type: 'Location';
  readonly scheme: string;
  /** What holds the artifact, such as a claim. */
  readonly authority: string;
  /** Where it is in there: relative, and never outside. */
  readonly path: string;
}

/** Why a URI is none that can be used: what is wrong with it and what to write instead. */
export interface Unlocated {
  readonly type: 'Unlocated';
  readonly message: string;
}

export type Access = 'Read' | 'Write';

/**
 * What a pod needs in order to have artifacts at their paths. Volumes are named after what they hold, whatever its length: one
 * name stands for one volume. `joined` gives them the names that Kubernetes takes.
 */
export interface PodParts {
  readonly volumes: readonly IVolume[];
  readonly mounts: readonly IVolumeMount[];
}

/** Artifacts of some schemes. A new one is one file and one line in `storages`, and the rule of ArtifactURI in crds/. */
export interface Storage {
  readonly schemes: readonly string[];
  /** How its URIs are written, for people. */
  readonly form: string;
  /** Takes any text apart that begins with one of the schemes and `://`. */
  parse(uri: string): Location | Unlocated;
  /** Artifacts that are read are mounted read-only. */
  parts(at: Location, mountPath: string, access: Access): PodParts;
}

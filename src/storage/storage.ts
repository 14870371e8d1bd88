import type { IVolume, IVolumeMount } from 'kubernetes-models/v1';
import type { StorageVolume } from '../api/generated/shared.ts';

/** Where an artifact is: its URI, taken apart. */
export interface Location {
  readonly type: 'Location';
  readonly scheme: string;
  /** What holds the artifact, such as a claim or a bucket. */
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

/** How a pod wants to have an artifact. */
export interface Mounting {
  readonly mountPath: string;
  readonly access: Access;
  /** What its contents have to be: `sha256:…` of the folder. Absent if nobody says. */
  readonly digest?: string | undefined;
  /** What is fetched into; an emptyDir if absent. */
  readonly volume?: StorageVolume | undefined;
}

/** An artifact that is brought into the pod before anything else starts. */
export interface Fetch {
  readonly uri: string;
  /** The folder in the containers that fetch. */
  readonly folder: string;
  readonly digest?: string | undefined;
}

/**
 * What a pod needs in order to have artifacts at their paths. Volumes are named after what they hold, whatever its length: one
 * name stands for one volume. `joined` gives them the names that Kubernetes takes.
 */
export interface PodParts {
  readonly volumes: readonly IVolume[];
  /** Where the user's container sees them. */
  readonly mounts: readonly IVolumeMount[];
  readonly fetches: readonly Fetch[];
}

/** Artifacts of some schemes. A new one is one file and one line in `storages`, and the rule of ArtifactURI in crds/. */
export interface Storage {
  readonly schemes: readonly string[];
  /** How its URIs are written, for people. */
  readonly form: string;
  /** Whether the kubelet cannot mount it, so that it has to be fetched and saved. */
  readonly isRemote: boolean;
  /** Whether outputs and checkpoints can go there. */
  readonly isWritable: boolean;
  /** Takes any text apart that begins with one of the schemes and `://`. */
  parse(uri: string): Location | Unlocated;
  /** Artifacts that are read are mounted read-only. */
  parts(at: Location, mounting: Mounting): PodParts;
}

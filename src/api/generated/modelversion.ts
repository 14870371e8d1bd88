// Generated from crds/*.yaml by `npm run generate`. Do not edit.

import type { IObjectMeta } from '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta';
import type {
  Accelerator,
  ArtifactURI,
  ContainerResources,
  Dataset,
  Decimal,
  EnvironmentSource,
  EnvironmentVariable,
  GateVerdict,
  OutputURI,
  PodContainer,
  PodVolume,
  ResultsSpec,
  Source,
  Trigger,
} from './shared.ts';

/** The record of a training attempt that passed its gate: what was made, from what, and why it was let through. The operator writes it once; it outlives its TrainingRun and is deleted only by people. */
export interface IModelVersion {
  apiVersion: 'flyball.dev/v1alpha1';
  kind: 'ModelVersion';
  metadata?: IObjectMeta;
  /** The record. It never changes. */
  spec: ModelVersionSpec;
}

/**
 * The distribution of one feature in the training data: edges for numbers, categories for words.
 *
 */
export interface FeatureProfile {
  /**
   * The nine decile edges, ascending, in the feature's unit.
   */
  edges?: Decimal[];
  /**
   * The share of each category, between 0 and 1, at most 12 by name and the rest as Other.
   */
  categories?: {
    [k: string]: Decimal;
  };
}
/**
 * What of the options of its pods can change the result. Absent if the recipe has none of it.
 *
 */
export interface RecipePod {
  /**
   * Volumes beside those of datasets, output and model, at most 16. They are part of the recipe of a TrainingRun. None by default.
   */
  volumes?: PodVolume[];
  /**
   * Containers that end before main starts, one after the other, at most 4. They are part of the recipe of a TrainingRun. None by default.
   */
  initContainers?: PodContainer[];
}
/**
 * The accelerators that it was trained on, as the attempt asked for them. Absent if it asked for none.
 *
 */
export interface TrainedHardware {
  /**
   * The hardware profile that the recipe names, which may have been edited since. Absent if it names none.
   */
  profile?: string;
  /**
   * The extended resource, such as nvidia.com/gpu.
   */
  resource: string;
  /**
   * The model of device, as the node label <resource>.product names it. Absent if any would do.
   */
  product?: string;
  /**
   * How many devices each pod had.
   */
  count: number;
}
/**
 * The record. It never changes.
 *
 */
export interface ModelVersionSpec {
  /**
   * The number of the attempt, counting up from 1.
   */
  number: number;
  /**
   * The TrainingRun that made it.
   */
  trainingRun: string;
  /**
   * The metadata.uid of that TrainingRun: one that was deleted and made again is another one. Absent if it is not known.
   */
  trainingRunUID?: string;
  /**
   * The metadata.uid of the attempt's first Job.
   */
  attemptUID: string;
  /**
   * The digest of the recipe that was run. Attempts of the same recipe have the same.
   */
  recipeDigest: string;
  /**
   * What started the attempt.
   */
  trigger: Trigger;
  /**
   * Triggers up to this time are answered by this attempt.
   */
  coversUntil: string;
  /**
   * Where the model is: <output.uri>/<attempt>-<UID of the run>, and where the operator saved it, behind that /<UID of the pod>. Absent if the run has no output.
   */
  uri?: ArtifactURI;
  /**
   * The digest of the model. Absent if there is none.
   */
  digest?: string;
  /**
   * Who says so. Measured: the operator's own container, of each byte that it saved. Reported: the training container, and nobody else has looked. Absent without a digest.
   */
  digestSource?: 'Measured' | 'Reported';
  /**
   * How many bytes the files of the model have together. Absent if nobody measured it.
   */
  size?: number;
  /**
   * Who brought the model to its URI, where that is in another store than a claim: the operator's own container (Operator), or the training container itself (Container).
   */
  savedBy?: 'Operator' | 'Container';
  /**
   * The first 12 characters of the digest behind the name of its algorithm, for people to tell models apart. Absent without a digest.
   */
  shortDigest?: string;
  /**
   * The first metric that the gate judged, or the first by name, such as "f1=0.93". Absent without metrics.
   */
  metric?: string;
  /**
   * The metrics of the model, as decimal numbers, at most 16.
   */
  metrics: {
    [k: string]: string;
  };
  /**
   * The distribution of the features in the training data by the name of the signal, at most 32. What drift is measured against. Absent if the training container reported none.
   */
  profile?: {
    [k: string]: FeatureProfile;
  };
  /**
   * The image of the training container, as the recipe has it.
   */
  image: string;
  /**
   * The image that the node ran, with its digest. Absent if the node did not report it.
   */
  imageDigest?: string;
  /**
   * The entry point of the container. By default that of the image.
   */
  command?: string[];
  /**
   * The arguments of the entry point. By default those of the image.
   */
  args?: string[];
  /**
   * The folder in which the command starts. That of the image by default.
   */
  workingDir?: string;
  /**
   * Environment variables of the container, at most 64. None by default. All fields of an object together may name 16 different Secrets.
   */
  env?: EnvironmentVariable[];
  /**
   * Sources of which every key becomes a variable, at most 8. A variable of env wins. None by default.
   */
  envFrom?: EnvironmentSource[];
  /**
   * What the container gets of each node, as request and limit alike. By default neither is set, and the namespace's LimitRange applies.
   */
  resources?: ContainerResources;
  /**
   * The accelerators that each node gets. None by default.
   */
  accelerator?: Accelerator;
  /**
   * How many pods trained together. Absent for one.
   */
  nodes?: number;
  /**
   * What else the container gets to find the others. JAX: the variables of Open MPI, by which jax.distributed.initialize() works without arguments; not for programs that use MPI, nor for DeepSpeed. Nothing by default.
   */
  rendezvous?: 'JAX';
  /**
   * Where the container keeps what it needs to resume when its pod is started again. Nowhere by default.
   */
  checkpoint?: {
    /**
     * The PersistentVolumeClaim, whose folder checkpoints/<run>-<UID of the run> is mounted at /flyball/checkpoint in every retry of every attempt. A run that is deleted and made again starts without a checkpoint.
     */
    claimName?: string;
    /**
     * The folder of another store than a claim: below its folder checkpoints/<run>-<UID of the run> what the container keeps in /flyball/checkpoint is saved every minute, and brought back when a pod of the run starts. Of several nodes the first one's is saved.
     */
    uri?: OutputURI;
  };
  /**
   * Where the container leaves what it found out. By default a results document at the path of the variable FLYBALL_RESULTS.
   */
  results?: ResultsSpec;
  /**
   * What of the options of its pods can change the result. Absent if the recipe has none of it.
   */
  pod?: RecipePod;
  /**
   * The accelerators that it was trained on, as the attempt asked for them. Absent if it asked for none.
   */
  hardware?: TrainedHardware;
  /**
   * Where the training code came from. Absent if the recipe does not say.
   */
  source?: Source;
  /**
   * The datasets that were read, with the digests that the training container reported or the recipe pinned.
   */
  datasets?: Dataset[];
  /**
   * The hyperparameters by name.
   */
  parameters?: {
    [k: string]: string;
  };
  /**
   * The seed of the random numbers. Absent if the recipe has none.
   */
  seed?: number;
  /**
   * What each rule of the gate found, in the order of the rules. Absent without a gate.
   */
  gate?: GateVerdict[];
  /**
   * The ModelVersion that the gate compared with. Absent if there was none.
   */
  champion?: string;
  /**
   * Why it was registered: it passed the gate, or there is none.
   */
  reason?: 'NoGate' | 'GatePassed';
}

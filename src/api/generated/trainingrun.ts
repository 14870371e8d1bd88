// Generated from crds/*.yaml by `npm run generate`. Do not edit.

import type { IObjectMeta } from '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta';
import type {
  Accelerator,
  Condition,
  ContainerResources,
  Dataset,
  EnvironmentSource,
  EnvironmentVariable,
  GateVerdict,
  ImageReference,
  OutputURI,
  PodOptions,
  ResultsSpec,
  Source,
  StorageOptions,
  Trigger,
} from './shared.ts';

/** A training recipe that can be run again: by hand, on a schedule, when it is edited, or when a Monitor asks for it. Each run of it is an attempt; an attempt that passes the gate becomes a ModelVersion. */
export interface ITrainingRun {
  apiVersion: 'flyball.dev/v1alpha1';
  kind: 'TrainingRun';
  metadata?: IObjectMeta;
  /** The recipe, which is what reaches the container (image, command, args, env, resources, accelerator, nodes, source, datasets, parameters, seed, checkpoint and output), and when and how often to run it. Editing the recipe starts a new attempt when the current one has ended; editing another field does not. */
  spec: TrainingRunSpec;
  /** What the operator has seen and decided. */
  status?: TrainingRunStatus;
}

/**
 * One rule. Either absolute (min, max or both) or a comparison with the champion (against with one of maxDecrease and maxIncrease).
 *
 */
export interface GateRule {
  /**
   * The metric, as the results document names it.
   */
  metric: string;
  /**
   * The lowest value that passes, in the metric's unit. Unbounded by default.
   */
  min?: number;
  /**
   * The highest value that passes, in the metric's unit. Unbounded by default.
   */
  max?: number;
  /**
   * Compares with the champion: the newest ModelVersion of this run that no ModelDeployment had rejected when the attempt started. Without one the rule passes (Bootstrap). With one that was not measured on the same data it fails (NotComparable). To be comparable, report champion.metrics, the champion's metrics on this attempt's data, in the results; or keep image, command and args, and report or pin the digests of all datasets, which must be the champion's.
   */
  against?: 'Champion';
  /**
   * How far the metric may fall below the champion's, in the metric's unit. 0 asks for at least the same.
   */
  maxDecrease?: number;
  /**
   * How far the metric may rise above the champion's, in the metric's unit. 0 asks for at most the same.
   */
  maxIncrease?: number;
}
/**
 * The recipe, which is what reaches the container (image, command, args, env, resources, accelerator, nodes, source, datasets, parameters, seed, checkpoint and output), and when and how often to run it. Editing the recipe starts a new attempt when the current one has ended; editing another field does not.
 *
 */
export interface TrainingRunSpec {
  /**
   * The image of the training container. Pin it by digest to make attempts repeatable.
   */
  image: ImageReference;
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
   * How many pods train together as one gang, each with the resources and accelerators above. 1 by default; with more, the container gets the variables by which torchrun, accelerate, DeepSpeed, JAX, XGBoost and LightGBM find the others.
   */
  nodes?: number;
  /**
   * What else the container gets to find the others. JAX: the variables of Open MPI, by which jax.distributed.initialize() works without arguments; not for programs that use MPI, nor for DeepSpeed. Nothing by default.
   */
  rendezvous?: 'JAX';
  /**
   * How long the pods of a gang of which only some have a place on a node hold it without another one getting one, at least "1m", and by up to a quarter longer, so that gangs do not march in step. Then all of them end, so that others can have what they held, and try again after a pause that grows. Nothing is given back where no pod has a place, since an autoscaler needs pods that wait, nor where Kueue manages the Job. It is no part of the recipe. "15m" by default.
   */
  gangWait?: string;
  /**
   * Where the training code comes from. It is recorded and passed to the container; nothing is cloned. Absent by default.
   */
  source?: Source;
  /**
   * The datasets that the container reads, at most 16. None by default.
   */
  datasets?: Dataset[];
  /**
   * Hyperparameters by name, at most 64 and 131,052 bytes as JSON, passed to the container as environment variables and as one JSON object. None by default.
   */
  parameters?: {
    [k: string]: string;
  };
  /**
   * The seed of the random numbers, passed to the container as FLYBALL_SEED. Absent by default.
   */
  seed?: number;
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
   * Where the trained model goes. By default nowhere: then attempts report metrics only, and their versions cannot be served.
   */
  output?: {
    /**
     * The folder below which each attempt gets a folder <attempt>-<UID of the run>, which the container sees as /flyball/output. pvc://<claim>/<path>: a folder of a PersistentVolumeClaim of the same namespace, which is mounted. s3://<bucket>/<path>, gs://<bucket>/<path> or abfss://<container>@<account>.dfs.core.windows.net/<path>: what the container leaves is saved there when it has ended, with the credentials of storage, and each pod that saves has a folder named after its UID in the attempt's. No part of the path may begin with a dot.
     */
    uri: OutputURI;
    /**
     * Who brings the model there, where that is another store than a claim: Operator saves what the container has left in /flyball/output when it has ended; with Container, the container does so itself, to FLYBALL_OUTPUT_URI, and nobody measures it. Operator by default.
     */
    by?: 'Operator' | 'Container';
  };
  /**
   * Where the container leaves what it found out. By default a results document at the path of the variable FLYBALL_RESULTS.
   */
  results?: ResultsSpec;
  /**
   * How artifacts of other stores than claims are reached and where they are kept in the pod. By default with the identity of the ServiceAccount, in an emptyDir.
   */
  storage?: StorageOptions;
  /**
   * Where and as whom the pods run, and what else they have. Nothing of it by default.
   */
  pod?: PodOptions;
  /**
   * How to answer a training container that fails. Evictions and lost nodes are not counted as failures.
   */
  retry?: {
    /**
     * How many times to start it again within the same attempt. 0 by default.
     */
    limit?: number;
  };
  /**
   * How long an attempt may take, such as "24h", at least "1m": with the time in which its pods wait for a place, and with all pods and Jobs that are made again. Then its pods are ended and the attempt has failed (TimedOut), whatever retry.limit says. While its Job is suspended no time is counted, and once it goes on the Job has its time anew; so it has when a gang gave its places back for a while. It is no part of the recipe: an edit gives the attempt that runs more time, or less. For ever by default.
   */
  timeout?: string;
  /**
   * The rules that all must hold for an attempt to become a ModelVersion, at most 16. A metric that is missing fails. By default every attempt that reports a metric passes.
   */
  gate?: GateRule[];
  /**
   * When to run the recipe again, as a cron expression of five fields (minute, hour, day of month, month, day of week), such as "0 3 * * 1", or @hourly, @daily, @weekly, @monthly, @yearly. Never by default.
   */
  schedule?: string;
  /**
   * The IANA time zone of the schedule, such as Europe/Berlin. UTC by default. Needs schedule.
   */
  timeZone?: string;
  /**
   * Runs the unchanged recipe once more when this time is reached; set it to now to run it at once. An absolute time of this century with its offset, such as 2026-11-24T10:00:00Z. Never by default.
   */
  rerunAt?: string;
  /**
   * Starts no new attempt and suspends the Job of a running one: its pods end, and a checkpoint lets them resume. false by default.
   */
  suspend?: boolean;
  /**
   * How many attempts to keep in status and as Jobs. 10 by default.
   */
  attemptHistoryLimit?: number;
}
/**
 * The newest of the versions. Absent if there is none.
 *
 */
export interface RegisteredVersion {
  /**
   * The name of the ModelVersion.
   */
  name: string;
  /**
   * Its metadata.uid. A ModelVersion of that name with another one is not what was registered.
   */
  uid: string;
}
/**
 * What the operator remembers of the schedule.
 *
 */
export interface ScheduleStatus {
  /**
   * The cron expression that since belongs to.
   */
  text: string;
  /**
   * The time zone that since belongs to. UTC if absent.
   */
  timeZone?: string;
  /**
   * Ticks after this time count: when the schedule was last edited or resumed.
   */
  since: string;
  /**
   * Whether the run was suspended when last looked at. Absent otherwise.
   */
  paused?: boolean;
}
/**
 * What became of a gang of which only some pods got a place: it gives that back after a while, so that nobody waits for what it holds. Absent until that was seen, and when the stage has ended.
 *
 */
export interface GangStatus {
  /**
   * How often that Job gave back what it held.
   */
  givenBack: number;
  /**
   * Until when it is suspended before it tries again. Absent if it has not given back, or if it got all its places, or somebody let it go on, before that.
   */
  until?: string;
  /**
   * How many of its pods had a place when some had none; as many as nodes once all had one.
   */
  placed: number;
  /**
   * How many of its pods need one.
   */
  nodes: number;
  /**
   * Why the others had none, in the words of the scheduler. Absent if nobody said why.
   */
  waitsFor?: string;
}
/**
 * One stage of an attempt, which has a Job of its own.
 *
 */
export interface AttemptStage {
  /**
   * The stage in CamelCase, such as Train. In lower case it is the last word of the names of its Jobs.
   */
  name: string;
  /**
   * The newest Job of the stage: another one than the first if that was made again.
   */
  job: string;
  /**
   * The metadata.uid of that Job. A Job of that name with another one is none of the attempt.
   */
  jobUID?: string;
  /**
   * The digest of the snapshot that the Job carries in its annotation flyball.dev/attempt, which its container has in FLYBALL_SNAPSHOT_DIGEST too.
   */
  snapshotDigest?: string;
  /**
   * Whether the container main was seen to run in that Job, so that an edit of the recipe waits for its end. Absent until it was, and when the stage has ended.
   */
  ran?: boolean;
  /**
   * Whether a pod of that Job was seen to be taken away before main had ended, by the cluster or by a person, so that what became of it does not count. Absent until it was, and when the stage has ended.
   */
  disrupted?: boolean;
  /**
   * Which pods of a gang were seen to end well by themselves in that Job while others went on, by their index: they may be gone when the others end. Absent until one was, and when the stage has ended.
   */
  ended?: number[];
  /**
   * What became of a gang of which only some pods got a place: it gives that back after a while, so that nobody waits for what it holds. Absent until that was seen, and when the stage has ended.
   */
  gang?: GangStatus;
  /**
   * Whether the stage still runs, or how it ended.
   */
  state: 'Running' | 'Passed' | 'Failed';
  /**
   * Why it failed, as one word in CamelCase, such as OutOfMemory. Absent unless it failed.
   */
  reason?: string;
  /**
   * The same for people. Absent unless it failed, and where an old attempt had to be shortened.
   */
  message?: string;
  /**
   * When the stage started.
   */
  startTime: string;
  /**
   * When it ended. Absent while it runs.
   */
  endTime?: string;
}
/**
 * One attempt: what was run, why, and what became of it.
 *
 */
export interface Attempt {
  /**
   * The name: that of the run, "-" and the number. The Jobs and the ModelVersion of the attempt are named after it.
   */
  name: string;
  /**
   * The number, counting up from 1.
   */
  number: number;
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
   * When the attempt started.
   */
  startTime: string;
  /**
   * When it ended. Absent while it runs.
   */
  endTime?: string;
  /**
   * How it ended: a ModelVersion was registered, it reported no results, a rule of the gate failed, training failed, its Job was deleted, nobody saw its pod end by itself so that its results are lost, or the recipe or spec.pod was edited before its container ever ran. Absent while it runs.
   */
  verdict?: 'Registered' | 'NoResults' | 'GateFailed' | 'Failed' | 'Deleted' | 'ResultsLost' | 'Superseded';
  /**
   * Why it ended so, as one word in CamelCase, such as OutOfMemory.
   */
  reason?: string;
  /**
   * The same for people.
   */
  message?: string;
  /**
   * The metadata.uid of the ModelVersion that was registered for it, which has the attempt's name. Absent unless one was.
   */
  versionUID?: string;
  /**
   * The stages of the attempt in their order, each from the moment when its Job was made. Absent for an attempt that only its ModelVersion tells of, and where an old one had to be shortened.
   */
  stages?: AttemptStage[];
  /**
   * The metrics that it reported, as decimal numbers.
   */
  metrics?: {
    [k: string]: string;
  };
  /**
   * What each rule of the gate found, in the order of the rules. Absent without a gate.
   */
  gate?: GateVerdict[];
  /**
   * The image that the node ran, with its digest. Absent until a pod started.
   */
  image?: string;
  /**
   * The digest of the model that it reported. Absent if it reported none.
   */
  digest?: string;
  /**
   * The digests of the datasets that it read, by the dataset's name, as far as they are known.
   */
  datasets?: {
    [k: string]: string;
  };
  /**
   * The ModelVersion that the gate compares with, fixed when the attempt started. Absent if there was none.
   */
  champion?: string;
}
/**
 * What the operator has seen and decided.
 *
 */
export interface TrainingRunStatus {
  /**
   * The metadata.generation that this status is about. A lower number than the object has means that the operator has not yet seen the newest edit.
   */
  observedGeneration?: number;
  /**
   * The state in standard form. Succeeded sums it up: whether the declared recipe has been run successfully.
   */
  conditions?: Condition[];
  /**
   * The newest attempt.
   */
  latestAttempt?: string;
  /**
   * The newest of the versions. Absent if there is none.
   */
  latestVersion?: RegisteredVersion;
  /**
   * The ModelVersions that the operator registered for this run and that are still there, the newest last, at most 64. A ModelVersion that is none of them is compared with nothing and followed by nobody.
   */
  versions?: RegisteredVersion[];
  /**
   * The first metric of the gate, or the first by name, as the newest attempt reported it, such as "f1=0.93". Absent until it did.
   */
  metric?: string;
  /**
   * When the schedule or rerunAt asks for the next attempt, in UTC. Absent if neither does, and while the run is suspended.
   */
  nextAttemptTime?: string;
  /**
   * What the operator remembers of the schedule.
   */
  schedule?: ScheduleStatus;
  /**
   * The newest attempts, oldest first, at most 20.
   */
  attempts?: Attempt[];
}

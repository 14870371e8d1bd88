// Generated from crds/*.yaml by `npm run generate`. Do not edit.

import type { IObjectMeta } from '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta';
import type {
  Accelerator,
  ArtifactURI,
  ComputeResources,
  Condition,
  ContainerResources,
  EnvironmentSource,
  EnvironmentVariable,
  ImageReference,
  LatencyCheck,
  PodOptions,
  StorageOptions,
} from './shared.ts';

/** A model that is served: which one, by what server, on how many replicas, and how a new version takes over from the old one. */
export interface IModelDeployment {
  apiVersion: 'flyball.dev/v1alpha1';
  kind: 'ModelDeployment';
  metadata?: IObjectMeta;
  /** What to serve and how. */
  spec: ModelDeploymentSpec;
  /** What the operator has seen and decided. */
  status?: ModelDeploymentStatus;
}

/**
 * The model: exactly one of trainingRunRef, versionRef, and uri with digest.
 *
 */
export interface ModelSource {
  /**
   * How the server gets the model. Mount: it finds the files at server.modelPath. Server: it fetches or streams them by itself from the uri, which FLYBALL_MODEL says, with credentials of its own; Flyball fetches nothing, and nobody but the server verifies the digest. Only for models in a store. "Mount" by default.
   */
  delivery?: 'Mount' | 'Server';
  /**
   * Follows the newest ModelVersion of a TrainingRun that was not rejected here.
   */
  trainingRunRef?: {
    /**
     * The name of a TrainingRun of the same namespace.
     */
    name: string;
  };
  /**
   * Pins one ModelVersion.
   */
  versionRef?: {
    /**
     * The name of a ModelVersion of the same namespace.
     */
    name: string;
  };
  /**
   * Where a model is that no TrainingRun made. pvc://<claim>/<path>: in a PersistentVolumeClaim of the same namespace, which is mounted. s3://<bucket>/<path>, gs://<bucket>/<path> and abfss://<container>@<account>.dfs.core.windows.net/<path>: an object, or all objects below the path. https://<host>/<path>: one file, which is not unpacked. hf://<organization>/<name>@<revision>, also with a path behind it: a repository of the Hugging Face Hub. These are fetched before the server starts, as server.storage says, into a folder where a single object or file has its own name. oci://<image>: the files of an image, which the kubelet pulls; it needs Kubernetes 1.35. Needs digest.
   */
  uri?: ArtifactURI;
  /**
   * The digest of the model at uri: sha256: and 64 hexadecimal digits. What is fetched is measured, and no server starts with another model; the digest is what find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0r sha256sum | sha256sum prints in the folder. What is in a claim or an image, nobody measures. Another digest is another revision.
   */
  digest?: string;
}
/**
 * How it is found out whether a server that was ready hangs, and has to be started again. Never asked by default.
 *
 */
export interface ServerProbe {
  /**
   * The path that is asked by HTTP. That of the protocol by default.
   */
  path?: string;
  /**
   * How long from one question to the next, in whole seconds, from "1s" to "5m". Of readiness "2s", of liveness "10s" by default.
   */
  period?: string;
  /**
   * How long an answer may take, in whole seconds, from "1s" to "1m". "2s" by default.
   */
  timeout?: string;
  /**
   * How many questions in a row have to fail. 3 by default.
   */
  failures?: number;
}
/**
 * The container that serves the model, which it finds read-only at modelPath.
 *
 */
export interface ServerSpec {
  /**
   * The image of the server.
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
   * The TCP port on which the server listens. 8900 and 8901 are the observer's if observe is set.
   */
  port: number;
  /**
   * The TCP port on which the server listens for gRPC, beside port, without TLS. Clients reach it at port 8001 of the Service. Nobody observes what is asked there. By default it speaks no gRPC. 8900 and 8901 are the observer's if observe is set.
   */
  grpcPort?: number;
  /**
   * Where the server finds the model, which FLYBALL_MODEL says, too, such as /mnt/models for images of KServe. "/flyball/model" by default.
   */
  modelPath?: string;
  /**
   * How to tell whether the server is ready: OpenInference asks /v2/health/ready, OpenAI /health, HTTP whether the port is open.
   */
  protocol: 'OpenInference' | 'OpenAI' | 'HTTP';
  /**
   * How it is found out whether a server that was ready hangs, and has to be started again. Never asked by default.
   */
  liveness?: ServerProbe;
  /**
   * How it is found out whether a server takes requests, also for the first time. As the protocol has it by default.
   */
  readiness?: ServerProbe;
  /**
   * What the container gets of each node, as request and limit alike. By default neither is set, and the namespace's LimitRange applies.
   */
  resources?: ContainerResources;
  /**
   * The accelerators that each replica gets. None by default.
   */
  accelerator?: Accelerator;
  /**
   * How artifacts of other stores than claims are reached and where they are kept in the pod. By default with the identity of the ServiceAccount, in an emptyDir.
   */
  storage?: StorageOptions;
  /**
   * Where and as whom the pods run, and what else they have. Nothing of it by default.
   */
  pod?: PodOptions;
}
/**
 * One value to watch.
 *
 */
export interface Signal {
  /**
   * The name, by which the training profile and Monitors know the value.
   */
  name: string;
  /**
   * Where the value is.
   */
  from: 'Request' | 'Response';
  /**
   * Where in the JSON body the value is, as a JSON pointer (RFC 6901), such as /inputs/0/data/3. Write it for the first row of a tensor; in a batch it names the same column of each row, of which the first 64 are counted. Empty: the whole body.
   */
  pointer: string;
  /**
   * Whether the value is a number or one of a few words.
   */
  type: 'Number' | 'Category';
}
/**
 * Puts an observer beside each server, which counts requests, errors, latency and the signals below. May be {}. None by default; rollout.analysis and Monitors need it.
 *
 */
export interface ObserveSpec {
  /**
   * The values to watch in requests and responses, at most 32. None by default.
   */
  signals?: Signal[];
  /**
   * What the observer gets of each node, as request and limit alike. Each amount that is left out is that of the chart's value observer.resources as the revision was made. None by default.
   */
  resources?: ComputeResources;
}
/**
 * One step.
 *
 */
export interface RolloutStep {
  /**
   * The share, in percent of the requests. It is made by the share of pods, since no gateway splits the requests, so it is only as fine as replicas allow: with 1, every step is half. Clients that keep connections open stay with their pod, which skews it.
   */
  weight: number;
  /**
   * How long to stay once the share is reached, such as "10m" or "1h30m".
   */
  hold: string;
}
/**
 * One check: either errors or latency, and what they may be: max, or maxIncrease against what serves in the same time, or both.
 *
 */
export interface AnalysisCheck {
  /**
   * The name of the check.
   */
  name: string;
  /**
   * Judges the share of requests that end with a status of 500 or above, or without any answer: whose client left after more than 1 s, or more than the largest max of the checks of latency beside this one if there is one. Has no fields: write {}.
   */
  errors?: Record<string, never>;
  /**
   * Judges the time to answer, in seconds; whatever takes longer than 120 counts as 120. A request whose client left before, or that is in flight for longer than max, took at least as long as it lasted.
   */
  latency?: LatencyCheck;
  /**
   * The highest value that passes: a share between 0 and 1 for errors, seconds below 120 for latency. Unbounded by default; required without maxIncrease.
   */
  max?: number;
  /**
   * What it is compared with, in the same time: Stable is the revision that serves beside the new one, which must then have answered minSamples requests as well. Nothing by default.
   */
  against?: 'Stable';
  /**
   * By how much the value may be above that of against, in the check's unit: a share from 0 to below 1 for errors, seconds from 0 to below 120 for latency. It fails when chance hardly explains more; until then it waits for requests. Unbounded by default; required with against.
   */
  maxIncrease?: number;
  /**
   * How many requests the new revision must have answered before it is judged. 100 by default.
   */
  minSamples?: number;
}
/**
 * How a new revision takes over. By default at once, when its pods have stayed ready for minReady.
 *
 */
export interface RolloutSpec {
  /**
   * How long a pod must stay ready before it counts, such as "30s", at most "5m". A new revision is promoted only by such pods, and only for them does the old one give up its own. The kubelet notices after 6 seconds that a server is not ready any more, so less is no proof of anything; where server.readiness says otherwise, it is longer than that takes, whatever stands here. A revision keeps what it was deployed with. "10s" by default.
   */
  minReady?: string;
  /**
   * Never: there are never more pods than replicas says, those that end included, for clusters without room for more. Where replicas is 1, what serves is ended first, then the new revision is tried, and what served comes back if it fails; meanwhile nothing serves, and approval is asked for before. Where it is more, as many pods are ended first as a step takes, half of them where none is declared. An edit counts from the next rollout or step on. Allowed by default.
   */
  surge?: 'Allowed' | 'Never';
  /**
   * Begins no rollout and takes none to its next step or its end. Failures still reject, and a way back from what serves is still taken. false by default.
   */
  paused?: boolean;
  /**
   * Required: a revision is promoted only once approvedRevision names it, after all steps and checks; a first one, with nothing behind it, is not even deployed before. A way back needs none. Never asked for by default.
   */
  approval?: 'Required';
  /**
   * The revision that may be promoted, as status.candidate.revision has it. Where the chart's admission policies are, it takes the verb approve on modeldeployments to set it, or to take approval away. None by default.
   */
  approvedRevision?: string;
  /**
   * Takes this revision to its promotion without the rest of its steps, holds and checks, as soon as its pods are ready. While it is paused, or lacks an approval that is asked for, it keeps its step and its checks; a server that fails is rejected still. None by default.
   */
  promotedRevision?: string;
  /**
   * Rejects this revision: a candidate goes, and what serves gives way to the revision before it, if there is one. None by default.
   */
  abortedRevision?: string;
  /**
   * Tries what the spec asks for once more if it was rejected before this time; set it to now to retry at once. An absolute time with its offset, such as 2026-11-24T10:00:00Z. Never by default.
   */
  retryAt?: string;
  /**
   * The shares of requests that the new revision gets before it takes over, ascending, at most 10. None by default.
   */
  steps?: RolloutStep[];
  /**
   * What the new revision must hold at each step, at most 8. If a check fails, it is rejected; without enough samples the step goes on. Needs observe. None by default.
   */
  analysis?: AnalysisCheck[];
}
/**
 * What to serve and how.
 *
 */
export interface ModelDeploymentSpec {
  /**
   * The model: exactly one of trainingRunRef, versionRef, and uri with digest.
   */
  model: ModelSource;
  /**
   * The container that serves the model, which it finds read-only at modelPath.
   */
  server: ServerSpec;
  /**
   * How many pods serve the whole load. 1 by default. An autoscaler may set it through the scale subresource.
   */
  replicas?: number;
  /**
   * Puts an observer beside each server, which counts requests, errors, latency and the signals below. May be {}. None by default; rollout.analysis and Monitors need it.
   */
  observe?: ObserveSpec;
  /**
   * How a new revision takes over. By default at once, when its pods have stayed ready for minReady.
   */
  rollout?: RolloutSpec;
}
/**
 * One value.
 *
 */
export interface AnalysisValue {
  /**
   * The name of the check.
   */
  name: string;
  /**
   * What was measured of the revision, as a decimal number. Absent if there was none.
   */
  value?: string;
  /**
   * The same of what it is compared with. Absent if it is compared with nothing.
   */
  against?: string;
  /**
   * How many requests the value rests on. Absent if unknown.
   */
  samples?: number;
  /**
   * When it was measured.
   */
  sampledAt: string;
}
/**
 * One step and what was measured in it.
 *
 */
export interface StepRecord {
  /**
   * The share of requests that it asked for, in percent. Absent where no step applied.
   */
  weight?: number;
  /**
   * When the share was reached.
   */
  since: string;
  /**
   * When it was passed. Absent as long as it lasts.
   */
  until?: string;
  /**
   * What the checks of rollout.analysis measured. While the step lasts, a value is refreshed when it has changed much or after 10 minutes; in the end it is what let the step pass.
   */
  values?: AnalysisValue[];
}
/**
 * The revision that serves. Absent until there is one.
 *
 */
export interface RevisionStatus {
  /**
   * The revision: the first eight hexadecimal digits of the hash of model, server and profile.
   */
  revision: string;
  /**
   * The ModelVersion. Absent for a model that was given by its uri.
   */
  version?: string;
  /**
   * The metadata.uid of the TrainingRun that made the version. One that was made again counts its versions from 1 anew, so that their names recur. Absent if it is not known.
   */
  trainingRunUID?: string;
  /**
   * When the ModelVersion was made. Absent if it is not known.
   */
  versionTime?: string;
  /**
   * The metadata.uid of the ModelVersion. One of that name with another is not what was deployed. Absent if it is not known.
   */
  versionUID?: string;
  /**
   * The digest of the training profile by which the revision counts its signals. Absent if it observes no signal that has one.
   */
  profileDigest?: string;
  /**
   * The digest of all that a pod of the revision depends on, of which the revision's name is the first eight digits.
   */
  revisionDigest?: string;
  /**
   * The metadata.uid of the Deployment that keeps its pods. Absent until that was made.
   */
  workloadUID?: string;
  /**
   * The digest of what decides how the pods of that Deployment behave and when they count, as it was made. Scheduling, annotations and the containers of others are left out. It begins with the number of what is covered. Absent until that was made.
   */
  templateDigest?: string;
  /**
   * How long it took from its beginning until enough of its pods were ready, such as "1m30s". Absent until then, and if it is not known.
   */
  readyAfter?: string;
  /**
   * Where the model is.
   */
  uri: ArtifactURI;
  /**
   * The digest of the model. Absent if it is not known.
   */
  digest?: string;
  /**
   * Who says so. Measured: the operator's own container, of each byte that it saved. Declared: spec.model. Reported: the training container, and nobody else has looked. What is fetched has to have the digest, unless it is merely reported. Absent if nobody knows.
   */
  digestSource?: 'Measured' | 'Declared' | 'Reported';
  /**
   * When it got this role.
   */
  since: string;
  /**
   * The steps that it went through before it became stable, with what was measured in each. Absent where it took over without any.
   */
  steps?: StepRecord[];
}
/**
 * That nothing serves since what did was ended for another revision, as spec.rollout.surge: Never has it. Absent where something serves, or fails to by itself.
 *
 */
export interface OutageStatus {
  /**
   * When it began.
   */
  since: string;
}
/**
 * The last such outage that is over. Absent if there was none.
 *
 */
export interface PastOutage {
  /**
   * When it began.
   */
  since: string;
  /**
   * When a pod was seen to be ready again.
   */
  until: string;
  /**
   * How long it was, such as "42s".
   */
  length: string;
}
/**
 * The revision that is being rolled out. Absent if there is none.
 *
 */
export interface CandidateStatus {
  /**
   * The revision: the first eight hexadecimal digits of the hash of model, server and profile.
   */
  revision: string;
  /**
   * The ModelVersion. Absent for a model that was given by its uri.
   */
  version?: string;
  /**
   * The metadata.uid of the TrainingRun that made the version. One that was made again counts its versions from 1 anew, so that their names recur. Absent if it is not known.
   */
  trainingRunUID?: string;
  /**
   * When the ModelVersion was made. Absent if it is not known.
   */
  versionTime?: string;
  /**
   * The metadata.uid of the ModelVersion. One of that name with another is not what was deployed. Absent if it is not known.
   */
  versionUID?: string;
  /**
   * The digest of the training profile by which the revision counts its signals. Absent if it observes no signal that has one.
   */
  profileDigest?: string;
  /**
   * The digest of all that a pod of the revision depends on, of which the revision's name is the first eight digits.
   */
  revisionDigest?: string;
  /**
   * The metadata.uid of the Deployment that keeps its pods. Absent until that was made.
   */
  workloadUID?: string;
  /**
   * The digest of what decides how the pods of that Deployment behave and when they count, as it was made. Scheduling, annotations and the containers of others are left out. It begins with the number of what is covered. Absent until that was made.
   */
  templateDigest?: string;
  /**
   * How long it took from its beginning until enough of its pods were ready, such as "1m30s". Absent until then, and if it is not known.
   */
  readyAfter?: string;
  /**
   * Where the model is.
   */
  uri: ArtifactURI;
  /**
   * The digest of the model. Absent if it is not known.
   */
  digest?: string;
  /**
   * Who says so. Measured: the operator's own container, of each byte that it saved. Declared: spec.model. Reported: the training container, and nobody else has looked. What is fetched has to have the digest, unless it is merely reported. Absent if nobody knows.
   */
  digestSource?: 'Measured' | 'Declared' | 'Reported';
  /**
   * When it got this role.
   */
  since: string;
  /**
   * The step that is in effect, counted from 0.
   */
  step: number;
  /**
   * The share of requests that the step asks for, in percent; what was reached is status.weight. Absent where no step applies.
   */
  weight?: number;
  /**
   * When the weight of the step was reached; its hold counts from then. Absent until then.
   */
  weightSince?: string;
  /**
   * From when on its requests count for the checks of the step: from the beginning of the step, before its weight is reached, since pods that are ready early have requests early. Absent while nothing is measured.
   */
  measuredSince?: string;
  /**
   * Whether what serves is ended for it first, so that nothing serves meanwhile, as spec.rollout.surge: Never has it where there is one pod. Absent where it comes beside that.
   */
  endsStable?: boolean;
  /**
   * Since when all pods of others are gone, so that its own could start. Absent until then, and where it comes beside what serves.
   */
  aloneSince?: string;
  /**
   * What it is called beside the revision that serves: its version, such as fraud-4, with its revision where both have the same version, such as fraud-4/0a1b2c3d; without a version its revision.
   */
  name?: string;
  /**
   * When the hold of the step ends. Absent until its weight was reached.
   */
  holdUntil?: string;
  /**
   * The steps that it has reached, with what was measured in each. Absent before the first.
   */
  steps?: StepRecord[];
}
/**
 * One revision that was rolled back.
 *
 */
export interface RejectedRevision {
  /**
   * The revision.
   */
  revision: string;
  /**
   * Its ModelVersion. Absent for a model that was given by its uri.
   */
  version?: string;
  /**
   * The metadata.uid of the TrainingRun that made the version. One that was made again counts its versions from 1 anew, so that their names recur. Absent if it is not known.
   */
  trainingRunUID?: string;
  /**
   * When the ModelVersion was made. Absent if it is not known.
   */
  versionTime?: string;
  /**
   * The metadata.uid of the ModelVersion. One of that name with another is not what was deployed. Absent if it is not known.
   */
  versionUID?: string;
  /**
   * Why, as one word in CamelCase.
   */
  reason: string;
  /**
   * The same for people.
   */
  message: string;
  /**
   * When it was rejected.
   */
  time: string;
}
/**
 * What the operator has seen and decided.
 *
 */
export interface ModelDeploymentStatus {
  /**
   * The metadata.generation that this status is about. A lower number than the object has means that the operator has not yet seen the newest edit.
   */
  observedGeneration?: number;
  /**
   * The state in standard form. Ready sums it up: whether the declared model is served.
   */
  conditions?: Condition[];
  /**
   * How many pods of all live revisions exist.
   */
  replicas?: number;
  /**
   * How many of them are ready.
   */
  readyReplicas?: number;
  /**
   * How many of spec.replicas have been available at one time since Ready is True: so many have to serve, less a quarter. Absent while Ready is not True.
   */
  reachedReplicas?: number;
  /**
   * How many pods are ready, of how many spec.replicas asks for, such as "2/3". More than that while a candidate gets ready beside what serves.
   */
  pods?: string;
  /**
   * The label selector of those pods, for autoscalers.
   */
  selector?: string;
  /**
   * The revision that serves. Absent until there is one.
   */
  stable?: RevisionStatus;
  /**
   * That nothing serves since what did was ended for another revision, as spec.rollout.surge: Never has it. Absent where something serves, or fails to by itself.
   */
  outage?: OutageStatus;
  /**
   * The last such outage that is over. Absent if there was none.
   */
  lastOutage?: PastOutage;
  /**
   * The revision that is being rolled out. Absent if there is none.
   */
  candidate?: CandidateStatus;
  /**
   * The revision that served before, kept at 0 replicas. Absent if there is none.
   */
  previous?: RevisionStatus;
  /**
   * The share of requests that the candidate gets, in percent, as far as it was reached. Absent without a candidate.
   */
  weight?: number;
  /**
   * The revisions that were rolled back and are not tried again, oldest first, at most 20.
   */
  rejected?: RejectedRevision[];
  /**
   * Where the model answers inside the cluster, such as http://fraud.team-a.svc.
   */
  url?: string;
}

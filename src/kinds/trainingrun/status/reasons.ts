import { type Reason, refusalReasons } from '../../../api/reason.ts';
import { findingReasons } from '../../../workload/diagnosis/reasons.ts';
import { hardwareReasons } from '../../../workload/hardwarereasons.ts';
import { imageVolumeReasons } from '../../../workload/imagevolumes.ts';
import { gateReasons, versionReasons } from './verdicts.ts';

/** How far an attempt is, and what holds it. */
const progressReasons = {
  Waiting: {
    meaning: 'The first attempt has not started yet.',
    evidence: 'the other conditions of the run',
    actor: 'Nobody',
  },
  Started: {
    meaning: 'An attempt has started, and its main is not known to run yet.',
    evidence: 'the pods of the attempt',
    actor: 'Nobody',
  },
  Training: {
    meaning: 'The main of an attempt runs.',
    evidence: 'the log of its main',
    actor: 'Nobody',
  },
  PodAwaited: {
    meaning: 'The pod of an attempt is gone, and its Job makes another one by itself.',
    evidence: 'the events of the Job',
    actor: 'Nobody',
  },
  EditWaits: {
    meaning: 'The recipe was edited while an attempt trains; the edited one starts when that ends.',
    evidence: 'recipeDigest of the newest attempt in status, beside that of the spec',
    actor: 'Nobody',
  },
  Suspended: {
    meaning: 'spec.suspend is true: no attempt starts, and a running Job is suspended.',
    evidence: 'spec.suspend',
    actor: 'Author',
    remedy: 'Take spec.suspend away.',
  },
  GangWaits: {
    meaning:
      'Only some of the pods of an attempt have a place. They hold it for a while, give it back so that others can end, and try again.',
    evidence: 'the pods of the attempt, and what the nodes have free',
    actor: 'Administrator',
    remedy: 'Free or add nodes, or ask for fewer of them in spec.nodes.',
  },
  JobSuspended: {
    meaning: 'Somebody else than Flyball, such as a queue, suspended the Job.',
    evidence: "the Job's condition Suspended and its spec.suspend",
    actor: 'Administrator',
    remedy: "Ask whoever keeps the queue; with Kueue, look at the Job's Workload.",
  },
  JobEnding: {
    meaning: "The Job's end is decided, and pods of it have still to go.",
    evidence: 'the pods of the attempt',
    actor: 'Nobody',
  },
  PodLeaving: {
    meaning: 'A pod that has to go does not end, so that its Job makes no other one.',
    evidence: 'the pod and its node',
    actor: 'Administrator',
    remedy: 'Find out what keeps the pod: its finalizers, or its node. A node that is gone for good is deleted.',
  },
  EndAwaited: {
    meaning: 'main has ended, and kubelet or Job controller have not said yet that the pod or the Job is over.',
    evidence: 'the Job and its pods',
    actor: 'Nobody',
  },
  OthersRunOn: {
    meaning: 'The first pod of several has ended and reported, and others run on, so that the attempt does not end.',
    evidence: 'the logs of the pods that run',
    actor: 'Author',
    remedy: 'Have the other processes end when the first one does.',
  },
  PodsMissing: {
    meaning:
      'The Job has fewer pods than it should: a quota or an admission rule denies them, or what they name does not exist.',
    evidence: 'the events of the Job, and the quotas of the namespace',
    actor: 'Administrator',
    remedy: 'Raise the quota, change the admission rule, or make what the pods name.',
  },
  PodsEvicted: {
    meaning: 'Nodes evicted the pod several times, and it is made again each time.',
    evidence: "the kubelet's words in the status of the pods",
    actor: 'Author',
    remedy: 'Ask for as much memory and disk as it takes: spec.resources.',
  },
  JobKept: {
    meaning:
      "A Job that was deleted stays, since somebody's finalizer keeps it; the next attempt begins when it has gone.",
    evidence: 'metadata.finalizers of the Job',
    actor: 'Administrator',
    remedy: 'Remove the finalizer from the Job, or have its controller finish.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** What lies in the spec, and in what others wrote. */
const problemReasons = {
  RecipeTooLarge: {
    meaning: 'The recipe and the options of the pod are larger than what a Job can carry.',
    evidence: 'the size of the fields that the condition names',
    actor: 'Author',
    remedy: 'Put what is large into the image or a ConfigMap.',
  },
  ParametersTooLarge: {
    meaning: 'spec.parameters make a variable that is longer than what a program can be started with.',
    evidence: 'the size of the parameter that the condition names',
    actor: 'Author',
    remedy: 'Put what is large into a file, and name its place.',
  },
  ParametersCollide: {
    meaning: 'Two of spec.parameters would become the same variable.',
    evidence: 'the names that the condition tells',
    actor: 'Author',
    remedy: 'Rename one of the two parameters.',
  },
  URIMalformed: {
    meaning: 'The URI of a dataset or of the output cannot be located.',
    evidence: 'spec.datasets and spec.output',
    actor: 'Author',
    remedy: 'Correct the URI: docs/artifacts.md has the form of each scheme.',
  },
  ScheduleInvalid: {
    meaning: 'spec.schedule or spec.timeZone cannot be read as a schedule.',
    evidence: "the cron parser's words in the condition",
    actor: 'Author',
    remedy: 'Correct spec.schedule, five fields as in cron, or spec.timeZone, a name such as Europe/Berlin.',
  },
  DataPinned: {
    meaning:
      'A Monitor asks for training, and all datasets are pinned by their digests, so that training again would change nothing.',
    evidence: 'spec.datasets',
    actor: 'Author',
    remedy: "Name the new data: change the dataset's uri and digest, or leave the digest out.",
  },
  Forged: {
    meaning: 'Somebody else made an object that bears the names, labels or owner of this run. It is not read.',
    evidence: 'the object that the condition names',
    actor: 'Administrator',
    remedy: 'Delete the object, and take the right to make such ones from whoever made it.',
  },
  ServiceEdited: {
    meaning:
      'Somebody made or edited the Service by which the pods of an attempt meet, so that it leads to other pods.',
    evidence: 'the Service that the condition names',
    actor: 'Author',
    remedy: 'Delete the Service: the operator makes it again.',
  },
  SnapshotInvalid: {
    meaning:
      'Somebody changed the annotation that says what a Job runs, so that nothing is registered that comes of it.',
    evidence: 'the annotations of the Job',
    actor: 'Author',
    remedy: 'Set spec.rerunAt, and find out who changed the Job.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** How an attempt ended. */
const outcomeReasons = {
  Registered: {
    meaning: 'The attempt passed, and its ModelVersion is registered.',
    evidence: 'the ModelVersion of the name of the attempt',
    actor: 'Nobody',
  },
  NoResults: {
    meaning: 'The training ended well and reported no metrics, so there is no ModelVersion.',
    evidence: 'the results document, and spec.results',
    actor: 'Author',
    remedy: 'Have the training leave its metrics as spec.results says.',
  },
  GateFailed: {
    meaning: 'The metrics of the attempt are outside of what the gate demands.',
    evidence: 'gate of the attempt in status, with each value',
    actor: 'Author',
    remedy: 'Improve the data, the code or the parameters, or change the rule of spec.gate.',
  },
  ResultsMissing: {
    meaning: 'The container ended well and left nothing where spec.results says that its results are.',
    evidence: 'the log of main, and spec.results',
    actor: 'Author',
    remedy: 'Have the training write its results where spec.results says, before it ends.',
  },
  SaveMalformed: {
    meaning: 'What saves the model ended well and did not tell what it has saved, as no image of Flyball does.',
    evidence: "the container save in the status of the attempt's pod",
    actor: 'Administrator',
    remedy: 'Set storage.image of the chart to the image that belongs to this release.',
  },
  ResultsMalformed: {
    meaning: 'What the container left as its results cannot be read.',
    evidence: 'the results document, which the condition quotes',
    actor: 'Author',
    remedy: 'Have the training write one JSON object: docs/containers.md shows it.',
  },
  ResultsTooLarge: {
    meaning: "The results reached the kubelet's limit and were cut.",
    evidence: 'the size of the results document',
    actor: 'Author',
    remedy: 'Report less, or write the results into a file: spec.results.',
  },
  ResultsLost: {
    meaning: 'The Job completed, and its pods were gone before anybody had read the results.',
    evidence: 'the Job',
    actor: 'Author',
    remedy: 'Set spec.rerunAt. Where something deletes ended pods at once, have it wait.',
  },
  DatasetChanged: {
    meaning: 'The training read other data than the digest of the dataset says.',
    evidence: 'the digests that the condition tells',
    actor: 'Author',
    remedy: 'Find out who changed the data; then declare the digest of what is there now, or bring back what was.',
  },
  JobFailed: {
    meaning: 'The Job failed, and no pod of it tells why.',
    evidence: "the Job's condition Failed",
    actor: 'Author',
    remedy: "Read the Job's condition and events; set spec.rerunAt to try again.",
  },
  TimedOut: {
    meaning: 'The attempt took longer than spec.timeout.',
    evidence: 'spec.timeout, and the log of main',
    actor: 'Author',
    remedy: 'Raise spec.timeout, or make the training faster.',
  },
  Failed: {
    meaning: 'A pod of the attempt failed by its own fault, and is made again as often as spec.retry allows.',
    evidence: 'the logs of the pods',
    actor: 'Author',
    remedy: 'Read the log of the pod that failed.',
  },
  Deleted: {
    meaning: 'Somebody deleted the Job, which cancels the attempt.',
    evidence: 'the audit log of the API server',
    actor: 'Author',
    remedy: 'Set spec.rerunAt to have it trained again.',
  },
  Superseded: {
    meaning: 'The spec was edited before main ever ran, so that another attempt takes the place of this one.',
    evidence: 'the attempt after it in status',
    actor: 'Nobody',
  },
  Disrupted: {
    meaning: 'A pod was taken away before main had ended. That is not counted as a failure, and its Job is made again.',
    evidence: "the cluster's words in the pod's condition DisruptionTarget",
    actor: 'Nobody',
  },
  Refused: {
    meaning:
      'A node refused the pod before any container of it started. That is not counted, and its Job is made again.',
    evidence: "the kubelet's words in the status of the pod",
    actor: 'Nobody',
  },
  EndUnknown: {
    meaning:
      'The kubelet does not know how main ended, as after a crash of its node. That is not counted, and its Job is made again.',
    evidence: 'the node of the pod',
    actor: 'Nobody',
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** All reasons of TrainingRuns: of conditions, of attempts and their stages, of the verdicts of the gate, and of ModelVersions. */
export const runReasons = {
  ...progressReasons,
  ...problemReasons,
  ...outcomeReasons,
  ...versionReasons,
  ...gateReasons,
  ...hardwareReasons,
  ...imageVolumeReasons,
  ...findingReasons,
  ...refusalReasons,
} as const satisfies Readonly<Record<string, Reason>>;

export type RunReason = keyof typeof runReasons;

import { type Reason, refusalReasons } from '../../../api/reason.ts';

/** Of the conditions alone. */
const summaryReasons = {
  Measuring: {
    meaning: 'All checks are measured.',
    evidence: 'checks in status',
    actor: 'Nobody',
  },
  ChecksPass: {
    meaning: 'All checks pass.',
    evidence: 'checks in status',
    actor: 'Nobody',
  },
  ChecksPending: {
    meaning: 'A check is out of its bounds, but not for long enough to fail.',
    evidence: 'checks in status',
    actor: 'Nobody',
  },
  ChecksFail: {
    meaning: 'A check fails.',
    evidence: 'checks in status',
    actor: 'Author',
    remedy: 'Look at the check that fails.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** What a check found. */
const verdictReasons = {
  WithinBounds: {
    meaning: 'The value of the check is within its bounds.',
    evidence: 'the value in the verdict',
    actor: 'Nobody',
  },
  OutOfBounds: {
    meaning: 'The value of the check is out of its bounds.',
    evidence: 'the value in the verdict',
    actor: 'Author',
    remedy: 'Find out why: in the data, the model or the server; or correct the bounds.',
  },
  SignalSkipped: {
    meaning: 'The observer could not read the signal in most predictions.',
    evidence: "the observer's counts of what it skipped, which the verdict tells",
    actor: 'Author',
    remedy: "Correct the signal's pointer in spec.observe.signals, or what clients send.",
  },
  NotMeasured: {
    meaning: 'The check is measured for the first time within its interval.',
    evidence: 'spec.interval',
    actor: 'Nobody',
  },
  WindowIncomplete: {
    meaning: 'The revision has not served for a whole window of the check yet.',
    evidence: 'stable in the status of the ModelDeployment',
    actor: 'Nobody',
  },
  NotEnoughSamples: {
    meaning: 'There were too few requests or predictions to judge the check.',
    evidence: 'the number of samples in the verdict',
    actor: 'Nobody',
  },
  NoData: {
    meaning: 'The metrics store has no value for the check, or none that is one finite number.',
    evidence: 'the targets of Prometheus',
    actor: 'Administrator',
    remedy: 'Have Prometheus scrape the observers: docs/operations.md.',
  },
  RequestsUnfinished: {
    meaning: 'Too many requests have no answer yet for the check to pass.',
    evidence: 'the numbers in the verdict',
    actor: 'Nobody',
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** Why a check cannot be measured. */
const blindReasons = {
  ModelDeploymentMissing: {
    meaning: 'The ModelDeployment that is watched does not exist.',
    evidence: 'spec.modelDeploymentRef',
    actor: 'Author',
    remedy: 'Make the ModelDeployment, or correct spec.modelDeploymentRef.',
  },
  NothingStable: {
    meaning: 'Nothing has been promoted yet that could be watched.',
    evidence: 'the conditions of the ModelDeployment',
    actor: 'Nobody',
  },
  NotServing: {
    meaning: 'What is watched does not serve at the moment.',
    evidence: 'the conditions of the ModelDeployment',
    actor: 'Nobody',
  },
  Forged: {
    meaning: 'Others may answer in the place of the pods that are watched, so that their metrics count for nothing.',
    evidence: 'the condition Stalled of the ModelDeployment',
    actor: 'Administrator',
    remedy: 'Delete what the condition Stalled of the ModelDeployment names.',
  },
  CheckNotKnown: {
    meaning: 'The operator does not know this kind of check: it is older than the object.',
    evidence: 'the version of the operator',
    actor: 'Administrator',
    remedy: 'Upgrade the operator.',
  },
  SourceNotAllowed: {
    meaning: 'The source of the query is not among those that the namespace may ask.',
    evidence: "the sources in the chart's values",
    actor: 'Administrator',
    remedy: "Add the namespace to the source in querySources of the chart's values.",
  },
  NoObserver: {
    meaning: 'The ModelDeployment has no observer, which measures what the check asks for.',
    evidence: 'spec.observe of the ModelDeployment',
    actor: 'Author',
    remedy: 'Set spec.observe of the ModelDeployment.',
  },
  SignalNotObserved: {
    meaning: 'The ModelDeployment does not observe the signal of the check.',
    evidence: 'spec.observe.signals of the ModelDeployment',
    actor: 'Author',
    remedy: 'Add the signal to spec.observe.signals of the ModelDeployment.',
  },
  NoProfile: {
    meaning: 'The model says nothing of how the signal was distributed in its training, so that drift cannot be told.',
    evidence: 'spec.profile of the ModelVersion',
    actor: 'Author',
    remedy: 'Have the training report a profile of the signal: docs/containers.md.',
  },
  ProfileNotUsable: {
    meaning: 'The distribution that the model tells of the signal cannot be compared with.',
    evidence: 'spec.profile of the ModelVersion',
    actor: 'Author',
    remedy: 'Have the training report a profile that can be compared with: docs/containers.md.',
  },
  VersionMissing: {
    meaning: 'The ModelVersion of what serves does not exist any more, and its profile with it.',
    evidence: 'stable in the status of the ModelDeployment',
    actor: 'Author',
    remedy: 'Deploy a version that is there.',
  },
  QueryFailed: {
    meaning: 'The source of the query gives no answer, or does not understand the query.',
    evidence: "the client's words in the verdict",
    actor: 'Author',
    remedy: 'Try the query in the source itself, and correct spec.checks.',
  },
  PrometheusNotConfigured: {
    meaning: 'The operator knows no Prometheus to ask.',
    evidence: "prometheus.url in the chart's values",
    actor: 'Administrator',
    remedy: "Set prometheus.url in the chart's values.",
  },
  PrometheusUnreachable: {
    meaning: 'Prometheus gives no answer.',
    evidence: "the client's words in the verdict",
    actor: 'Administrator',
    remedy:
      "See that Prometheus runs, and that the operator may reach it: networkPolicy.prometheus in the chart's values.",
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** How far a retraining is, or what holds it back. */
const retrainingReasons = {
  Requested: {
    meaning: 'The TrainingRun was asked to train.',
    evidence: 'retrain in status',
    actor: 'Nobody',
  },
  Training: {
    meaning: 'An attempt trains that was asked for.',
    evidence: 'the attempt of the TrainingRun',
    actor: 'Nobody',
  },
  RollingOut: {
    meaning: 'The version that was trained is rolled out.',
    evidence: 'the conditions of the ModelDeployment',
    actor: 'Nobody',
  },
  CoolingDown: {
    meaning: 'A check fails, and the last retraining ended less than its cooldown ago.',
    evidence: 'spec.retrain.cooldown',
    actor: 'Nobody',
  },
  LimitReached: {
    meaning: 'A check fails, and training was asked for as often as spec.retrain.limit allows.',
    evidence: 'the attempts of the TrainingRun',
    actor: 'Author',
    remedy: 'Find out why training does not help; raise spec.retrain.limit, or set rerunAt on the TrainingRun.',
  },
  TrainingRunMissing: {
    meaning: 'The TrainingRun that is to be asked does not exist.',
    evidence: 'spec.retrain.trainingRunRef',
    actor: 'Author',
    remedy: 'Make the TrainingRun, or correct spec.retrain.trainingRunRef.',
  },
  DataPinned: {
    meaning:
      'All datasets of the TrainingRun are pinned by their digests, so that training again would change nothing.',
    evidence: 'spec.datasets of the TrainingRun',
    actor: 'Author',
    remedy: "Name the new data in the TrainingRun: change the dataset's uri and digest, or leave the digest out.",
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** All reasons of Monitors: of conditions, and of the verdicts of checks. */
export const monitorReasons = {
  ...summaryReasons,
  ...verdictReasons,
  ...blindReasons,
  ...retrainingReasons,
  ...refusalReasons,
} as const satisfies Readonly<Record<string, Reason>>;

export type MonitorReason = keyof typeof monitorReasons;

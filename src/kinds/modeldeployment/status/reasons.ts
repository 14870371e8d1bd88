import { type Reason, refusalReasons } from '../../../api/reason.ts';
import { findingReasons } from '../../../workload/diagnosis/reasons.ts';
import { hardwareReasons } from '../../../workload/hardwarereasons.ts';
import { imageVolumeReasons } from '../../../workload/imagevolumes.ts';

/** What serves, and whether that is as the spec says. */
const servingReasons = {
  Serving: {
    meaning: 'What the spec asks for serves.',
    evidence: 'the address in the condition',
    actor: 'Nobody',
  },
  ScaledToZero: {
    meaning: 'There are no pods, as spec.replicas says.',
    evidence: 'spec.replicas',
    actor: 'Nobody',
  },
  PodsNotReady: {
    meaning: 'Fewer pods than spec.replicas says have been ready for as long as spec.rollout.minReady.',
    evidence: 'the pods of the revision',
    actor: 'Nobody',
  },
  Outage: {
    meaning:
      'Nothing serves, since what served was ended to try another revision, as spec.rollout.surge: Never allows.',
    evidence: 'outage in status, and the pods of the candidate',
    actor: 'Nobody',
  },
  ServiceMissing: {
    meaning: 'The Service does not exist yet, and the operator makes it.',
    evidence: 'the Service of the name of the ModelDeployment',
    actor: 'Nobody',
  },
  ServiceEdited: {
    meaning: 'Somebody edited the Service, so that it leads no longer to the pods.',
    evidence: 'the Service of the name of the ModelDeployment',
    actor: 'Author',
    remedy: 'Delete the Service: the operator makes it again.',
  },
  PodsForbidden: {
    meaning:
      'The API server refuses the pods of a revision: a quota, an admission rule, or something that they name does not exist.',
    evidence: "the API server's words in the condition ReplicaFailure of the Deployment",
    actor: 'Administrator',
    remedy: 'Raise the quota, change the admission rule, or make what the pods name.',
  },
  Forged: {
    meaning: 'Pods bear the labels of this ModelDeployment and are not its own, or somebody changed what its pods run.',
    evidence: 'the object that the condition names',
    actor: 'Administrator',
    remedy: 'Delete the pods, or what made them, and take the right to make such ones from whoever made them.',
  },
  Finishing: {
    meaning: 'What was promoted takes over all requests, and the pods of the others go.',
    evidence: 'the pods of all revisions',
    actor: 'Nobody',
  },
  Scaling: {
    meaning: 'More pods were declared, and they get ready.',
    evidence: 'the pods of the revision',
    actor: 'Nobody',
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** What shall serve. */
const targetReasons = {
  NoVersion: {
    meaning: 'The followed TrainingRun has no ModelVersion yet.',
    evidence: 'the attempts of the TrainingRun',
    actor: 'Nobody',
  },
  TrainingRunNotFound: {
    meaning: 'The TrainingRun that is followed does not exist.',
    evidence: 'spec.model.trainingRunRef',
    actor: 'Author',
    remedy: 'Make the TrainingRun, or correct spec.model.trainingRunRef.',
  },
  VersionNotFound: {
    meaning: 'The ModelVersion that is named does not exist.',
    evidence: 'spec.model.versionRef',
    actor: 'Author',
    remedy: 'Correct spec.model.versionRef.',
  },
  VersionWithoutModel: {
    meaning: 'The ModelVersion says nowhere where its model lies, since its run declares no output.',
    evidence: 'spec.model of the ModelVersion',
    actor: 'Author',
    remedy: 'Declare spec.output in the TrainingRun, and train again.',
  },
  URINotSupported: {
    meaning: 'The URI of the model is of a scheme that cannot be served from.',
    evidence: 'the URI that the condition tells',
    actor: 'Author',
    remedy: 'Name a place of a scheme that docs/artifacts.md lists.',
  },
  RevisionCollides: {
    meaning: 'Two different revisions have the same name, so that the newer one is not made.',
    evidence: 'revisionDigest in status',
    actor: 'Author',
    remedy: 'Change anything in spec.server, such as a variable, so that the name becomes another one.',
  },
  RevisionRejected: {
    meaning: 'What the spec asks for was rejected before.',
    evidence: 'rejected in status',
    actor: 'Author',
    remedy: 'Declare another model, or try it once more by spec.rollout.retryAt.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** How far a rollout is. */
const rolloutReasons = {
  Deploying: {
    meaning: 'The pods of a revision start and get ready.',
    evidence: 'the pods of the revision',
    actor: 'Nobody',
  },
  Holding: {
    meaning: 'The candidate stays at its step for the time that is declared.',
    evidence: 'candidate in status, and spec.rollout.steps',
    actor: 'Nobody',
  },
  RollingOut: {
    meaning: 'What served goes on serving while another revision is rolled out.',
    evidence: 'candidate in status',
    actor: 'Nobody',
  },
  RollingBack: {
    meaning: 'The revision that served before takes over again.',
    evidence: 'rejected in status',
    actor: 'Nobody',
  },
  Paused: {
    meaning: 'spec.rollout.paused is true, and the candidate stays at its step.',
    evidence: 'spec.rollout.paused',
    actor: 'Approver',
    remedy: 'Take spec.rollout.paused away, or promote or abort the candidate.',
  },
  ApprovalRequired: {
    meaning: 'The candidate waits for somebody to approve it.',
    evidence: 'spec.rollout.approval and spec.rollout.approvedRevision',
    actor: 'Approver',
    remedy: 'Look at the candidate, then approve it by spec.rollout.approvedRevision, or abort it.',
  },
  AnalysisPending: {
    meaning: 'The analysis of the candidate has not been asked for yet.',
    evidence: 'candidate in status',
    actor: 'Nobody',
  },
  NoData: {
    meaning: 'Prometheus has no value for a check of the candidate.',
    evidence: 'the targets of Prometheus',
    actor: 'Administrator',
    remedy: 'Have Prometheus scrape the observers: docs/operations.md.',
  },
  TooFewSamples: {
    meaning: 'The candidate had too few requests to be judged.',
    evidence: 'the numbers in the condition',
    actor: 'Nobody',
  },
  RequestsUnfinished: {
    meaning: 'Too many requests to the candidate have no answer yet for a check to pass.',
    evidence: 'the numbers in the condition, and the log of the server',
    actor: 'Nobody',
  },
  NothingToCompare: {
    meaning:
      'A check compares the candidate with what serves, which has had no requests, or would have to be ended for it.',
    evidence: 'spec.rollout.analysis',
    actor: 'Author',
    remedy: 'Send it requests, or give the check a fixed limit instead of a comparison.',
  },
  PrometheusUnavailable: {
    meaning: 'The operator knows no Prometheus, or it gives no answer, so that the candidate cannot be judged.',
    evidence: "prometheus.url in the chart's values",
    actor: 'Administrator',
    remedy: "Set prometheus.url in the chart's values, and see that it answers.",
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** Why a revision was rejected, and what became of that. */
const rejectionReasons = {
  AnalysisFailed: {
    meaning: 'A check of the analysis found the candidate to be worse than it may be.',
    evidence: 'the numbers in the condition',
    actor: 'Author',
    remedy: 'Correct the model or the server; to try the same again, set spec.rollout.retryAt.',
  },
  NeverReady: {
    meaning: 'The server of a revision did not get ready in the time that it has for that.',
    evidence: 'the last words of the server, which the rejection quotes',
    actor: 'Author',
    remedy: 'Read the log of the server. A large model may need a longer time to get ready.',
  },
  Aborted: {
    meaning: 'Somebody rejected the revision by spec.rollout.abortedRevision.',
    evidence: 'spec.rollout.abortedRevision',
    actor: 'Author',
    remedy: 'Declare another model, or try it once more by spec.rollout.retryAt.',
  },
  RejectedByMonitor: {
    meaning: 'A Monitor rejected the revision.',
    evidence: 'the verdicts of the Monitor',
    actor: 'Author',
    remedy: 'Correct the model; to try the same again, set spec.rollout.retryAt.',
  },
  CandidateRejected: {
    meaning: 'What served goes on serving, since the candidate was rejected.',
    evidence: 'rejected in status',
    actor: 'Author',
    remedy: 'Correct the model or the server; to try the same again, set spec.rollout.retryAt.',
  },
  RolledBack: {
    meaning: 'The revision that served before serves again, since a newer one was rejected.',
    evidence: 'rejected in status',
    actor: 'Author',
    remedy: 'Correct the model or the server; to try the same again, set spec.rollout.retryAt.',
  },
  ServingRejected: {
    meaning: 'What serves was rejected, and there is none to go back to.',
    evidence: 'rejected in status',
    actor: 'Author',
    remedy: 'Declare a model that is well.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** All reasons of ModelDeployments: of conditions, and of revisions that were rejected. */
export const deploymentReasons = {
  ...servingReasons,
  ...targetReasons,
  ...rolloutReasons,
  ...rejectionReasons,
  ...hardwareReasons,
  ...imageVolumeReasons,
  ...findingReasons,
  ...refusalReasons,
} as const satisfies Readonly<Record<string, Reason>>;

export type DeploymentReason = keyof typeof deploymentReasons;

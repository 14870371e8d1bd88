export const group = 'flyball.dev';
export const apiVersion = `${group}/v1alpha1`;

/** Labels that Flyball sets on what it creates. The watches select by `managedBy`. */
export const label = {
  managedBy: 'app.kubernetes.io/managed-by',
  trainingRun: `${group}/training-run`,
  attempt: `${group}/attempt`,
  stage: `${group}/stage`,
  modelDeployment: `${group}/model-deployment`,
  revision: `${group}/revision`,
} as const;

/** What the Job controller puts on the pods of a Job: the Job's name as a label, and the place in its gang as an annotation. */
export const jobController = {
  jobName: 'batch.kubernetes.io/job-name',
  completionIndex: 'batch.kubernetes.io/job-completion-index',
  uid: 'batch.kubernetes.io/controller-uid',
} as const;

export const managedBy = 'flyball';
export const managedSelector = `${label.managedBy}=${managedBy}`;

/** Which container of a pod kubectl means where none is named. */
export const defaultContainerAnnotation = 'kubectl.kubernetes.io/default-container';

/** Marks a Job that Flyball suspended; one that a queue or a person suspended is theirs. */
export const suspendedAnnotation = `${group}/suspended`;

/** The deadline that Flyball gave a Job, in seconds; one that somebody else set since is theirs. */
export const timeoutAnnotation = `${group}/timeout`;

/** Carries the snapshot of an attempt on each of its Jobs: what every later decision about it reads, never the spec. */
export const attemptAnnotation = `${group}/attempt`;

/** Tells on pods which of their containers and volumes people declared beside `main`: others put some there, too. Absent if there are none. */
export const besideAnnotation = `${group}/beside`;

const copied = ['app.kubernetes.io/name', 'app.kubernetes.io/instance', 'app.kubernetes.io/part-of'];

/**
 * The labels of a parent that its children carry too, but never their pods: others select pods by such labels, and who may write a parent
 * could so have its pods join another team's Service. An allow-list, since labels may steer other controllers.
 */
export function copiedLabels(labels: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(labels ?? {}).filter(([key]) => copied.includes(key)));
}

/**
 * What Flyball and the cluster's controllers write to pods, by which they and others choose them, and what frees a pod of a restriction. The
 * schemas of `pod.labels` and `pod.annotations` say the same.
 */
const reserved = [
  /^(flyball[.]dev|batch[.]kubernetes[.]io|apps[.]kubernetes[.]io)\//,
  /^(app[.]kubernetes[.]io\/managed-by|pod-template-hash|controller-uid|job-name)$/,
  /^(container[.])?(apparmor|seccomp)[.]security[.](alpha|beta)[.]kubernetes[.]io\//,
];

/** The labels or annotations that people declared for pods, without those that are not theirs. */
export function withoutReserved(declared: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(declared ?? {}).filter(([key]) => !reserved.some((form) => form.test(key))));
}

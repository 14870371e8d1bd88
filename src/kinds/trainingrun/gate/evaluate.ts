import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { Attempt, GateVerdict } from '../../../api/types.ts';
import { modelVersions } from '../../../api/kinds.ts';
import { isOwnedBy, uidOf } from '../../../api/resource.ts';
import { limited, rerunCommand } from '../status/advice.ts';
import { compareWith, datasetDigest } from './champion.ts';
import { defined } from '../../../api/defined.ts';
import { judge } from './gate.ts';
import { mainContainer } from '../stages/pod.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import { messageLimit, parseResults, type ResultsDocument } from '../../../workload/results.ts';
import type { Snapshot } from '../start/snapshot.ts';
import { attemptUID, type Conclusion, ended, podMayCome, soon, type Subject } from '../stages/subject.ts';
import { modelVersion } from './version.ts';

/**
 * Decides about an attempt whose Job completed: reads the results, judges them, and asks for the ModelVersion of an attempt that
 * passes. The verdict Registered waits until that version is seen to exist.
 */
export function evaluate(subject: Subject, job: IJob, snapshot: Snapshot, now: Date): Conclusion {
  const pod = reportingPod(job, subject.pods);
  if (pod === undefined) return withoutPod(subject, job, now);
  const { key } = subject;
  const attempt = ended(subject.attempt, job, now);
  const results = parseResults(terminationMessage(pod), messageLimit(pod));
  if (results.type === 'Invalid') {
    const message = limited(`${results.message}. Correct the training code, then: ${rerunCommand(key)}`);
    return { attempt: { ...withImage(attempt, pod), verdict: 'Failed', reason: results.reason, message } };
  }
  const document: ResultsDocument = results.type === 'Reported' ? results.document : { metrics: {}, datasets: {} };
  const reported = withReport(withImage(attempt, pod), document, snapshot.recipe);
  const changed = changedDataset(document, snapshot.recipe);
  if (changed !== undefined) {
    const message = limited(
      `dataset ${changed} is not what its digest in spec.datasets pins. Correct the digest or the data, then: ${rerunCommand(key)}`,
    );
    return { attempt: { ...reported, verdict: 'Failed', reason: 'DatasetChanged', message } };
  }
  return judged(subject, snapshot, document, reported);
}

function judged(subject: Subject, snapshot: Snapshot, document: ResultsDocument, reported: Attempt): Conclusion {
  const gate = subject.run.spec.gate ?? [];
  const champion = compareWith(snapshot.champion, subject.versions, snapshot.recipe, document);
  const verdicts = judge(gate, document.metrics, champion);
  const failed = verdicts.filter((verdict) => !verdict.passed);
  if (failed.length > 0) return { attempt: gateFailed(reported, verdicts, failed) };
  if (Object.keys(document.metrics).length === 0) return { attempt: noResults(reported) };
  const registration = {
    run: subject.key,
    snapshot,
    attemptUID: attemptUID(subject) ?? '',
    document,
    imageDigest: reported.image,
    verdicts,
  };
  return {
    attempt: subject.attempt,
    actions: [{ type: 'Create', kind: modelVersions, object: modelVersion(registration) }],
    requeueAfter: soon,
  };
}

function gateFailed(attempt: Attempt, verdicts: GateVerdict[], failed: readonly GateVerdict[]): Attempt {
  const reason = failed[0]?.reason === 'Fails' ? 'GateFailed' : failed[0]?.reason;
  const findings = failed.map((verdict) => verdict.message).join('; ');
  const message = limited(
    `the gate did not pass: ${findings}. Improve the model and run again, or edit spec.gate, by which these results are judged again`,
  );
  return defined<Attempt>({ ...attempt, verdict: 'GateFailed', reason, message, gate: verdicts });
}

function noResults(attempt: Attempt): Attempt {
  const message = `training ended and reported no metrics, so there is no ModelVersion. To get one, write {"metrics": {"f1": 0.93}} to FLYBALL_RESULTS`;
  return { ...attempt, verdict: 'NoResults', reason: 'NoResults', message };
}

function withoutPod({ attempt, pods, key }: Subject, job: IJob, now: Date): Conclusion {
  const requeueAfter = podMayCome(job, pods, now);
  if (requeueAfter !== undefined) return { attempt, requeueAfter };
  const message = limited(
    `the pod is gone, and its results with it. The model, if there is one, is not registered; to train again: ${rerunCommand(key)}`,
  );
  return { attempt: { ...ended(attempt, job, now), verdict: 'ResultsLost', reason: 'ResultsLost', message } };
}

/** Only a pod that succeeded, is of this very Job, and is the first of its gang reports. */
function reportingPod(job: IJob, pods: readonly IPod[]): IPod | undefined {
  return pods.find(
    (pod) =>
      pod.status?.phase === 'Succeeded' &&
      isOwnedBy(pod, uidOf(job)) &&
      (pod.metadata?.annotations?.['batch.kubernetes.io/job-completion-index'] ?? '0') === '0',
  );
}

function mainStatus(pod: IPod) {
  return pod.status?.containerStatuses?.find((container) => container.name === mainContainer);
}

function terminationMessage(pod: IPod): string | undefined {
  return mainStatus(pod)?.state?.terminated?.message;
}

function withImage(attempt: Attempt, pod: IPod): Attempt {
  const image = mainStatus(pod)?.imageID;
  return image === undefined || image === '' ? attempt : { ...attempt, image: image.slice(0, 1024) };
}

function withReport(attempt: Attempt, document: ResultsDocument, recipe: Recipe): Attempt {
  const digests = (recipe.datasets ?? []).flatMap(({ name, digest }) => {
    const known = datasetDigest(document, name) ?? digest;
    return known === undefined ? [] : [[name, known] as const];
  });
  return defined<Attempt>({
    ...attempt,
    metrics: Object.keys(document.metrics).length === 0 ? undefined : document.metrics,
    digest: document.digest,
    datasets: digests.length === 0 ? undefined : Object.fromEntries(digests),
    gate: undefined,
  });
}

function changedDataset(document: ResultsDocument, recipe: Recipe): string | undefined {
  return recipe.datasets?.find(({ name, digest }) => {
    const reported = datasetDigest(document, name);
    return digest !== undefined && reported !== undefined && reported !== digest;
  })?.name;
}

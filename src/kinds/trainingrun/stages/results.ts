import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { written } from '../../../api/message.ts';
import { defined } from '../../../api/defined.ts';
import { mainStatus } from '../../../workload/diagnosis/containers.ts';
import { type DeclaredResults, messageLimit, parseResults } from '../../../workload/results.ts';
import { editCommand, rerunCommand } from '../status/advice.ts';
import { podMayCome, reportingPod } from '../../../workload/job.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import { type Key, uidOf } from '../../../api/resource.ts';
import { fetchedDatasets, reportedDatasets, savedModel } from './measured.ts';
import { resultsPath } from './train/environment.ts';
import { deliveryOf, uploaderOf } from './train/output.ts';
import type { Outputs } from './outputs.ts';
import type { Failed, Passed, Running, StageFacts } from './stage.ts';

/** Reads the results document that the pod of a completed Job left; a pod that left none has passed too. */
export function reported({ run, job, pods, snapshot, gate }: StageFacts, now: Date): Running | Passed | Failed {
  const pod = reportingPod(job, pods);
  if (pod === undefined) {
    const requeueAfter = podMayCome(job, pods, now);
    if (requeueAfter !== undefined) return { type: 'Running', requeueAfter };
    const message = written({
      what: 'the pod is gone, and its results with it. The model, if there is one, is not registered',
      remedies: [{ text: 'run it again', command: rerunCommand(run) }],
    });
    return { type: 'Failed', verdict: 'ResultsLost', reason: 'ResultsLost', message, outputs: {} };
  }
  const results = parseResults(documentOf(pod), messageLimit(pod), declaredResults(snapshot.recipe, gate));
  const image = imageOf(pod);
  if (results.type === 'Invalid') {
    const remedies = [
      { text: 'correct the code, and run it again', command: rerunCommand(run) },
      ...(results.reason === 'ResultsMissing' ? [{ text: 'correct spec.results', command: editCommand(run) }] : []),
    ];
    const message = written({ what: results.message, remedies });
    const outputs = defined<Outputs>({ image });
    return { type: 'Failed', verdict: 'Failed', reason: results.reason, message, outputs };
  }
  const document = results.type === 'Reported' ? results.document : { metrics: {}, datasets: {} };
  const metrics = Object.keys(document.metrics).length === 0 ? undefined : document.metrics;
  const datasets = {
    ...reportedDatasets(document.datasets, snapshot.recipe),
    ...fetchedDatasets(pod, snapshot.recipe),
  };
  const outputs = defined<Outputs>({ ...document, datasets, metrics, image });
  const delivered = deliveredBy(pod, job, snapshot.recipe);
  return delivered === undefined
    ? { type: 'Failed', verdict: 'Failed', reason: 'SaveMalformed', message: unmeasured(run), outputs }
    : { type: 'Passed', outputs: { ...outputs, ...delivered } };
}

type Delivered = Pick<Outputs, 'digest' | 'isMeasured' | 'size' | 'uploader'>;

/** How the model got to where it is kept; undefined if what has saved it does not say what that was. */
function deliveredBy(pod: IPod, job: IJob, recipe: Recipe): Delivered | undefined {
  switch (deliveryOf(recipe)) {
    case 'None':
    case 'Mounted':
      return {};
    case 'Uploaded':
      return { uploader: uidOf(uploaderOf(recipe) === 'Job' ? job : pod) };
    case 'Saved': {
      const model = savedModel(pod);
      return model && { digest: model.digest, isMeasured: true, size: model.bytes, uploader: uidOf(pod) };
    }
  }
}

function unmeasured(run: Key): string {
  return written({
    what: 'the container save ended well and did not tell what it has saved, so that nobody knows what the model is; it is not registered',
    remedies: [
      {
        text: 'have the administrator see which image is storage.image in the values of Flyball; then run it again',
        command: rerunCommand(run),
      },
    ],
  });
}

/** The image as the node ran it; not what no runtime calls one, since a pod's status can be written by others. */
function imageOf(pod: IPod): string | undefined {
  const image = mainStatus(pod)?.imageID;
  return image !== undefined && /^[!-~]{1,1024}$/.test(image) ? image : undefined;
}

function declaredResults(recipe: Recipe, gate: readonly string[]): DeclaredResults {
  const { format = 'Document' } = recipe.results ?? {};
  return { path: resultsPath(recipe), format, isWanted: recipe.results !== undefined, gate };
}

/** What the container left at its end. If it failed, that may be its log. */
function documentOf(pod: IPod): string | undefined {
  const end = mainStatus(pod)?.state?.terminated;
  return end?.exitCode === 0 ? end.message : undefined;
}

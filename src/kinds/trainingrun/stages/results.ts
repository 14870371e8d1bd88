import type { IPod } from 'kubernetes-models/v1';
import { written } from '../../../api/message.ts';
import { defined } from '../../../api/defined.ts';
import { mainStatus } from '../../../workload/diagnosis/containers.ts';
import { type DeclaredResults, messageLimit, parseResults } from '../../../workload/results.ts';
import { editCommand, rerunCommand } from '../status/advice.ts';
import { podMayCome, reportingPod } from '../../../workload/job.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import { resultsPath } from './train/environment.ts';
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
  return { type: 'Passed', outputs: defined<Outputs>({ ...document, metrics, image }) };
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

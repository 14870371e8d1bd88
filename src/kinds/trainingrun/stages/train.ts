import { written } from '../../../api/message.ts';
import { isGang } from '../../../domain/recipe.ts';
import { editCommand, rerunCommand } from '../status/advice.ts';
import { gang, onePod } from './parallelism.ts';
import { datasetDigest, type Outputs } from './outputs.ts';
import { transfersIn } from '../../../workload/transfers.ts';
import { trainingPod } from './train/pod.ts';
import { reported } from './results.ts';
import type { Failed, Stage, StageFacts } from './stage.ts';

/** Trains the model. It is always declared. */
export const train: Stage = {
  name: 'Train',
  reason: 'Training',
  verb: 'trains',
  place: { container: 'spec', claims: 'the field that names it', pod: 'spec.pod' },
  isGang,
  job: (run, snapshot, retry) => {
    const pod = trainingPod(run.metadata?.name ?? '', snapshot, retry);
    const transfers = transfersIn(pod);
    return {
      ...(isGang(snapshot.recipe) ? gang(snapshot.recipe, transfers) : onePod(run, snapshot, transfers)),
      template: { spec: pod },
    };
  },
  conclude: (at, now) => {
    const end = reported(at, now);
    return end.type === 'Passed' ? (datasetChanged(at, end.outputs) ?? end) : end;
  },
};

function datasetChanged({ run, snapshot }: StageFacts, outputs: Outputs): Failed | undefined {
  const changed = snapshot.recipe.datasets?.find(({ name, digest }) => {
    const found = datasetDigest(outputs, name);
    return digest !== undefined && found !== undefined && found !== digest;
  });
  if (changed === undefined) return undefined;
  const message = written({
    what: `dataset ${changed.name} is not what its digest in spec.datasets pins`,
    remedies: [
      { text: 'correct the digest', command: editCommand(run) },
      { text: 'correct the data, and run it again', command: rerunCommand(run) },
    ],
  });
  return { type: 'Failed', verdict: 'Failed', reason: 'DatasetChanged', message, outputs };
}

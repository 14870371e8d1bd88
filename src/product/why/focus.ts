import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { label } from '../../api/labels.ts';
import { written } from '../../api/message.ts';
import { isOwnedBy, type Key, keyOf, type Resource, uidOf } from '../../api/resource.ts';
import type { IModelDeployment, ITrainingRun } from '../../api/types.ts';
import { attemptName } from '../../domain/versions.ts';
import { waitingMessage } from '../../kinds/trainingrun/attempt/words.ts';
import { placeOf } from '../../kinds/trainingrun/attempt/place.ts';
import { stageLabel } from '../../kinds/trainingrun/attempt/names.ts';
import { stages } from '../../kinds/trainingrun/stages/index.ts';
import { snapshotOf } from '../../kinds/trainingrun/start/snapshot.ts';
import { revisionIn } from '../../kinds/modeldeployment/revision/revision.ts';
import { place as serverPlace, sourceOf, toldOf } from '../../kinds/modeldeployment/revision/words.ts';
import type { Finding } from '../../workload/diagnosis/finding.ts';
import type { Place } from '../../workload/diagnosis/place.ts';
import type { Source } from '../../workload/diagnosis/words.ts';
import { jobsOf, podsOf, type ProductObjects, servingPodsOf, workloadsOf } from '../objects.ts';

/** The pods that an object's fate hangs on now, and what makes them. */
export interface Focus {
  /** The object, as commands name it. */
  readonly key: Key;
  readonly resource: 'trun' | 'mdep';
  /** How a sentence calls it: "attempt fraud-2". */
  readonly title: string;
  /** What makes the pods, such as a Job. */
  readonly makers: readonly Resource[];
  readonly pods: readonly IPod[];
  /** How many pods there shall be. */
  readonly wanted: number;
  readonly place: Place;
  readonly source: Source;
  /** What is found in the pods, in the words of the conditions. */
  readonly message: (finding: Finding, now: Date) => string;
}

/** Of the newest attempt; undefined if it has no Job. */
export function focusOfRun(run: ITrainingRun, objects: ProductObjects): Focus | undefined {
  const placed = jobsOf(run, objects).at(-1);
  const stage = stages.find(({ name }) => stageLabel(name) === placed?.stage);
  if (placed === undefined || stage === undefined) return undefined;
  const key = keyOf(run);
  const { job, number } = placed;
  const attempt = attemptName(key.name, number);
  return {
    key,
    resource: 'trun',
    title: `attempt ${attempt}`,
    makers: [job],
    pods: podsOf(job, objects),
    wanted: isOver(job) ? 0 : (job.spec?.parallelism ?? 1),
    place: placeOf({ stage, snapshot: () => snapshotOf(job) }),
    source: { namespace: key.namespace, selector: `${label.attempt}=${attempt}` },
    message: (finding, now) => waitingMessage(finding, { key, attempt: { name: attempt }, job }, now),
  };
}

/** It makes no pods any more. */
function isOver({ status }: IJob): boolean {
  return (
    status?.conditions?.some(({ type, status: is }) => (type === 'Complete' || type === 'Failed') && is === 'True') ===
    true
  );
}

/** Of the revision that is tried, or else of the one that serves; undefined if none has a workload. */
export function focusOfDeployment(deployment: IModelDeployment, objects: ProductObjects): Focus | undefined {
  const key = keyOf(deployment);
  const { candidate, stable } = deployment.status ?? {};
  const workloads = workloadsOf(deployment, objects);
  const named = (revision: string | undefined) =>
    workloads.find((one) => revision !== undefined && revisionIn(key.name, keyOf(one).name) === revision);
  const workload = named(candidate?.revision) ?? named(stable?.revision) ?? workloads.at(-1);
  const revision = workload && revisionIn(key.name, keyOf(workload).name);
  if (workload === undefined || revision === undefined) return undefined;
  const sets = objects.replicaSets.filter((set) => isOwnedBy(set, uidOf(workload)));
  const declared = workload.spec?.template?.spec?.initContainers?.map(({ name }) => name) ?? [];
  return {
    key,
    resource: 'mdep',
    title: `revision ${revision}`,
    makers: [workload, ...sets],
    pods: servingPodsOf(workload, objects),
    wanted: workload.spec?.replicas ?? 1,
    place: { ...serverPlace, declared },
    source: sourceOf({ key, revision }),
    message: (finding, now) => written(toldOf(finding, { key, revision }, now)),
  };
}

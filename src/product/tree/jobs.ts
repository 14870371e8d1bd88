import type { IJob } from 'kubernetes-models/batch/v1';
import { defined } from '../../api/defined.ts';
import { keyOf } from '../../api/resource.ts';
import type { PlacedJob } from '../../kinds/trainingrun/attempt/names.ts';
import type { Stage } from '../../kinds/trainingrun/stages/stage.ts';
import { besideIn } from '../../workload/beside.ts';
import type { Place } from '../../workload/diagnosis/place.ts';
import { transferContainers } from '../../workload/transfers.ts';
import { podsOf, type ProductObjects } from '../objects.ts';
import { clauses, figures, type Standing, type TreeNode } from './node.ts';
import { podNode } from './pods.ts';

/** The Jobs of a stage, the newest first: the others are those that it was made again for. */
export function jobNodes(jobs: readonly PlacedJob[], stage: Stage, objects: ProductObjects, now: Date): TreeNode[] {
  return jobs.toReversed().map((placed, index) => {
    const node = jobNode(placed, stage, objects, now);
    return index === 0 ? node : { ...node, isPast: true };
  });
}

function jobNode({ job, retry }: PlacedJob, stage: Stage, objects: ProductObjects, now: Date): TreeNode {
  const place = placeOf(job, stage);
  const { detail, ...standing } = standingOf(job);
  return defined<TreeNode>({
    kind: 'Job',
    ...keyOf(job),
    ...standing,
    detail: clauses(retry === 0 ? undefined : `made again, retry ${retry}`, detail),
    figures: figures({ retry }),
    children: podsOf(job, objects).map((pod) => podNode(pod, place, now)),
  });
}

function placeOf({ spec }: IJob, { place }: Stage): Place {
  const declared = spec === undefined ? [] : besideIn(spec.template).containers;
  const at = { ...place, ours: transferContainers };
  return declared.length === 0 ? at : { ...at, declared };
}

/** The conditions by which `kubectl get jobs` names a state, in its order. */
const told = [
  { type: 'Complete', tone: 'good' },
  { type: 'Failed', tone: 'bad' },
  { type: 'Suspended', tone: 'waiting' },
  { type: 'FailureTarget', tone: 'bad' },
  { type: 'SuccessCriteriaMet', tone: 'good' },
] as const;

function standingOf({ metadata, status }: IJob): Standing {
  if (metadata?.deletionTimestamp !== undefined) {
    return { state: 'Terminating', tone: 'waiting', since: metadata.deletionTimestamp };
  }
  const isTrue = (type: string) => status?.conditions?.find((one) => one.type === type && one.status === 'True');
  const state = told.find(({ type }) => isTrue(type) !== undefined);
  const condition = state && isTrue(state.type);
  const since = condition?.lastTransitionTime ?? status?.startTime ?? metadata?.creationTimestamp;
  return defined<Standing>({
    state: state?.type ?? 'Running',
    tone: state?.tone ?? 'waiting',
    detail: state?.tone === 'bad' ? condition?.message : undefined,
    since,
  });
}

import { findCondition } from '../../../api/condition.ts';
import { jobs as jobKind } from '../../../api/kinds.ts';
import { suspendedAnnotation } from '../../../api/labels.ts';
import { keyOf, uidOf } from '../../../api/resource.ts';
import type { ITrainingRun } from '../../../api/types.ts';
import type { Plan } from '../../../controller.ts';
import { suspendedType } from '../status/conditions.ts';
import { soon } from './conclusion.ts';
import { isFinished } from '../../../workload/job.ts';
import type { AttemptFacts } from './facts.ts';
import { givesBack, staysBack } from './gang.ts';

/**
 * A running Job follows the persisted decisions, to suspend the run or to give back what a part of a gang holds; this pass's decision is
 * followed by the next. Only a Job that bears our mark is let go on: one that a queue or a person suspended is theirs.
 */
export function suspend(
  run: ITrainingRun,
  newest: AttemptFacts | undefined,
  now: Date,
): Pick<Plan<ITrainingRun>, 'actions' | 'requeueAfter'> {
  const job = newest?.job;
  if (newest === undefined || job === undefined || isFinished(job)) return { actions: [] };
  const isSuspended = job.spec?.suspend ?? false;
  const isOfRun = run.spec.suspend === true;
  const wanted = isOfRun || (isSuspended ? staysBack(newest, now) : givesBack(newest, now));
  if (isSuspended === wanted) return { actions: [] };
  if (!wanted && job.metadata?.annotations?.[suspendedAnnotation] === undefined) return { actions: [] };
  const persisted = findCondition(run.status?.conditions, suspendedType) !== undefined;
  if (persisted !== isOfRun) return { actions: [], requeueAfter: soon };
  const annotations = { [suspendedAnnotation]: wanted ? 'true' : null };
  const patch = { metadata: { annotations }, spec: { suspend: wanted } };
  return { actions: [{ type: 'Patch', kind: jobKind, key: keyOf(job), uid: uidOf(job), patch }] };
}

import { timestamp } from '../../../api/condition.ts';
import type { IModelDeployment, MonitorRejection, RollbackSpec } from '../../../api/types.ts';
import { isFresh } from '../../../domain/rejections.ts';
import type { Subject } from '../checks/subject.ts';
import type { Judgement } from './verdict.ts';

export interface RollbackFacts {
  readonly spec: RollbackSpec | undefined;
  readonly subject: Subject;
  readonly deployment: IModelDeployment | undefined;
  readonly rejections: readonly MonitorRejection[];
  readonly judgements: readonly Judgement[];
}

const rejectionsKept = 20;

/**
 * The rejections, with the stable revision among them if a check of rollback.onChecks fails while it is fresh: later the world
 * has changed, and the revision before it would hardly do better. That a verdict takes a whole window of the revision, and
 * `for`, has been seen to before. The ModelDeployment reads the rejections from the status.
 */
export function decideRollback(facts: RollbackFacts, now: Date): readonly MonitorRejection[] {
  const { spec, subject, deployment, rejections, judgements } = facts;
  if (spec === undefined || subject.type === 'Blind') return rejections;
  const { revision, since } = subject;
  const known = rejections.some(
    (rejection) => rejection.revision === revision && Date.parse(rejection.time) >= since.getTime(),
  );
  if (known || !isFresh({ ...deployment?.status }, now, spec.within)) return rejections;
  const failing = judgements.find(
    ({ check, status, measured }) => measured && status.verdict === 'Failing' && spec.onChecks.includes(check.name),
  );
  if (failing === undefined) return rejections;
  const rejection = { revision, check: failing.check.name, time: timestamp(now), message: failing.finding };
  const others = rejections.filter((other) => other.revision !== revision);
  return [...others, rejection].slice(-rejectionsKept);
}

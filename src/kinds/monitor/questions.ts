import type { TimedQuestion } from '../../measure/measure.ts';
import { measureOf } from './checks/index.ts';
import { subjectOf } from './checks/subject.ts';
import type { MonitorFacts } from './observe.ts';
import { slotsOf } from './slots.ts';

/**
 * What the checks ask, once in each slot of the Monitor. A new or edited Monitor does not wait for its slot. One whose status is
 * up to date does: after a restart of the operator, or with another revision, it keeps its verdicts until then.
 */
export function questions(facts: MonitorFacts, now: Date): readonly TimedQuestion[] {
  const { monitor, openSources } = facts;
  const subject = subjectOf(facts);
  const freshSince = slotsOf(monitor, now).current;
  const { checks: judged, observedGeneration } = monitor.status ?? {};
  // One that could see nothing yet was told so, and has not been judged.
  const patient = judged !== undefined && observedGeneration === monitor.metadata?.generation;
  return monitor.spec.checks.flatMap((check) => {
    const measure = measureOf(check, subject, openSources);
    return measure.type === 'Question' ? [{ ...measure, name: check.name, freshSince, patient }] : [];
  });
}

import { quoting } from '../../../api/condition.ts';
import type { AnalysisCheck } from '../../../api/types.ts';
import type { Answer, Answers, Unanswered } from '../../../measure/measure.ts';
import { requestQuantity } from '../../../measure/requests.ts';
import { checkValue } from '../../../measure/value.ts';
import type { CheckValue } from '../../../measure/value.ts';

export type AnalysisVerdict =
  | { readonly type: 'Passed' }
  | { readonly type: 'NoData'; readonly reason: string; readonly message: string }
  | { readonly type: 'Failed'; readonly message: string };

/**
 * Judges the checks by what the metrics store says about the candidate since its weight took effect. One that fails decides, even
 * if another has no data; no data never passes.
 */
export function analyse(checks: readonly AnalysisCheck[], answers: Answers): AnalysisVerdict {
  const verdicts = checks.map((check) => judge(check, answers.get(check.name)));
  return (
    verdicts.find(({ type }) => type === 'Failed') ??
    verdicts.find(({ type }) => type === 'NoData') ?? { type: 'Passed' }
  );
}

/** What the checks measured, in their order, for status; those without an answer are left out. */
export function analysisValues(checks: readonly AnalysisCheck[], answers: Answers): readonly CheckValue[] {
  return checks.flatMap(({ name }) => {
    const answer = answers.get(name);
    return (answer && checkValue(name, answer)) ?? [];
  });
}

/** How many requests the answers rest on: those to the candidate. Undefined as long as the store has told of none. */
export function requestsSeen(answers: Answers): number | undefined {
  const counts = [...answers.values()].flatMap(({ outcome }) =>
    outcome.type === 'Measured' ? (outcome.samples ?? []) : [],
  );
  return counts.length === 0 ? undefined : Math.max(...counts);
}

function judge(check: AnalysisCheck, answer: Answer | undefined): AnalysisVerdict {
  if (answer === undefined) {
    return { type: 'NoData', reason: 'AnalysisPending', message: 'The analysis has not been asked for yet.' };
  }
  const { outcome } = answer;
  if (outcome.type !== 'Measured') return unavailable(outcome);
  const { title, unit, highest = Infinity, minSamples } = requestQuantity(check);
  const { value, samples = 0 } = outcome;
  if (samples < minSamples) {
    const message =
      `Check "${check.name}" judges after ${minSamples} requests to the candidate, which have not come yet. ` +
      'Send requests, or lower minSamples in spec.rollout.analysis.';
    return { type: 'NoData', reason: 'TooFewSamples', message };
  }
  if (value === undefined || Number.isNaN(value)) {
    const message =
      `Prometheus has no value for check "${check.name}" of the candidate. ` +
      'Look whether it scrapes the port "metrics" of the pods.';
    return { type: 'NoData', reason: 'NoData', message };
  }
  const max = check.max;
  if (value <= max) return { type: 'Passed' };
  const amount = `${value >= highest ? 'at least ' : ''}${Number(value.toPrecision(3))}${unit}`;
  const message = `Check "${check.name}" failed: ${title} ${amount} over its limit ${max} on ${samples} requests.`;
  return { type: 'Failed', message };
}

/** The store's own words come last, since they may be long. */
function unavailable(outcome: Unanswered): AnalysisVerdict {
  const message =
    outcome.type === 'NotConfigured'
      ? 'The operator knows no Prometheus, so that the candidate cannot be judged. ' +
        "The administrator sets prometheus.url in the chart's values, or remove spec.rollout.analysis."
      : quoting('The administrator sees to Prometheus. When it answers, the rollout goes on', {
          by: 'the client',
          words: outcome.words,
        });
  return { type: 'NoData', reason: 'PrometheusUnavailable', message };
}

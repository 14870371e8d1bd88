import { quoting } from '../../../api/condition.ts';
import type { Blind, Unanswered } from '../../../measure/measure.ts';

/** Whose move it is if a metrics store gave no answer. The store's own words come last, since they may be long. */
export function unanswered(outcome: Unanswered, source: string | undefined): Blind {
  const quote = outcome.type === 'NotConfigured' ? undefined : { by: 'the client', words: outcome.words };
  const message = quoting(remedyOf(outcome, source), quote);
  return { type: 'Blind', reason: reasonOf(outcome, source), message };
}

function reasonOf({ type }: Unanswered, source: string | undefined): string {
  if (source !== undefined) return 'QueryFailed';
  return type === 'NotConfigured' ? 'PrometheusNotConfigured' : 'PrometheusUnreachable';
}

function remedyOf({ type }: Unanswered, source: string | undefined): string {
  if (source !== undefined) {
    const move = type === 'Refused' ? 'Correct the query in spec.checks' : 'The administrator sees to the source';
    return `Query source "${source}" gives no answer. ${move}`;
  }
  return type === 'NotConfigured'
    ? "The operator knows no Prometheus to ask. The administrator sets prometheus.url in the chart's values."
    : "Prometheus gives no answer. The administrator sees to it, or to prometheus.url in the chart's values";
}

import { written } from '../../../api/message.ts';
import type { Message } from '../../../api/message.ts';
import type { Unanswered } from '../../../measure/measure.ts';
import type { Blind } from '../checks/measure.ts';
import type { MonitorReason } from '../status/reasons.ts';

/** Whose move it is if a metrics store gave no answer. */
export function unanswered(outcome: Unanswered, source: string | undefined): Blind {
  const quote = outcome.type === 'NotConfigured' ? undefined : { by: 'the client', words: outcome.words };
  const message = written({ ...told(outcome, source), quote });
  return { type: 'Blind', reason: reasonOf(outcome, source), message };
}

function reasonOf({ type }: Unanswered, source: string | undefined): MonitorReason {
  if (source !== undefined) return 'QueryFailed';
  return type === 'NotConfigured' ? 'PrometheusNotConfigured' : 'PrometheusUnreachable';
}

function told({ type }: Unanswered, source: string | undefined): Message {
  if (source !== undefined) {
    const text = type === 'Refused' ? 'correct the query in spec.checks' : 'the administrator sees to the source';
    return { what: `query source "${source}" gives no answer`, remedies: [{ text }] };
  }
  return type === 'NotConfigured'
    ? {
        what: 'the operator knows no Prometheus to ask',
        remedies: [{ text: "the administrator sets prometheus.url in the chart's values" }],
      }
    : {
        what: 'Prometheus gives no answer',
        remedies: [{ text: "the administrator sees to it, or to prometheus.url in the chart's values" }],
      };
}

import { written } from '../../../api/message.ts';
import { only } from '../../../measure/measure.ts';
import type { Sample } from '../../../measure/prometheus.ts';
import type { Check } from './check.ts';

/** A query that the user wrote, to a source that the administrator has opened to the namespace. */
export const query: Check = {
  name: 'query',
  measure: ({ name, query: asked }, { namespace }, openSources) => {
    if (asked === undefined) return undefined;
    const { source, expr } = asked;
    if (!openSources.includes(source)) {
      const message = written({
        what: `query source "${source}" is not open to namespace ${namespace}`,
        remedies: [
          { text: "the administrator lists the namespace under querySources in the chart's values" },
          { text: `name another source in check "${name}"` },
        ],
      });
      return { type: 'Blind', reason: 'SourceNotAllowed', message };
    }
    return {
      type: 'Question',
      source,
      expressions: [expr],
      minSamples: 0,
      title: `query ${name}`,
      unit: '',
      read: ([answer]) => {
        const value = only(answer);
        return value === undefined ? { aside: missing(answer) } : { value };
      },
    };
  },
};

function missing(answer: readonly Sample[] | undefined): string {
  return (answer?.length ?? 0) === 0 ? 'no series' : 'several series';
}

import { type Answer, type Prometheus } from '../integration/faults/prometheus.ts';

/** A played Prometheus that remembers what it was asked. */
export interface RecordingPrometheus extends Prometheus {
  /** All expressions in which a text occurs. */
  asked(about: string): readonly string[];
}

export function recording(prometheus: Prometheus): RecordingPrometheus {
  const expressions = new Map<string, Set<string>>();
  return {
    ...prometheus,
    answers: (about: string, answers: (expression: string) => Answer) => {
      const heard = new Set<string>();
      expressions.set(about, heard);
      prometheus.answers(about, (expression) => {
        heard.add(expression);
        return answers(expression);
      });
    },
    asked: (about) => [...(expressions.get(about) ?? [])],
  };
}

import { PrometheusError } from '../../src/measure/prometheus.ts';
import type { PrometheusClient, Sample } from '../../src/measure/prometheus.ts';

/** A Prometheus that answers by what an expression contains, or is away. */
export class FakePrometheus implements PrometheusClient {
  away = false;
  readonly asked: string[] = [];
  /** At which time each expression was asked for. */
  readonly times: (Date | undefined)[] = [];
  answer: (expression: string) => readonly Sample[] = () => [];

  query(expression: string, at?: Date): Promise<readonly Sample[]> {
    this.asked.push(expression);
    this.times.push(at);
    if (this.away)
      return Promise.reject(
        new PrometheusError('Unreachable', 'Prometheus at prometheus:9090 did not answer: refused'),
      );
    return Promise.resolve(this.answer(expression));
  }
}

import { type PrometheusClient, PrometheusError } from '../../src/measure/prometheus.ts';
import { answerTo, type Requests } from '../builders/requests.ts';

/** What Prometheus answers about any revision. */
export interface Metrics extends Requests {
  readonly away?: boolean;
}

/** A Prometheus that is told at each query what it measures. */
export function prometheusTelling(measured: () => Metrics): PrometheusClient {
  return {
    async query(expression) {
      const { away, ...requests } = measured();
      if (away) throw new PrometheusError('Unreachable', 'Prometheus at prometheus:9090 did not answer: refused');
      return answerTo(expression, requests);
    },
  };
}

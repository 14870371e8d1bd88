import { type PrometheusClient, PrometheusError } from '../../src/measure/prometheus.ts';

/** What Prometheus answers about any revision. */
export interface Metrics {
  readonly away?: boolean;
  readonly requests?: number;
  readonly errors?: number;
  readonly latency?: number;
}

/** A Prometheus that is told at each query what it measures. */
export function prometheusTelling(measured: () => Metrics): PrometheusClient {
  return {
    async query(expression) {
      const { away, requests, errors = 0, latency = 0.01 } = measured();
      if (away) throw new PrometheusError('Unreachable', 'Prometheus at prometheus:9090 did not answer: refused');
      if (requests === undefined) return [];
      if (expression.startsWith('histogram_quantile')) return [{ labels: {}, value: latency }];
      return [{ labels: {}, value: expression.startsWith('sum') ? requests : errors }];
    },
  };
}

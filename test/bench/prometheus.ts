/** A Prometheus that answers at once and keeps the time of each question. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Sample } from '../../src/measure/prometheus.ts';

export interface Prometheus {
  readonly url: string;
  /** When which ModelDeployment was asked about, in milliseconds; several questions of one evaluation come together. */
  readonly asked: ReadonlyMap<string, readonly number[]>;
  /** Forgets what was asked so far. */
  forget(): void;
  stop(): Promise<void>;
}

export async function startPrometheus(): Promise<Prometheus> {
  const asked = new Map<string, number[]>();
  const server = createServer((incoming, outgoing) => {
    const time = performance.now();
    void text(incoming).then((form) => {
      const expression = new URLSearchParams(form).get('query') ?? '';
      const subject = subjectOf(expression);
      const times = asked.get(subject) ?? [];
      asked.set(subject, times);
      times.push(time);
      const result = news(expression).map(({ labels, value }) => ({
        metric: labels,
        value: [Date.now() / 1000, String(value)],
      }));
      outgoing.setHeader('content-type', 'application/json');
      outgoing.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    forget: () => asked.clear(),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function subjectOf(expression: string): string {
  const [, namespace, name] = /namespace="([^"]+)",model_deployment="([^"]+)"/.exec(expression) ?? [];
  return `${namespace}/${name}`;
}

/** Good news: no errors, short times, many requests. Never quite the same, else there would be nothing to write down. */
function news(expression: string): readonly Sample[] {
  const requests = Math.round(500 * (1 + Math.random() / 10));
  if (expression.includes('flyball_requests_total')) return [{ labels: { code: '200' }, value: requests }];
  if (!expression.includes('flyball_request_duration')) return [];
  return ['0.05', '+Inf'].map((le) => ({ labels: { le }, value: requests }));
}

/** A Prometheus that answers with good news and keeps the time of each question. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Sample } from '../../src/measure/prometheus.ts';
import { pause } from './pace.ts';

export interface Prometheus {
  readonly url: string;
  /** When which ModelDeployment was asked about, in milliseconds; several questions of one evaluation come together. */
  readonly asked: ReadonlyMap<string, readonly number[]>;
  /** Forgets what was asked so far. */
  forget(): void;
  stop(): Promise<void>;
}

/** @param takes how many milliseconds an answer takes, by the expression; it may never come. At once by default. */
export async function startPrometheus(takes: (expression: string) => number = () => 0): Promise<Prometheus> {
  const asked = new Map<string, number[]>();
  const server = createServer((incoming, outgoing) => {
    const time = performance.now();
    void text(incoming).then(async (form) => {
      const expression = new URLSearchParams(form).get('query') ?? '';
      const subject = subjectOf(expression);
      const times = asked.get(subject) ?? [];
      asked.set(subject, times);
      times.push(time);
      const result = news(expression).map(({ labels, value }) => ({
        metric: labels,
        value: [Date.now() / 1000, String(value)],
      }));
      const wait = takes(expression);
      if (wait === Infinity) return;
      if (wait > 0) await pause(wait);
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

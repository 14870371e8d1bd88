import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Sample } from '../../../src/measure/prometheus.ts';

/** A vector, one value as Prometheus writes it (also "NaN"), undefined for an empty vector; or no answer, or a broken connection. */
export type Answer = readonly Sample[] | string | undefined;

/** Plays Prometheus' HTTP API. What it shall answer can change at any time. */
export interface Prometheus {
  readonly url: string;
  /** Lets another one answer the expressions in which this text occurs. */
  forwards(about: string, url: string): void;
  /** Sets the answers to expressions in which this text occurs, such as a namespace. "Hangs" and "Breaks" are no values. */
  answers(about: string, answers: (expression: string) => Answer): void;
  stop(): Promise<void>;
}

export async function startPrometheus(): Promise<Prometheus> {
  const known = new Map<string, ((expression: string) => Answer) | URL>();
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const form = await text(incoming);
    const expression = new URLSearchParams(form).get('query') ?? '';
    const [, answer] = [...known].find(([about]) => expression.includes(about)) ?? [];
    if (answer instanceof URL) return await forward(new URL(incoming.url ?? '', answer), form, outgoing);
    const value = answer?.(expression);
    if (value === 'Hangs') return;
    if (value === 'Breaks') return void outgoing.destroy();
    const time = Date.now() / 1000;
    const samples = typeof value === 'string' ? [{ labels: {}, value }] : (value ?? []);
    const result = samples.map((sample) => ({ metric: sample.labels, value: [time, String(sample.value)] }));
    outgoing.setHeader('content-type', 'application/json');
    outgoing.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
  };
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: (about, answers) => known.set(about, answers),
    forwards: (about, url) => known.set(about, new URL(url)),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function forward(url: URL, form: string, outgoing: ServerResponse): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  outgoing.writeHead(answer.status, { 'content-type': 'application/json' });
  outgoing.end(await answer.text());
}

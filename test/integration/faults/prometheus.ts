import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The value of a query as Prometheus writes it (also "NaN"), `undefined` for an empty vector. */
export type Answers = (expression: string) => string | undefined;

/** Plays Prometheus' HTTP API. What it shall answer can change at any time. */
export interface Prometheus {
  readonly url: string;
  /** How many queries came. */
  readonly queries: number;
  answers(answers: Answers): void;
  /** It takes connections and answers none. */
  hangs(): void;
  /** Nobody listens. */
  goes(): Promise<void>;
  /** At the same address as before. */
  comes(): Promise<void>;
}

export async function startPrometheus(): Promise<Prometheus> {
  let answer: Answers | undefined = () => undefined;
  let queries = 0;
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const expression = new URLSearchParams(await text(incoming)).get('query') ?? '';
    queries += 1;
    if (answer === undefined) return;
    const value = answer(expression);
    const result = value === undefined ? [] : [{ metric: {}, value: [Date.now() / 1000, value] }];
    outgoing.setHeader('content-type', 'application/json');
    outgoing.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
  };
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get queries() {
      return queries;
    },
    answers: (wanted) => {
      answer = wanted;
    },
    hangs: () => {
      answer = undefined;
    },
    goes: async () => {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
    comes: () => listen(port),
  };
}

import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent, request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import type { Environment } from '../environment.ts';

/** A request that an operator made through the proxy. */
export interface Passed {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** On the monotonic clock, in milliseconds. */
  readonly at: number;
}

/** Asked about each write but those of the Lease. `false` cuts the connection. */
export interface Interception {
  /** Before the API server gets it. */
  before?(write: Passed): Promise<boolean>;
  /** After the API server has answered, and before the operator knows. */
  after?(write: Passed, status: number): Promise<boolean>;
}

/** Stands between one operator and the API server: tells what passes, and can stop it. */
export interface Proxy {
  readonly url: string;
  readonly passed: readonly Passed[];
  intercept(interception: Interception): void;
  /** Ends all connections and takes no more. */
  cut(): Promise<void>;
  /** At the same address as before. */
  mend(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a proxy on a free port. It is plain HTTP towards the operator, so that it needs no certificate of its own. */
export async function startProxy(environment: Environment): Promise<Proxy> {
  const agent = new Agent({ ca: environment.ca, keepAlive: true });
  const passed: Passed[] = [];
  let interception: Interception = {};

  const forward = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = incoming;
    // The Host would be taken for the name that the API server's certificate must have.
    const { host: _, ...headers } = incoming.headers;
    const entry = { method, path: url.replace(/\?.*/, ''), at: performance.now() };
    passed.push(entry);
    const body = await buffer(incoming);
    const isIntercepted = isWrite(entry);
    if (isIntercepted && (await interception.before?.(entry)) === false) return void outgoing.destroy();
    const answer = await send(method, url, headers, body, outgoing);
    if (isIntercepted && (await interception.after?.(entry, answer.statusCode ?? 0)) === false) {
      answer.resume();
      return void outgoing.destroy();
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.flushHeaders();
    answer.on('error', () => outgoing.destroy());
    answer.pipe(outgoing);
  };

  const send = (method: string, url: string, headers: IncomingHttpHeaders, body: Buffer, outgoing: ServerResponse) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const call = request(`${environment.url}${url}`, { method, agent, headers });
      call.on('response', resolve).on('error', reject);
      outgoing.on('close', () => call.destroy());
      call.end(body);
    });

  const server = createServer((incoming, outgoing) => {
    forward(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const listen = (wanted: number) => new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  const cut = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    passed,
    intercept: (wanted) => {
      interception = wanted;
    },
    cut,
    mend: () => listen(port),
    stop: async () => {
      await cut();
      agent.destroy();
    },
  };
}

/** Whether something was to be changed, other than the Lease. */
export function isWrite({ method, path }: Passed): boolean {
  return method !== 'GET' && !path.startsWith('/apis/coordination.k8s.io/');
}

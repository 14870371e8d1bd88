import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** A forward proxy, as companies have one between their networks and the rest. */
export interface Proxy {
  readonly url: string;
  /** What it was asked for, each as METHOD host:port. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** @param places where the names lead that it alone can resolve, as host:port each. */
export async function startProxy(places: Readonly<Record<string, string>>): Promise<Proxy> {
  const asked: string[] = [];
  const placeOf = (name: string) => {
    const [, host = '', port = ''] = /^(.*):([0-9]+)$/.exec(places[name] ?? '') ?? [];
    return { host, port };
  };
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '' } = incoming;
    const { host, pathname, search } = new URL(url);
    asked.push(`${method} ${host}`);
    const path = `${pathname}${search}`;
    const { 'proxy-connection': _, ...others } = headers;
    const passed = request({ ...placeOf(host), method, path, headers: others }, (answered) => {
      outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  server.on('connect', ({ method, url = '' }, near, head) => {
    asked.push(`${method} ${url}`);
    const { host, port } = placeOf(url);
    const far = connect(Number(port), host, () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.write(head);
      far.pipe(near).pipe(far);
    });
    far.on('error', () => near.destroy());
    near.on('error', () => far.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { cpSync, createReadStream, mkdirSync, readFileSync, rmSync, statSync, type Stats } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { basename, join, normalize } from 'node:path';
import { makeAuthority } from './authority.ts';
import type { Store, StoreOptions } from './store.ts';

const token = 'a-token-of-tests';

export interface HTTPSOptions extends StoreOptions {
  /** Whether it can begin in the middle of a file, as most can. */
  readonly hasRanges?: boolean;
  /** What its certificate is for, beside which nobody finds it: its address by default. */
  readonly name?: string;
}

/** A web server with a certificate that nobody knows, which serves files, their ranges and their ETags. */
export async function startHTTPS(folder: string, options: HTTPSOptions = {}): Promise<Store> {
  const { host = '127.0.0.1', port = 0, isPublic = true, hasRanges = true, name = host } = options;
  const files = join(folder, 'files');
  mkdirSync(files, { recursive: true });
  const authority = await makeAuthority(folder);
  const { certificate, key } = await authority.certify(name);
  const tls = { cert: readFileSync(certificate), key: readFileSync(key) };
  const server = createServer(tls, (incoming, outgoing) => {
    if (!isPublic && incoming.headers.authorization !== `Bearer ${token}`) {
      outgoing.writeHead(401, { 'www-authenticate': 'Bearer' }).end('Who are you?\n');
      return;
    }
    serve(files, incoming, outgoing, hasRanges);
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const address = `${host}:${(server.address() as AddressInfo).port}`;
  const at = (path: string) => join(files, path);
  return {
    root: `https://${address}`,
    settings: { caCertificates: authority.certificate },
    credentials: isPublic ? {} : { HTTPS_BEARER_TOKEN: token },
    address,
    upload: async (source, path) => {
      const target = statSync(source).isDirectory() ? at(path) : join(at(path), basename(source));
      cpSync(source, target, { recursive: true, preserveTimestamps: true });
    },
    download: async (path, target) => {
      const source = at(path);
      cpSync(source, statSync(source).isDirectory() ? target : join(target, basename(path)), { recursive: true });
    },
    remove: async (path) => rmSync(at(path), { recursive: true }),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function serve(files: string, incoming: IncomingMessage, outgoing: ServerResponse, hasRanges: boolean): void {
  const path = join(files, normalize(decodeURIComponent(new URL(incoming.url ?? '', 'https://store').pathname)));
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) {
    outgoing.writeHead(404).end('There is no such file.\n');
    return;
  }
  const etag = `"${stats.size}-${stats.mtimeMs}"`;
  const headers = { etag, 'last-modified': stats.mtime.toUTCString(), 'content-type': 'application/octet-stream' };
  const range = hasRanges ? rangeOf(incoming, stats, etag) : undefined;
  const { start, end } = range ?? { start: 0, end: stats.size - 1 };
  outgoing.writeHead(range === undefined ? 200 : 206, {
    ...headers,
    ...(hasRanges ? { 'accept-ranges': 'bytes' } : {}),
    ...(range === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${stats.size}` }),
    'content-length': end - start + 1,
  });
  if (incoming.method === 'HEAD' || stats.size === 0) outgoing.end();
  else createReadStream(path, { start, end }).pipe(outgoing);
}

/** What is asked for of a file: none of it in particular if the condition does not hold, or if there is no such part. */
function rangeOf({ headers }: IncomingMessage, { size }: Stats, etag: string) {
  const [, first, last] = /^bytes=([0-9]+)-([0-9]*)$/.exec(headers.range ?? '') ?? [];
  const condition = headers['if-range'];
  if (first === undefined || Number(first) >= size || (condition !== undefined && condition !== etag)) return undefined;
  return { start: Number(first), end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

import { randomBytes } from 'node:crypto';
import { cpSync, createReadStream, mkdirSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { makeAuthority } from './authority.ts';
import { type Blob, blobOf, type Files, filesBelow, foldersOf } from './hubfiles.ts';
import type { Store, StoreOptions } from './store.ts';

const token = 'hf_token_of_tests';
const repository = 'tests/artifacts';

/** A file of this size and more is kept outside of git, and given by another server. */
const large = 64 * 1024;

export interface HubOptions extends StoreOptions {
  /** Who may read it: everybody, who has a token, or who has accepted its conditions too, which the token's owner has not. */
  readonly access?: 'Public' | 'Private' | 'Gated';
  /** Entries of a page of a listing. */
  readonly pageSize?: number;
  /** Where a page says that the next one is: there, at another server, or, wrongly, at the page itself. */
  readonly next?: 'Here' | 'Elsewhere' | 'Same';
}

/** As the Hub keeps it: one repository, a model and a dataset alike. */
export interface HubStore extends Store {
  /** What branches and tags are now. */
  readonly refs: Map<string, string>;
  /** Of all requests so far: whom they were for, what for, and with which token. */
  readonly asked: {
    readonly server: 'hub' | 'storage';
    readonly url: string;
    readonly authorization: string | undefined;
  }[];
  /** As host:port, of the server that gives large files: where the Hub leads to is what this says. */
  storage: string;
  /** The files that are given otherwise than their commit has them. */
  readonly corrupt: Set<string>;
  /** The files that the server of large ones refuses, as if the address had lost its time. */
  readonly refused: Set<string>;
  /** By its path, how a listing names the contents of a file instead. */
  readonly hashes: Map<string, string>;
  /** By its path, how a listing calls a file instead, wherever that is. */
  readonly stray: Map<string, string>;
  /** Makes so many files of one content. */
  fill(many: number): void;
  /** Calls a file otherwise, whatever no folder can have. */
  rename(from: string, to: string): void;
}

/**
 * A web server that answers as the Hugging Face Hub does to those who read, so far as its own client asks: the commit of a revision, the tree of
 * a commit in pages, and files, of which large ones are with another server that takes no token.
 */
export async function startHub(folder: string, options: HubOptions = {}): Promise<HubStore> {
  const { host = '127.0.0.1', port = 0, access = 'Public' } = options;
  mkdirSync(folder, { recursive: true });
  const authority = await makeAuthority(folder);
  const { certificate, key } = await authority.certify(host);
  const tls = { cert: readFileSync(certificate), key: readFileSync(key) };
  const commits = new Map<string, Files>([[randomSHA(), new Map()]]);
  const refs = new Map([['main', [...commits.keys()][0] ?? '']]);
  const asked: HubStore['asked'] = [];
  const corrupt = new Set<string>();
  const refused = new Set<string>();
  const hashes = new Map<string, string>();
  const stray = new Map<string, string>();
  const place = { storage: '' };
  const noted = (server: 'hub' | 'storage', answer: (asking: Asking) => void) =>
    createServer(tls, (incoming, outgoing) => {
      const { url = '', headers } = incoming;
      asked.push({ server, url, authorization: headers.authorization });
      answer({ incoming, outgoing, url: new URL(url, 'https://hub'), options });
    });
  const hub = noted('hub', (asking) => answerHub(asking, { access, commits, refs, place, hashes, stray }));
  const storage = noted('storage', (asking) => answerStorage(asking, { commits, corrupt, refused }));
  const address = await listen(hub, host, port);
  place.storage = await listen(storage, host, 0);
  let count = 0;
  const commit = (files: Files): void => {
    const sha = randomSHA();
    commits.set(sha, files);
    refs.set('main', sha);
  };
  const current = () => commits.get(refs.get('main') ?? '') ?? new Map<string, Blob>();
  return {
    root: `hf://${repository}@main`,
    settings: { hf: { endpoint: `https://${address}` }, caCertificates: authority.certificate },
    credentials: access === 'Public' ? {} : { HF_TOKEN: token },
    address,
    refs,
    asked,
    corrupt,
    refused,
    hashes,
    stray,
    get storage() {
      return place.storage;
    },
    set storage(other) {
      place.storage = other;
    },
    upload: async (source, path) => {
      const target = join(folder, 'pushed', `${(count += 1)}`);
      cpSync(source, statSync(source).isDirectory() ? target : join(target, basename(source)), { recursive: true });
      const pushed = filesBelow(target).map(
        (name) => [path === '' ? name : `${path}/${name}`, blobOf(join(target, name))] as const,
      );
      commit(new Map([...current(), ...pushed]));
    },
    download: async (path, target) => {
      for (const [name, { source }] of current()) {
        if (!name.startsWith(`${path}/`)) continue;
        cpSync(source, join(target, name.slice(path.length + 1)));
      }
    },
    remove: async (path) => {
      commit(new Map([...current()].filter(([name]) => name !== path && !name.startsWith(`${path}/`))));
    },
    rename: (from, to) => {
      commit(new Map([...current()].map(([name, blob]) => [name === from ? to : name, blob])));
    },
    fill: (many) => {
      const [blob] = current().values();
      if (blob !== undefined) commit(new Map(Array.from({ length: many }, (_, index) => [`${index}`, blob])));
    },
    stop: async () => {
      for (const server of [hub, storage]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

interface Asking {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly url: URL;
  readonly options: HubOptions;
}

interface Kept {
  readonly access: NonNullable<HubOptions['access']>;
  readonly commits: ReadonlyMap<string, Files>;
  readonly refs: ReadonlyMap<string, string>;
  readonly place: { readonly storage: string };
  readonly hashes: ReadonlyMap<string, string>;
  readonly stray: ReadonlyMap<string, string>;
}

function answerHub(asking: Asking, kept: Kept): void {
  const { incoming, outgoing, url } = asking;
  const given = incoming.headers.authorization;
  if (given !== undefined && given !== `Bearer ${token}`)
    return refuse(outgoing, 401, '', 'Invalid credentials in Authorization header');
  const [, name, what = 'revision', revision = 'main', path = ''] =
    /^\/(?:api\/(?:models|datasets)\/|datasets\/)?([^/]+\/[^/]+)(?:\/(revision|tree|resolve)\/([^/]+)(?:\/(.+))?)?$/.exec(
      url.pathname,
    ) ?? [];
  const isHidden = kept.access === 'Private' && given === undefined;
  if (name !== repository || isHidden)
    return refuse(outgoing, given === undefined ? 401 : 404, 'RepoNotFound', 'Repository not found');
  const sha = kept.refs.get(decodeURIComponent(revision)) ?? decodeURIComponent(revision);
  const files = kept.commits.get(sha);
  if (files === undefined) return refuse(outgoing, 404, 'RevisionNotFound', `Invalid rev id: ${revision}`);
  const siblings = [...files.keys()].map((rfilename) => ({ rfilename }));
  const isExpanded = url.searchParams.get('expand') === 'sha';
  if (what === 'revision') return tell(outgoing, { id: repository, sha, ...(isExpanded ? {} : { siblings }) });
  if (what === 'tree') return tellTree(asking, files, decodeURIComponent(path), kept);
  if (kept.access === 'Gated')
    return refuse(
      outgoing,
      given === undefined ? 401 : 403,
      'GatedRepo',
      `Access to model ${repository} is restricted`,
    );
  giveFile(asking, { sha, files, name: decodeURIComponent(path), storage: kept.place.storage });
}

/** What is right below a path, or all below it, in pages that say where the next one is. */
function tellTree({ incoming, outgoing, url, options }: Asking, files: Files, path: string, kept: Kept): void {
  const { pageSize = 1_000, next: nextAt = 'Here' } = options;
  const prefix = path === '' ? '' : `${path}/`;
  const below = [...files].filter(([name]) => name.startsWith(prefix));
  if (below.length === 0 && path !== '') return refuse(outgoing, 404, 'EntryNotFound', `${path} does not exist`);
  const folders = new Set(
    below.flatMap(([name]) => foldersOf(name).filter((folder) => folder.startsWith(prefix) && folder !== path)),
  );
  const nodes = [
    ...[...folders].map((folder) => ({ type: 'directory', oid: '0'.repeat(40), size: 0, path: folder })),
    ...below.map(([name, blob]) => ({
      type: 'file',
      size: blob.size,
      path: name,
      ...namedBy(blob, kept.hashes.get(name)),
    })),
  ].filter(
    (node) =>
      url.searchParams.get('recursive')?.toLowerCase() === 'true' || !node.path.slice(prefix.length).includes('/'),
  );
  const first = Number(url.searchParams.get('cursor') ?? 0);
  const next = first + pageSize;
  if (next < nodes.length) {
    if (nextAt !== 'Same') url.searchParams.set('cursor', `${next}`);
    const there = nextAt === 'Elsewhere' ? kept.place.storage : incoming.headers.host;
    outgoing.setHeader('link', `<https://${there}${url.pathname}${url.search}>; rel="next"`);
  }
  const told = nodes.slice(first, next).map((node) => ({ ...node, path: kept.stray.get(node.path) ?? node.path }));
  tell(outgoing, told);
}

function namedBy({ size, oid, sha256 }: Blob, otherwise: string | undefined): object {
  if (size < large) return { oid: otherwise ?? oid };
  return { oid, lfs: { oid: otherwise ?? sha256, size, pointerSize: 134 } };
}

interface Given {
  readonly sha: string;
  readonly files: Files;
  readonly name: string;
  readonly storage: string;
}

function giveFile({ incoming, outgoing }: Asking, { sha, files, name, storage }: Given): void {
  const blob = files.get(name);
  if (blob === undefined) return refuse(outgoing, 404, 'EntryNotFound', 'Entry not found');
  outgoing.setHeader('x-repo-commit', sha);
  if (blob.size < large) {
    outgoing.setHeader('etag', `"${blob.oid}"`);
    return send(incoming, outgoing, blob);
  }
  outgoing.setHeader('x-linked-etag', `"${blob.sha256}"`);
  outgoing.setHeader('x-linked-size', blob.size);
  outgoing.writeHead(302, { location: `https://${storage}/${sha}/${encodeURI(name)}?Signature=secret` }).end();
}

interface Stored {
  readonly commits: ReadonlyMap<string, Files>;
  readonly corrupt: ReadonlySet<string>;
  readonly refused: ReadonlySet<string>;
}

/** As stores do whose addresses are signed: they refuse who comes with two proofs. */
function answerStorage({ incoming, outgoing, url }: Asking, { commits, corrupt, refused }: Stored): void {
  const [, sha = '', path = ''] = /^\/([0-9a-f]{40})\/(.+)$/.exec(url.pathname) ?? [];
  const name = decodeURIComponent(path);
  const blob = commits.get(sha)?.get(name);
  if (blob === undefined || refused.has(name) || url.searchParams.get('Signature') !== 'secret')
    return refuse(outgoing, 403, '', 'AccessDenied');
  if (incoming.headers.authorization !== undefined) return refuse(outgoing, 400, '', 'Only one auth mechanism allowed');
  send(incoming, outgoing, blob, corrupt.has(name));
}

function send(incoming: IncomingMessage, outgoing: ServerResponse, { source, size }: Blob, isCorrupt = false): void {
  const first = /^bytes=([0-9]+)-$/.exec(incoming.headers.range ?? '')?.[1];
  const start = Number(first ?? 0);
  const range = first === undefined ? {} : { 'content-range': `bytes ${start}-${size - 1}/${size}` };
  outgoing.writeHead(first === undefined ? 200 : 206, {
    ...range,
    'accept-ranges': 'bytes',
    'content-length': size - start,
  });
  if (incoming.method === 'HEAD' || size === 0) outgoing.end();
  else if (isCorrupt) outgoing.end(Buffer.alloc(size - start));
  else createReadStream(source, { start }).pipe(outgoing);
}

function tell(outgoing: ServerResponse, value: object): void {
  outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function refuse(outgoing: ServerResponse, status: number, code: string, error: string): void {
  const named = code === '' ? {} : { 'x-error-code': code };
  outgoing.writeHead(status, { 'content-type': 'application/json', 'x-error-message': error, ...named });
  outgoing.end(JSON.stringify({ error }));
}

function randomSHA(): string {
  return randomBytes(20).toString('hex');
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return `${host}:${(server.address() as AddressInfo).port}`;
}

import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { errorMessage } from './errors.ts';

/** How to reach the API server and as whom, at this moment. */
export interface Connection {
  /** Such as https://10.96.0.1:443, without a slash at the end. */
  readonly server: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly tls: TlsOptions;
}

export interface TlsOptions {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

/** Why nobody knows as whom to connect: a file that is not there, or what a program said that gets credentials. */
export class CredentialsMissing extends Error {
  constructor(cause: unknown) {
    super(errorMessage(cause), { cause });
    this.name = 'CredentialsMissing';
  }
}

/** Gives the connection anew each time, since tokens and certificates rotate. @throws CredentialsMissing */
export type Connect = () => Promise<Connection>;

/** Which cluster, and as whom, where a person says so. */
export interface Choice {
  /** Files instead of those that the library finds; what several tell of one name, the first one tells. */
  readonly kubeconfigs?: readonly string[];
  readonly context?: string;
  /** Whom to impersonate. */
  readonly as?: string;
  readonly asGroups?: readonly string[];
}

/** What a kubeconfig says. */
export interface Chosen {
  readonly connect: Connect;
  readonly server: string;
  /** The URL of what stands between; absent if the kubeconfig names nothing. */
  readonly proxy?: string;
  /** What whoever wrote the kubeconfig says about the program that gets its credentials. */
  readonly installHint?: string;
  /** The context's; absent if it names none. */
  readonly namespace?: string;
  readonly context: string;
}

/**
 * Finds the cluster as kubectl does: $KUBECONFIG, then ~/.kube/config, then the pod's service account. Files are read and exec
 * plugins are run again at each call; what client-node itself caches (exec credentials until they expire, the service account's
 * token for a minute) is short-lived.
 * @throws an Error if there is no cluster to talk to.
 */
export function kubeConfigConnection(): Connect {
  return chosenCluster({}).connect;
}

/** The same, where a person may say which. @throws an Error if there is no such context, or no cluster to talk to. */
export function chosenCluster({ kubeconfigs, context, as, asGroups = [] }: Choice): Chosen {
  const config = kubeconfigs === undefined ? found() : together(kubeconfigs);
  if (context !== undefined) config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new Error(withoutCluster(config));
  const server = cluster.server.replace(/\/$/, '');
  if (isBare(server, config)) Object.assign(cluster, { skipTLSVerify: true });
  const namespace = config.getContextObject(config.getCurrentContext())?.namespace;
  const hint: unknown = config.getCurrentUser()?.exec?.installHint;
  return {
    server,
    context: config.getCurrentContext(),
    ...(namespace === undefined ? {} : { namespace }),
    ...(cluster.proxyUrl ? { proxy: cluster.proxyUrl } : {}),
    ...(typeof hint === 'string' ? { installHint: hint } : {}),
    connect: async () => {
      const options: RequestOptions = { headers: {} };
      await config.applyToHTTPSOptions(options).catch((error: unknown) => {
        throw new CredentialsMissing(error);
      });
      return { server, headers: impersonating(headersOf(options), as, asGroups), tls: tlsOf(options) };
    },
  };
}

/**
 * Without TLS the library sends nothing, lest it send credentials. Where there are none, as with `kubectl proxy`, there is nothing to keep, and
 * nothing that could be verified.
 */
function isBare(server: string, config: KubeConfig): boolean {
  const told = Object.entries(config.getCurrentUser() ?? {}).filter(
    ([name, value]) => name !== 'name' && value !== undefined,
  );
  return server.startsWith('http:') && told.length === 0;
}

function found(): KubeConfig {
  const config = new KubeConfig();
  config.loadFromDefault();
  return config;
}

/** The library refuses names that several files tell of. */
function together(files: readonly string[]): KubeConfig {
  const configs = files.map((file) => {
    const one = new KubeConfig();
    one.loadFromFile(file);
    return one;
  });
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: firstByName(configs.flatMap((one) => one.getClusters())),
    users: firstByName(configs.flatMap((one) => one.getUsers())),
    contexts: firstByName(configs.flatMap((one) => one.getContexts())),
    currentContext: configs.map((one) => one.getCurrentContext()).find((name) => name) ?? '',
  });
  return config;
}

function firstByName<T extends { readonly name: string }>(all: readonly T[]): T[] {
  return all.filter(({ name }, index) => all.findIndex((one) => one.name === name) === index);
}

function withoutCluster(config: KubeConfig): string {
  const name = config.getCurrentContext();
  const known = config.getContexts().map((one) => one.name);
  if (known.includes(name)) return `the kubeconfig's context "${name}" names no cluster`;
  if (!name) return `the kubeconfig has no current context; there are ${known.join(', ') || 'none'}`;
  return `there is no context "${name}" in the kubeconfig; there are ${known.join(', ') || 'none'}`;
}

/** Whom a person names is instead of whom the kubeconfig's user impersonates, never beside. */
function impersonating(
  headers: Readonly<Record<string, string>>,
  as: string | undefined,
  groups: readonly string[],
): Connection['headers'] {
  if (as === undefined) return headers;
  const others = Object.entries(headers).filter(([name]) => !/^impersonate-/i.test(name));
  const group = groups.length > 0 && { 'impersonate-group': groups };
  return { ...Object.fromEntries(others), 'impersonate-user': as, ...group };
}

function headersOf(options: RequestOptions): Record<string, string> {
  const entries = Object.entries(options.headers ?? {}).map(([name, value]) => [name, String(value).trim()] as const);
  const basic = options.auth ? { Authorization: `Basic ${Buffer.from(options.auth).toString('base64')}` } : {};
  return { ...Object.fromEntries(entries), ...basic };
}

function tlsOf(options: RequestOptions): TlsOptions {
  return {
    ...pem('ca', options.ca),
    ...pem('cert', options.cert),
    ...pem('key', options.key),
    ...(options.servername ? { servername: options.servername } : {}),
    ...(options.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: options.rejectUnauthorized }),
  };
}

/** PEM as text, whatever client-node read it into. */
function pem(name: 'ca' | 'cert' | 'key', value: unknown): TlsOptions {
  if (typeof value === 'string') return { [name]: value };
  return Buffer.isBuffer(value) ? { [name]: value.toString() } : {};
}

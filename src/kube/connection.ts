import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';

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

/** Gives the connection anew each time, since tokens and certificates rotate. */
export type Connect = () => Promise<Connection>;

/** Which cluster, and as whom, where a person says so. */
export interface Choice {
  /** A file, instead of those that kubectl would find. */
  readonly kubeconfig?: string;
  readonly context?: string;
  /** Whom to impersonate. */
  readonly as?: string;
  readonly asGroups?: readonly string[];
}

/** What a kubeconfig says. */
export interface Chosen {
  readonly connect: Connect;
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
export function chosenCluster({ kubeconfig, context, as, asGroups = [] }: Choice): Chosen {
  const config = new KubeConfig();
  if (kubeconfig === undefined) config.loadFromDefault();
  else config.loadFromFile(kubeconfig);
  if (context !== undefined) config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (cluster === null) {
    const name = config.getCurrentContext();
    const known = config.getContexts().map((one) => one.name);
    throw new Error(
      known.includes(name)
        ? `the kubeconfig's context "${name}" names no cluster`
        : `there is no context "${name}" in the kubeconfig; there are ${known.join(', ') || 'none'}`,
    );
  }
  const server = cluster.server.replace(/\/$/, '');
  const namespace = config.getContextObject(config.getCurrentContext())?.namespace;
  return {
    context: config.getCurrentContext(),
    ...(namespace === undefined ? {} : { namespace }),
    connect: async () => {
      const options: RequestOptions = { headers: {} };
      await config.applyToHTTPSOptions(options);
      return { server, headers: { ...headersOf(options), ...impersonating(as, asGroups) }, tls: tlsOf(options) };
    },
  };
}

function impersonating(as: string | undefined, groups: readonly string[]): Connection['headers'] {
  return as === undefined ? {} : { 'impersonate-user': as, ...(groups.length > 0 && { 'impersonate-group': groups }) };
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

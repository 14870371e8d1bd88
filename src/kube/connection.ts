import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';

/** How to reach the API server and as whom, at this moment. */
export interface Connection {
  /** Such as https://10.96.0.1:443, without a slash at the end. */
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
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

/**
 * Finds the cluster as kubectl does: $KUBECONFIG, then ~/.kube/config, then the pod's service account. Files are read and exec
 * plugins are run again at each call; what client-node itself caches (exec credentials until they expire, the service account's
 * token for a minute) is short-lived.
 * @throws an Error if there is no cluster to talk to.
 */
export function kubeConfigConnection(): Connect {
  const config = new KubeConfig();
  config.loadFromDefault();
  const cluster = config.getCurrentCluster();
  if (cluster === null) {
    throw new Error(`the kubeconfig's current context "${config.getCurrentContext()}" names no cluster`);
  }
  return async () => {
    const options: RequestOptions = { headers: {} };
    await config.applyToHTTPSOptions(options);
    return { server: cluster.server.replace(/\/$/, ''), headers: headersOf(options), tls: tlsOf(options) };
  };
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

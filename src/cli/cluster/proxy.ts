import { type Agent, EnvHttpProxyAgent, ProxyAgent, Socks5ProxyAgent } from 'undici';
import type { AgentOf } from '../../kube/transport.ts';

/** What may stand between a person and the API server. */
export interface Proxies {
  /** The kubeconfig's, which goes before those of the environment. */
  readonly kubeconfig?: string | undefined;
  /** HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  readonly https?: string | undefined;
  readonly http?: string | undefined;
  readonly none?: string | undefined;
}

/** Never by a proxy, as with kubectl. */
const here = 'localhost,127.0.0.1,::1';

/** What makes connections by these proxies; undefined where there are none. */
export function agentBy({ kubeconfig, https, http, none }: Proxies): AgentOf | undefined {
  if (kubeconfig !== undefined) return (options) => byProxy(kubeconfig, options);
  if (!https && !http) return undefined;
  const environment = { httpProxy: http ?? '', httpsProxy: https ?? '', noProxy: [here, none ?? ''].join(',') };
  return (options) => new EnvHttpProxyAgent({ ...options, ...environment, ...tlsOf(options.connect) });
}

function byProxy(url: string, { connect, ...options }: Agent.Options) {
  const all = { ...options, ...tlsOf(connect) };
  return url.startsWith('socks') ? new Socks5ProxyAgent(url, all) : new ProxyAgent({ ...all, uri: url });
}

/** The certificates are those for the API server, not for the proxy. */
function tlsOf(connect: Agent.Options['connect']) {
  return typeof connect === 'object' ? { requestTls: connect } : {};
}

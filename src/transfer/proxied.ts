import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * Whether an address is asked by way of the proxy. The rules are those by which rclone, being a Go program, reads NO_PROXY, so that both do the same: a
 * domain stands for itself and all below it, one with a dot before it for those below, ranges are CIDR, and loopback is never asked by way of a proxy.
 */
export function isProxied(
  { protocol, hostname, port }: URL,
  proxy: { readonly noProxy?: string } | undefined,
): boolean {
  if (proxy === undefined) return false;
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const at = { host, port: port === '' ? (protocol === 'https:' ? '443' : '80') : port };
  if (host === 'localhost' || isIn(host, '127.0.0.0/8') || host === '::1') return false;
  const named = (proxy.noProxy ?? '').split(',').map((one) => one.trim().toLowerCase());
  return !named.some((one) => one !== '' && isNamed(at, one));
}

function isNamed({ host, port }: { readonly host: string; readonly port: string }, named: string): boolean {
  if (named === '*') return true;
  if (named.includes('/')) return isIn(host, named);
  const [, bracketed, plain = '', only] = /^(?:\[([^\]]+)\]|([^:]+|.*:.*:.*))(?::([0-9]+))?$/.exec(named) ?? [];
  const name = bracketed ?? plain;
  if (name === '' || (only !== undefined && only !== port)) return false;
  if (isIP(name) !== 0) return isIn(host, `${name}/${isIPv6(name) ? 128 : 32}`);
  const domain = name.replace(/^\*(?=\.)/, '');
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function isIn(host: string, range: string): boolean {
  const [, network = '', bits = ''] = /^([^/]+)\/([0-9]{1,3})$/.exec(range) ?? [];
  if (isIP(host) === 0 || isIP(network) === 0 || Number(bits) > (isIPv6(network) ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), isIPv6(network) ? 'ipv6' : 'ipv4');
  return list.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
}

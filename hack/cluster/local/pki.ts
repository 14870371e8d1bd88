/** The cluster's certificate authority, certificates and kubeconfigs, made by openssl. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { run } from '../command.ts';
import type { Addresses, Layout } from './layout.ts';

/** Who the cluster's programs and people are to the API server. The audit log names them so. */
const clients = {
  person: { commonName: 'person', organization: 'system:masters' },
  setup: { commonName: 'cluster-setup', organization: 'system:masters' },
  'controller-manager': { commonName: 'system:kube-controller-manager' },
  scheduler: { commonName: 'system:kube-scheduler' },
  proxy: { commonName: 'system:kube-proxy' },
  coredns: { commonName: 'system:coredns' },
} as const;

/** The user that writes through the main kubeconfig appear as. */
export const personUser = clients.person.commonName;

const opensslConfiguration = `
[req]
distinguished_name = subject
[subject]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[client]
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
[serving]
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
`;

interface Subject {
  readonly commonName: string;
  readonly organization?: string;
  /** In openssl's notation: `DNS:name` and `IP:address`. Only a serving certificate has any. */
  readonly alternatives?: readonly string[];
}

/** The path of a certificate or key, such as `ca.crt`. */
export function pkiFile(layout: Layout, file: string): string {
  return layout.file('pki', file);
}

/** The path of the kubeconfig of one of the cluster's programs, or of `setup`, which the provider itself uses. */
export function kubeconfigOf(layout: Layout, client: Exclude<keyof typeof clients, 'person'> | 'kubelet'): string {
  return layout.file('pki', `${client}.kubeconfig`);
}

async function makeAuthority(layout: Layout): Promise<void> {
  mkdirSync(layout.file('pki'), { recursive: true, mode: 0o700 });
  writeFileSync(pkiFile(layout, 'openssl.cnf'), opensslConfiguration);
  await run('openssl', [
    ...request(layout, 'ca', { commonName: `flyball-${layout.name}` }),
    '-extensions',
    'authority',
  ]);
  await run('openssl', ['genpkey', ...ellipticCurve('-algorithm', 'EC'), '-out', pkiFile(layout, 'sa.key')]);
  await run('openssl', ['pkey', '-in', pkiFile(layout, 'sa.key'), '-pubout', '-out', pkiFile(layout, 'sa.pub')]);
}

function ellipticCurve(option: string, algorithm: string): readonly string[] {
  return [option, algorithm, '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
}

function request(layout: Layout, name: string, subject: Subject): readonly string[] {
  const organization = subject.organization === undefined ? '' : `/O=${subject.organization}`;
  const files = ['-keyout', pkiFile(layout, `${name}.key`), '-out', pkiFile(layout, `${name}.crt`)];
  const key = [...ellipticCurve('-newkey', 'ec'), '-noenc', '-days', '3650'];
  const identity = ['-subj', `${organization}/CN=${subject.commonName}`];
  return ['req', '-x509', '-config', pkiFile(layout, 'openssl.cnf'), ...key, ...identity, ...files];
}

async function issue(layout: Layout, name: string, subject: Subject): Promise<void> {
  const authority = ['-CA', pkiFile(layout, 'ca.crt'), '-CAkey', pkiFile(layout, 'ca.key')];
  const names = subject.alternatives ? ['-addext', `subjectAltName=${subject.alternatives.join(',')}`] : [];
  const usage = ['-extensions', subject.alternatives ? 'serving' : 'client'];
  await run('openssl', [...request(layout, name, subject), ...authority, ...usage, ...names]);
}

/** A kubeconfig with the client's certificate inside, in JSON, which is YAML. */
function kubeconfig(layout: Layout, addresses: Addresses, client: string, user: string): string {
  const inline = (file: string): string => readFileSync(pkiFile(layout, file)).toString('base64');
  const cluster = { server: `https://${addresses.node}:6443`, 'certificate-authority-data': inline('ca.crt') };
  const credentials = {
    'client-certificate-data': inline(`${client}.crt`),
    'client-key-data': inline(`${client}.key`),
  };
  const context = `flyball-${layout.name}`;
  const document = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: context, cluster }],
    users: [{ name: user, user: credentials }],
    contexts: [{ name: context, context: { cluster: context, user } }],
    'current-context': context,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** Makes all certificates, keys and kubeconfigs of a cluster. */
export async function makePki(layout: Layout, addresses: Addresses): Promise<void> {
  await makeAuthority(layout);
  const { nodeName } = layout;
  const apiNames = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc'];
  apiNames.push('kubernetes.default.svc.cluster.local', 'localhost');
  const apiAddresses = ['127.0.0.1', addresses.node, addresses.apiService];
  const alternatives = [...apiNames.map((name) => `DNS:${name}`), ...apiAddresses.map((address) => `IP:${address}`)];
  await issue(layout, 'apiserver', { commonName: 'kube-apiserver', alternatives });
  // Without the node's name and address in it, logs and exec would be refused.
  const kubeletNames = [`DNS:${nodeName}`, `IP:${addresses.node}`];
  await issue(layout, 'kubelet-serving', { commonName: nodeName, alternatives: kubeletNames });
  const apiserverClient = { commonName: 'kube-apiserver-kubelet-client', organization: 'system:masters' };
  await issue(layout, 'apiserver-kubelet-client', apiserverClient);
  const kubelet = { commonName: `system:node:${nodeName}`, organization: 'system:nodes' };
  for (const [client, subject] of Object.entries({ ...clients, kubelet })) {
    await issue(layout, client, subject);
    const path = client === 'person' ? layout.kubeconfig : pkiFile(layout, `${client}.kubeconfig`);
    writeFileSync(path, kubeconfig(layout, addresses, client, subject.commonName), { mode: 0o600 });
  }
}

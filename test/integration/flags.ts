/** How the programs of the environment are started. */

/** The path of a file of the environment. */
export type FileOf = (name: string) => string;

interface Addresses {
  readonly etcdUrl: string;
  readonly etcdPeerUrl: string;
  readonly port: number;
}

export function etcdFlags({ etcdUrl, etcdPeerUrl }: Addresses, file: FileOf): readonly string[] {
  return [
    `--data-dir=${file('etcd')}`,
    `--listen-client-urls=${etcdUrl}`,
    `--advertise-client-urls=${etcdUrl}`,
    `--listen-peer-urls=${etcdPeerUrl}`,
    `--initial-advertise-peer-urls=${etcdPeerUrl}`,
    `--initial-cluster=default=${etcdPeerUrl}`,
    '--unsafe-no-fsync',
    '--watch-progress-notify-interval=5s',
    '--log-level=warn',
  ];
}

export function apiServerFlags({ etcdUrl, port }: Addresses, file: FileOf, more: readonly string[]): readonly string[] {
  return [
    `--etcd-servers=${etcdUrl}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    '--endpoint-reconciler-type=none',
    `--cert-dir=${file('pki')}`,
    `--token-auth-file=${file('tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${file('service-account.key')}`,
    `--service-account-signing-key-file=${file('service-account.key')}`,
    '--service-cluster-ip-range=10.0.0.0/16',
    // Nobody makes the ServiceAccount `default` of each namespace here.
    '--disable-admission-plugins=ServiceAccount',
    `--audit-policy-file=${file('audit-policy.json')}`,
    `--audit-log-path=${file('audit.log')}`,
    '--audit-log-mode=blocking',
    ...more,
  ];
}

export function controllerManagerFlags(file: FileOf, controllers: readonly string[]): readonly string[] {
  return [
    `--kubeconfig=${file('controllers.kubeconfig')}`,
    '--use-service-account-credentials=true',
    `--controllers=${controllers.join(',')}`,
    '--leader-elect=false',
    '--secure-port=0',
    '--kube-api-qps=200',
    '--kube-api-burst=400',
  ];
}

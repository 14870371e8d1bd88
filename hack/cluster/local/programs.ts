/** The command line of each of a cluster's programs, and what decides that it is ready. */
import type { ProgramName } from '../binaries.ts';
import { bridgeAddress, podRange } from './layout.ts';
import type { Addresses, Layout } from './layout.ts';
import { kubeconfigOf, pkiFile } from './pki.ts';

/** All that a command line may depend on. */
export interface ClusterFacts {
  readonly layout: Layout;
  readonly addresses: Addresses;
  readonly gpuProduct: string;
}

/** The programs that run, in the order in which they start. They stop in the opposite order. */
export const startOrder = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'containerd',
  'kube-proxy',
  'coredns',
  'kubelet',
] as const satisfies readonly ProgramName[];

export type RunningProgram = (typeof startOrder)[number];

function etcd({ layout }: ClusterFacts): readonly string[] {
  return [
    `--name=${layout.name}`,
    `--data-dir=${layout.file('etcd')}`,
    '--listen-client-urls=http://127.0.0.1:2379',
    '--advertise-client-urls=http://127.0.0.1:2379',
    '--listen-peer-urls=http://127.0.0.1:2380',
    // The cluster does not outlive the machine, so that waiting for the disk would buy nothing.
    '--unsafe-no-fsync',
    // Without it, idle watches may be silent for minutes.
    '--watch-progress-notify-interval=5s',
    '--log-level=warn',
  ];
}

function apiserver({ layout, addresses }: ClusterFacts): readonly string[] {
  return [
    `--advertise-address=${addresses.node}`,
    '--bind-address=0.0.0.0',
    '--secure-port=6443',
    '--etcd-servers=http://127.0.0.1:2379',
    `--service-cluster-ip-range=${addresses.serviceRange}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    '--allow-privileged=true',
    `--client-ca-file=${pkiFile(layout, 'ca.crt')}`,
    `--tls-cert-file=${pkiFile(layout, 'apiserver.crt')}`,
    `--tls-private-key-file=${pkiFile(layout, 'apiserver.key')}`,
    `--kubelet-certificate-authority=${pkiFile(layout, 'ca.crt')}`,
    `--kubelet-client-certificate=${pkiFile(layout, 'apiserver-kubelet-client.crt')}`,
    `--kubelet-client-key=${pkiFile(layout, 'apiserver-kubelet-client.key')}`,
    '--kubelet-preferred-address-types=InternalIP',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${pkiFile(layout, 'sa.pub')}`,
    `--service-account-signing-key-file=${pkiFile(layout, 'sa.key')}`,
    `--audit-policy-file=${layout.file('config', 'audit.yaml')}`,
    `--audit-log-path=${layout.auditLog}`,
    // Megabytes: whoever counts requests wants one file, not the last of several.
    '--audit-log-maxsize=2000',
    // Otherwise it waits a minute for clients that watch before it ends.
    '--shutdown-watch-termination-grace-period=1s',
  ];
}

function controllerManager({ layout, addresses }: ClusterFacts): readonly string[] {
  const kubeconfig = kubeconfigOf(layout, 'controller-manager');
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--bind-address=127.0.0.1',
    '--leader-elect=false',
    '--use-service-account-credentials',
    `--root-ca-file=${pkiFile(layout, 'ca.crt')}`,
    `--service-account-private-key-file=${pkiFile(layout, 'sa.key')}`,
    `--cluster-signing-cert-file=${pkiFile(layout, 'ca.crt')}`,
    `--cluster-signing-key-file=${pkiFile(layout, 'ca.key')}`,
    '--allocate-node-cidrs',
    `--cluster-cidr=${podRange}`,
    `--service-cluster-ip-range=${addresses.serviceRange}`,
  ];
}

function scheduler({ layout }: ClusterFacts): readonly string[] {
  const kubeconfig = kubeconfigOf(layout, 'scheduler');
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--bind-address=127.0.0.1',
    '--leader-elect=false',
  ];
}

function kubelet({ layout, addresses, gpuProduct }: ClusterFacts): readonly string[] {
  return [
    `--config=${layout.file('config', 'kubelet.yaml')}`,
    `--kubeconfig=${kubeconfigOf(layout, 'kubelet')}`,
    `--root-dir=${layout.file('kubelet')}`,
    `--cert-dir=${layout.file('pki')}`,
    `--hostname-override=${layout.nodeName}`,
    `--node-ip=${addresses.node}`,
    `--node-labels=nvidia.com/gpu.product=${gpuProduct}`,
  ];
}

const commandLines = {
  etcd,
  'kube-apiserver': apiserver,
  'kube-controller-manager': controllerManager,
  'kube-scheduler': scheduler,
  containerd: ({ layout }) => [`--config=${layout.file('config', 'containerd.toml')}`],
  'kube-proxy': ({ layout }) => [`--config=${layout.file('config', 'kube-proxy.yaml')}`],
  coredns: ({ layout }) => [`-conf=${layout.file('config', 'Corefile')}`],
  kubelet,
} as const satisfies Record<RunningProgram, (facts: ClusterFacts) => readonly string[]>;

/** The arguments of a program; its configuration files come from `configurationFiles`. */
export function argumentsOf(program: RunningProgram, facts: ClusterFacts): readonly string[] {
  return commandLines[program](facts);
}

/** Seconds that a program gets to stop by itself. The API server first ends the watches that it serves. */
export const graceSeconds = {
  etcd: 10,
  'kube-apiserver': 20,
  'kube-controller-manager': 2,
  'kube-scheduler': 2,
  containerd: 5,
  'kube-proxy': 2,
  coredns: 0,
  kubelet: 5,
} as const satisfies Record<RunningProgram, number>;

/** The DNS server's address for the kubelet and CoreDNS: the bridge's, where every pod reaches it. */
export const dnsAddress = bridgeAddress;

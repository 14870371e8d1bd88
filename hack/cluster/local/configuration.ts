/** The configuration files of a cluster's programs. JSON is YAML, so that the YAML ones are written as JSON. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { auditPolicy } from '../audit.ts';
import { nodePodRange, podRange } from './layout.ts';
import type { Layout } from './layout.ts';
import { kubeconfigOf, pkiFile } from './pki.ts';
import { dnsAddress } from './programs.ts';
import type { ClusterFacts } from './programs.ts';

/** The image of the process that holds a pod's namespaces; it is made here, since no registry need be reachable. */
export const pauseImage = 'localhost/pause:flyball';

function containerd(layout: Layout, cniPrograms: string): string {
  // restrict_oom_score_adj: runc dies where it may not lower that score (no CAP_SYS_RESOURCE).
  return `version = 3
root = '${layout.file('containerd')}'
state = '/run/containerd'

[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = '${pauseImage}'

[plugins.'io.containerd.cri.v1.runtime']
  restrict_oom_score_adj = true

[plugins.'io.containerd.cri.v1.runtime'.cni]
  bin_dirs = ['${cniPrograms}']
  conf_dir = '${layout.file('config', 'cni')}'

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
  runtime_type = 'io.containerd.runc.v2'

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
  SystemdCgroup = false
`;
}

const cni = {
  cniVersion: '1.0.0',
  name: 'pods',
  plugins: [
    {
      type: 'bridge',
      bridge: 'cni0',
      isGateway: true,
      ipMasq: true,
      // A pod may reach itself through its own Service.
      hairpinMode: true,
      ipam: { type: 'host-local', ranges: [[{ subnet: nodePodRange }]], routes: [{ dst: '0.0.0.0/0' }] },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
};

function kubelet(layout: Layout): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: pkiFile(layout, 'ca.crt') },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: pkiFile(layout, 'kubelet-serving.crt'),
    tlsPrivateKeyFile: pkiFile(layout, 'kubelet-serving.key'),
    containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${layout.cgroup}`,
    failCgroupV1: false,
    failSwapOn: false,
    enforceNodeAllocatable: [],
    clusterDNS: [dnsAddress],
    clusterDomain: 'cluster.local',
    resolvConf: layout.file('config', 'resolv.conf'),
    podLogsDir: layout.file('logs', 'pods'),
    volumePluginDir: layout.file('kubelet', 'volumeplugins'),
    // Images were loaded by hand: an image that is deleted to save room could not be pulled again.
    imageGCHighThresholdPercent: 100,
    evictionHard: {
      'memory.available': '100Mi',
      'nodefs.available': '1%',
      'nodefs.inodesFree': '1%',
      'imagefs.available': '1%',
    },
  };
}

function kubeProxy(layout: Layout): object {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    clientConnection: { kubeconfig: kubeconfigOf(layout, 'proxy') },
    hostnameOverride: layout.nodeName,
    mode: 'iptables',
    clusterCIDR: podRange,
    // The machine's own limits on tracked connections stay as they are.
    conntrack: { maxPerCore: 0, min: 0 },
  };
}

function corefile({ layout, addresses }: ClusterFacts): string {
  return `.:53 {
  bind ${dnsAddress}
  errors
  ready ${addresses.node}:8181
  kubernetes cluster.local in-addr.arpa {
    kubeconfig ${kubeconfigOf(layout, 'coredns')}
    ttl 5
  }
  cache 5
}
`;
}

/** The contents of each configuration file by its path below the cluster's `config` folder. */
export function configurationFiles(facts: ClusterFacts, cniPrograms: string): Readonly<Record<string, string>> {
  const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;
  return {
    'audit.yaml': json(auditPolicy),
    'containerd.toml': containerd(facts.layout, cniPrograms),
    'cni/10-pods.conflist': json(cni),
    'kubelet.yaml': json(kubelet(facts.layout)),
    'kube-proxy.yaml': json(kubeProxy(facts.layout)),
    Corefile: corefile(facts),
    'resolv.conf': '',
  };
}

/** Writes all configuration files of a cluster. */
export function writeConfiguration(facts: ClusterFacts, cniPrograms: string): void {
  for (const [file, contents] of Object.entries(configurationFiles(facts, cniPrograms))) {
    const path = facts.layout.file('config', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
}

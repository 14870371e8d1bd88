/** What the platform team of these faults has: hardware, classes, a registry, and nodes that are no good. */
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { INode } from 'kubernetes-models/v1';
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import { installFlyball, loadImages } from '../../../hack/loop/install.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { namespaces } from '../../../hack/loop/mark.ts';
import type { Observations } from '../outcomes/observations.ts';
import type { Report } from '../report.ts';
import { namespaceOf } from './faults/index.ts';
import { registry } from './registry.ts';
import { startStore } from './store.ts';

const url = `http://prometheus.${namespaces.monitoring}.svc:9090`;
const querying = ['query-several-series', 'query-source-unknown'].map(namespaceOf);
const values = ['--set-json', `querySources=${JSON.stringify([{ name: 'main', url, namespaces: querying }])}`];
const devices = { 'example.com/scarce': '6', 'example.com/rare': '1', 'example.com/plenty': '8' };
const urgent = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'urgent' }, value: 1000 };

/** Installs the operator and all that the faults need. */
export async function prepare(cluster: Cluster, observations: Observations, report: Report): Promise<void> {
  const kubectl = new Kubectl(cluster);
  await loadImages(cluster, ['workload']);
  const { settings } = await startStore(cluster.machine ?? '127.0.0.1');
  await installFlyball(cluster, [...values, '--set-json', `storage=${JSON.stringify(settings)}`]);
  const { items } = JSON.parse(await kubectl.run(['get', 'nodes', '--output', 'json'])) as { items: INode[] };
  const status = JSON.stringify({ status: { capacity: devices, allocatable: devices } });
  const node = items[0]?.metadata?.name ?? '';
  await kubectl.run(['patch', 'node', node, '--subresource=status', '--type=merge', `--patch=${status}`]);
  await kubectl.run(['apply', '--server-side', '--filename', '-'], stringify(urgent));
  await registry.start('A registry', registry.namespace, cluster, observations, report);
}

const pools = ['cordoned', 'lost', 'tainted'] as const;

/** Nodes of which nobody hears anything from soon after. */
export async function makeNodes(cluster: Cluster): Promise<void> {
  const kubectl = new Kubectl(cluster);
  for (const pool of pools) {
    const taints = pool === 'tainted' ? [{ key: 'example.com/team', value: 'vision', effect: 'NoSchedule' }] : [];
    const metadata = {
      name: `pool-${pool}`,
      labels: { 'example.com/pool': pool, 'kubernetes.io/hostname': `pool-${pool}` },
    };
    const node = { apiVersion: 'v1', kind: 'Node', metadata, spec: { unschedulable: pool === 'cordoned', taints } };
    await kubectl.run(['apply', '--server-side', '--filename', '-'], stringify(node));
  }
  await Promise.all(pools.map((pool) => report(kubectl, pool)));
  void (async () => {
    for (;;) {
      await sleep(10_000);
      await Promise.all(pools.filter((pool) => pool !== 'lost').map((pool) => report(kubectl, pool).catch(() => '')));
    }
  })();
}

export async function removeNodes(cluster: Cluster): Promise<void> {
  await new Kubectl(cluster).run(['delete', 'node', ...pools.map((pool) => `pool-${pool}`)]);
}

/** What a kubelet tells of its node, again and again. */
function report(kubectl: Kubectl, pool: string): Promise<string> {
  const now = new Date().toISOString();
  const condition = {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
  };
  const conditions = [{ ...condition, lastHeartbeatTime: now, lastTransitionTime: now }];
  const amounts = { cpu: '8', memory: '32Gi', pods: '110' };
  const status = JSON.stringify({ status: { conditions, capacity: amounts, allocatable: amounts } });
  return kubectl.run(['patch', 'node', `pool-${pool}`, '--subresource=status', '--type=merge', `--patch=${status}`]);
}

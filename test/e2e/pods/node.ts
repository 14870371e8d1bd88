/** What the platform team of the suite's cluster has made: hardware that not everybody may use, and classes of pods. */
import { stringify } from 'yaml';
import type { INode } from 'kubernetes-models/v1';
import { gpuProduct, gpuResource } from '../../../hack/cluster/gpus.ts';
import type { Kubectl } from '../../../hack/loop/kubectl.ts';

export const taint = { key: gpuResource, value: 'present', effect: 'NoSchedule' } as const;
export const pool = { 'example.com/pool': 'gpu' } as const;
export const priorityClass = 'training';
export const runtimeClass = 'plain';
export const fabric = 'example.com/fabric';

/** As the chart's value `accelerators` has it. */
export const profile = {
  name: 'h100',
  resource: gpuResource,
  product: gpuProduct,
  nodeSelector: pool,
  tolerations: [{ key: gpuResource, operator: 'Exists', effect: 'NoSchedule' }],
  runtimeClassName: runtimeClass,
  sharedMemory: '128Mi',
  extended: { [fabric]: '1' },
  env: [{ name: 'NCCL_DEBUG', value: 'WARN' }],
};

const classes = [
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: priorityClass }, value: 1000 },
  { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: runtimeClass }, handler: 'runc' },
];

/** Taints the node, so that only pods which tolerate it come there. */
export async function prepareNode(kubectl: Kubectl): Promise<void> {
  const { items } = JSON.parse(await kubectl.run(['get', 'nodes', '--output', 'json'])) as { items: INode[] };
  const name = items[0]?.metadata?.name ?? '';
  const amounts = JSON.stringify({ status: { capacity: { [fabric]: '4' }, allocatable: { [fabric]: '4' } } });
  await kubectl.run(['patch', 'node', name, '--subresource=status', '--type=merge', `--patch=${amounts}`]);
  const labels = Object.entries(pool).map(([key, value]) => `${key}=${value}`);
  await kubectl.run(['label', 'node', name, '--overwrite', ...labels]);
  await kubectl.run(['taint', 'node', name, '--overwrite', `${taint.key}=${taint.value}:${taint.effect}`]);
  const manifest = classes.map((object) => stringify(object)).join('---\n');
  await kubectl.run(['apply', '--server-side', '--filename', '-'], manifest);
}

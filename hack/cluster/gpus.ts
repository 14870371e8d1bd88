import { run } from './command.ts';

/** What the node of a cluster without real GPUs advertises. Kubernetes calls it an extended resource. */
export const gpuResource = 'nvidia.com/gpu';
export const gpuProduct = 'NVIDIA-H100-80GB-HBM3';
export const gpuCount = 8;

/**
 * Makes a node advertise 8 GPUs of one product, so that pods that ask for some are scheduled. A kubelet that registers
 * anew forgets them, therefore this comes after the node is ready and is repeated by every `up`.
 */
export async function advertiseGpus(kubectl: string, kubeconfig: string, node: string): Promise<void> {
  const quantity = { [gpuResource]: String(gpuCount) };
  const status = JSON.stringify({ status: { capacity: quantity, allocatable: quantity } });
  const target = [`--kubeconfig=${kubeconfig}`, 'patch', 'node', node, '--type=merge'];
  await run(kubectl, [...target, '--subresource=status', `--patch=${status}`]);
  const labels = { metadata: { labels: { 'nvidia.com/gpu.product': gpuProduct } } };
  await run(kubectl, [...target, `--patch=${JSON.stringify(labels)}`]);
}

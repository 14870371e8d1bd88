import { join, resolve } from 'node:path';
import type { Cluster } from '../cluster/cluster.ts';
import { run } from '../cluster/command.ts';
import { buildImage } from '../images/build.ts';
import { Kubectl } from './kubectl.ts';

const repository = resolve(import.meta.dirname, '../..');
export const operatorNamespace = 'flyball-system';

/** The folder of an example, as an absolute path. */
export const example = (name: string) => join(repository, 'examples', name);

/** Makes the images of the examples and of the operator, and brings them to the cluster's nodes. */
export async function loadImages(cluster: Cluster, names: readonly Parameters<typeof buildImage>[0][]): Promise<void> {
  for (const name of names) await cluster.loadImage((await buildImage(name)).archive);
}

/** Installs Prometheus from the examples and the operator from the chart, and waits until both are ready. */
export async function installFlyball(cluster: Cluster, values: readonly string[] = []): Promise<void> {
  const kubectl = new Kubectl(cluster);
  const image = await buildImage('operator');
  await cluster.loadImage(image.archive);
  await loadImages(cluster, ['prometheus']);
  await kubectl.run(['apply', '--server-side', '--kustomize', example('prometheus')]);
  const [repositoryOfImage = '', tag = ''] = image.reference.split(/:(?=[^:]+$)/);
  await run(cluster.helm, [
    'upgrade',
    '--install',
    'flyball',
    join(repository, 'charts/flyball'),
    '--kubeconfig',
    cluster.kubeconfig,
    '--namespace',
    operatorNamespace,
    '--create-namespace',
    '--wait',
    '--timeout',
    '5m',
    '--set',
    `image.repository=${repositoryOfImage},image.tag=${tag},prometheus.url=http://prometheus.monitoring.svc:9090`,
    ...values,
  ]);
  await kubectl.run(['rollout', 'status', 'deployment/prometheus', '--namespace', 'monitoring', '--timeout', '5m']);
}

/** Removes the applied folders and the release; the custom resource definitions stay, as the chart's default is. */
export async function uninstallFlyball(cluster: Cluster, folders: readonly string[]): Promise<void> {
  const kubectl = new Kubectl(cluster);
  for (const folder of folders) await kubectl.run(['delete', '--ignore-not-found', '--kustomize', folder]);
  const release = ['uninstall', 'flyball', '--namespace', operatorNamespace, '--ignore-not-found', '--wait'];
  await run(cluster.helm, [...release, '--kubeconfig', cluster.kubeconfig]);
  await kubectl.run(['delete', 'namespace', operatorNamespace, '--ignore-not-found']);
}

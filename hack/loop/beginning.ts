/** Brings the demo onto a cluster that is up; begun anew after it was cut off, it goes on. */
import type { Cluster } from '../cluster/cluster.ts';
import { applyExample, type Form, installFlyball, loadImages } from './install.ts';
import { Kubectl } from './kubectl.ts';
import { appliedAnnotation, markSelector, namespaces } from './mark.ts';

type Stage = <T>(title: string, work: () => Promise<T>) => Promise<T>;

export async function install(cluster: Cluster, form: Form, stage: Stage): Promise<void> {
  const kubectl = new Kubectl(cluster);
  await stage('Images are on the node', () => loadImages(cluster, ['workload']));
  await stage('Flyball and Prometheus are installed', () => installFlyball(cluster));
  await stage('The example is applied', () => applyExample(kubectl, form));
}

/** Which form of the example the demo applied here; undefined where it did not come to that. */
export async function applied(cluster: Cluster): Promise<Form | undefined> {
  const marked = await new Kubectl(cluster).metadata(['namespaces', '--selector', markSelector]);
  const place = marked.find(({ metadata }) => metadata.name === namespaces.loop);
  const form = place?.metadata.annotations?.[appliedAnnotation];
  return form === 'quickstart' || form === 'fast' ? form : undefined;
}

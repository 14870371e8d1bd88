import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { Cluster } from '../cluster/cluster.ts';
import { run } from '../cluster/command.ts';
import { during } from '../cluster/progress.ts';
import { buildImage, type Image } from '../images/build.ts';
import { Kubectl } from './kubectl.ts';
import { appliedAnnotation, fieldManager, mark, namespaces, release } from './mark.ts';

const repository = resolve(import.meta.dirname, '../..');
const chart = join(repository, 'charts/flyball');
const prometheusURL = `http://prometheus.${namespaces.monitoring}.svc:9090`;

/** The quickstart as it is, or with shorter holds and windows. */
export type Form = 'quickstart' | 'fast';

/** The folder of an example, as an absolute path. */
export const example = (name: string) => join(repository, 'examples', name);

/** The folder of an example as the demo applies it: in a namespace of its own, and marked. */
export const manifests = (name: Form | 'prometheus') => join(import.meta.dirname, 'manifests', name);

/** Makes images, and brings them to the cluster's nodes. */
export async function loadImages(cluster: Cluster, names: readonly Parameters<typeof buildImage>[0][]): Promise<void> {
  for (const name of names) {
    const { archive } = await buildImage(name);
    await during(`bringing the image ${name} to the nodes`, () => cluster.loadImage(archive));
  }
}

/** Installs Prometheus from the examples and the operator from the chart, and waits until both are ready. */
export async function installFlyball(cluster: Cluster, values: readonly string[] = []): Promise<void> {
  const kubectl = new Kubectl(cluster);
  const operator = partsOf(await buildImage('operator'));
  const storage = partsOf(await buildImage('storage'));
  await loadImages(cluster, ['operator', 'storage', 'prometheus']);
  await applyObject(kubectl, namespaceOf(namespaces.operator));
  await apply(kubectl, manifests('prometheus'));
  await removePending(cluster);
  const options = ['--kubeconfig', cluster.kubeconfig, '--namespace', namespaces.operator, '--wait', '--timeout', '5m'];
  options.push('--labels', `${mark.key}=${mark.value}`);
  const images = [
    `image.repository=${operator.name},image.tag=${operator.tag}`,
    `storage.image.repository=${storage.name},storage.image.tag=${storage.tag}`,
  ];
  options.push('--set', `${images.join(',')},prometheus.url=${prometheusURL}`);
  await during(`installing the release ${release}, which waits for its pods`, () =>
    run(cluster.helm, ['upgrade', '--install', release, chart, ...options, ...values]),
  );
  const rollout = ['rollout', 'status', 'deployment/prometheus', '--timeout', '5m'];
  await during('waiting for Prometheus to be ready', () =>
    kubectl.run([...rollout, '--namespace', namespaces.monitoring]),
  );
}

function partsOf({ reference }: Image): { readonly name: string; readonly tag: string } {
  const [name = '', tag = ''] = reference.split(/:(?=[^:]+$)/);
  return { name, tag };
}

/** Applies a form of the example, and then says on its namespace that all of it is there. */
export async function applyExample(kubectl: Kubectl, form: Form): Promise<void> {
  await apply(kubectl, manifests(form));
  const applied = ['annotate', 'namespace', namespaces.loop, `${appliedAnnotation}=${form}`, '--overwrite'];
  await kubectl.run([...applied, `--field-manager=${fieldManager}`]);
}

/** What the demo applies, as manifests: the operator's objects, in `operator`, are made by Helm instead. */
export async function rendered(cluster: Cluster, form: Form): Promise<{ applied: string; operator: string }> {
  const kubectl = new Kubectl(cluster);
  const folders = [manifests(form), manifests('prometheus')];
  const parts = await Promise.all(folders.map((folder) => kubectl.run(['kustomize', folder])));
  const template = ['template', release, chart, '--skip-tests', '--namespace', namespaces.operator];
  const operator = await run(cluster.helm, template);
  return { applied: [...parts, stringify(namespaceOf(namespaces.operator))].join('\n---\n'), operator };
}

function apply(kubectl: Kubectl, folder: string): Promise<string> {
  return kubectl.run(['apply', '--server-side', `--field-manager=${fieldManager}`, '--kustomize', folder]);
}

async function applyObject(kubectl: Kubectl, object: object): Promise<void> {
  const args = ['apply', '--server-side', `--field-manager=${fieldManager}`, '--filename=-'];
  await kubectl.run(args, stringify(object));
}

function namespaceOf(name: string): object {
  const labels = { [mark.key]: mark.value, 'pod-security.kubernetes.io/enforce': 'restricted' };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A release whose installation was cut off keeps Helm from installing it again. */
async function removePending(cluster: Cluster): Promise<void> {
  const place = ['--kubeconfig', cluster.kubeconfig, '--namespace', namespaces.operator];
  const pending = await run(cluster.helm, ['list', '--pending', '--short', ...place]);
  if (pending.split('\n').includes(release)) await run(cluster.helm, ['uninstall', release, '--wait', ...place]);
}

/** Others who use the cluster, with names that a demo might take for its own; and a look at all that they have. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import { run, waitFor } from '../../../hack/cluster/command.ts';
import { buildImage } from '../../../hack/images/build.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';

/** Namespaces in which others have something. */
export const theirNamespaces = ['monitoring', 'quickstart', 'flyball-system', 'team'];

const labels = { 'app.kubernetes.io/name': 'prometheus' };

/** A Prometheus that would not pass the restricted Pod Security Standard. */
function prometheus(image: string): readonly object[] {
  const container = {
    name: 'main',
    image,
    imagePullPolicy: 'IfNotPresent',
    args: ['--config.file=/etc/prometheus/prometheus.yml', '--storage.tsdb.path=/tmp/samples'],
    readinessProbe: { httpGet: { path: '/-/ready', port: 9090 }, periodSeconds: 1 },
    volumeMounts: [{ name: 'configuration', mountPath: '/etc/prometheus' }],
  };
  const volumes = [{ name: 'configuration', configMap: { name: 'prometheus' } }];
  const rules = [{ apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'] }];
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'prometheus', namespace: 'monitoring' },
      data: { 'prometheus.yml': 'global: {scrape_interval: 1m}' },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'prometheus', namespace: 'monitoring' } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'prometheus' }, rules },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'prometheus' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'prometheus' },
      subjects: [{ kind: 'ServiceAccount', name: 'prometheus', namespace: 'monitoring' }],
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'prometheus', namespace: 'monitoring', labels },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container], volumes } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'prometheus', namespace: 'monitoring', labels },
      spec: { selector: labels, ports: [{ name: 'http', port: 9090, targetPort: 9090 }] },
    },
  ];
}

/** Makes their namespaces, their Prometheus, and a Helm release that is called flyball and is none. */
export async function othersCome(cluster: Cluster): Promise<void> {
  const kubectl = new Kubectl(cluster);
  const places = theirNamespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  const notes = theirNamespaces.map((namespace) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'notes', namespace, labels: { 'app.kubernetes.io/part-of': 'quickstart' } },
    data: { text: 'ours' },
  }));
  const { reference } = await buildImage('prometheus');
  await apply(kubectl, ...places, ...notes, ...prometheus(reference));
  const rollout = ['rollout', 'status', 'deployment/prometheus', '--namespace', 'monitoring', '--timeout=2m'];
  await kubectl.run(rollout);
  await installAnother(cluster);
  await atRest(kubectl);
}

/** Waits until nothing moves: the kubelet and controllers write a little longer than a rollout lasts. */
export async function atRest(kubectl: Kubectl): Promise<void> {
  let before = await everything(kubectl);
  await waitFor('others to come to rest', 60, async () => {
    await sleep(3000);
    const now = await everything(kubectl);
    const isSame = differences(before, now).length === 0;
    before = now;
    return isSame;
  });
}

export async function apply(kubectl: Kubectl, ...objects: readonly object[]): Promise<void> {
  const args = ['apply', '--server-side', '--field-manager=somebody', '--filename=-'];
  await kubectl.run(args, objects.map((object) => stringify(object)).join('---\n'));
}

async function installAnother(cluster: Cluster): Promise<void> {
  const chart = mkdtempSync(join(tmpdir(), 'flyball-chart-'));
  try {
    mkdirSync(join(chart, 'templates'));
    writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: governor\nversion: 1.0.0\n');
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'governor' }, data: { speed: '60' } };
    writeFileSync(join(chart, 'templates', 'configmap.yaml'), stringify(object));
    const place = ['--namespace', 'flyball-system', '--kubeconfig', cluster.kubeconfig];
    await run(cluster.helm, ['install', 'flyball', chart, ...place]);
  } finally {
    rmSync(chart, { recursive: true });
  }
}

/** Objects by `resource namespace/name`, as text. */
export type Everything = ReadonlyMap<string, string>;

interface Found {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; [field: string]: unknown };
  readonly status?: unknown;
}

/** What moves without anybody's doing, and volumes, which belong to the cluster and remember whoever had them. */
const moving = /^(events|leases|nodes|csinodes|persistentvolumes|endpoints)(\.|$)|metrics\.k8s\.io$/;

/**
 * Everything on the cluster. In the namespaces of others each object is whole, with its resourceVersion, so that not even a write that
 * changes nothing passes; of the rest, whose owners write too (aggregated roles), it is what is asked for that counts.
 */
export async function everything(kubectl: Kubectl): Promise<Everything> {
  const all = (await kubectl.run(['api-resources', '--verbs=list', '--output=name'])).split('\n');
  const resources = all.filter((name) => name !== '' && !moving.test(name));
  const text = await kubectl.run(['get', resources.join(','), '--all-namespaces', '--output=json']);
  const { items } = JSON.parse(text) as { items: readonly Found[] };
  return new Map(items.map((item) => [nameOf(item), JSON.stringify(isTheirs(item) ? item : lasting(item))]));
}

function nameOf({ apiVersion, kind, metadata }: Found): string {
  return `${apiVersion} ${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}

function isTheirs({ kind, metadata }: Found): boolean {
  const place = kind === 'Namespace' ? metadata.name : metadata.namespace;
  return theirNamespaces.includes(place ?? '');
}

function lasting({ status: _status, metadata, ...rest }: Found): object {
  const { resourceVersion: _version, managedFields: _fields, generation: _generation, ...kept } = metadata;
  return { ...rest, metadata: kept };
}

/** One line for each object that is new, gone or other than it was. */
export function differences(before: Everything, after: Everything): readonly string[] {
  return [
    ...[...after.keys()].filter((name) => !before.has(name)).map((name) => `new: ${name}`),
    ...[...before].flatMap(([name, text]) => {
      if (after.get(name) === text) return [];
      return [after.has(name) ? `changed: ${name}\n  ${text}\n  ${after.get(name)}` : `gone: ${name}`];
    }),
  ];
}

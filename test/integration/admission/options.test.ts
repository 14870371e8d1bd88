/** What of a pod's options goes only to those who may create the workload that is made of them. No operator runs. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GuardedCluster, type Rule } from './cluster.ts';
import { authored, editor } from './people.ts';

let cluster: GuardedCluster;
const namespaceWith = async (...rules: readonly Rule[]) => cluster.namespaceWith(editor, ...rules);

beforeAll(async () => {
  cluster = await GuardedCluster.start([], ['pods.labels={team,cost-center}', 'pods.annotations={example.com/owner}']);
}, 900_000);

afterAll(async () => cluster?.stop());

const volume = (source: object) => ({ volumes: [{ name: 'data', mountPath: '/data', ...source }] });
const keepingAway = (matchLabels: object) => ({
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchLabels }, topologyKey: 'kubernetes.io/hostname' },
      ],
    },
  },
});
const byProfile = 'Leave it out, name a hardware profile that has it (accelerator.profile), or ask an administrator';
const orAsk = 'Leave it out, or ask an administrator';

/** What is refused to whoever may only write runs and models, and what he is told. */
const narrow: readonly (readonly [what: string, pod: object, told: string, remedy: string])[] = [
  ['priorityClassName', { priorityClassName: 'high' }, 'priorityClassName: "high"', orAsk],
  ['schedulerName', { schedulerName: 'volcano' }, 'schedulerName: "volcano"', orAsk],
  ['runtimeClassName', { runtimeClassName: 'nvidia' }, 'runtimeClassName: "nvidia"', byProfile],
  [
    'tolerations',
    { tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }] },
    'tolerations: a node with the taint "nvidia.com/gpu"',
    byProfile,
  ],
  ['a toleration of everything', { tolerations: [{ operator: 'Exists' }] }, 'a node with the taint "*"', byProfile],
  [
    'a driver',
    volume({ csi: { driver: 'vault.example.com' } }),
    'volumes[data].csi: the driver "vault.example.com"',
    orAsk,
  ],
  [
    'a label that the chart does not list',
    { labels: { team: 'a', app: 'shop' } },
    'labels has "app", and what this installation does not list',
    'It lists team, cost-center. Leave it out, have an administrator of the cluster add it to pods.labels of the chart, or ask',
  ],
  [
    'an annotation that the chart does not list',
    { annotations: { 'example.com/owner': 'a', 'k8s.v1.cni.cncf.io/networks': 'storage' } },
    'annotations has "k8s.v1.cni.cncf.io/networks", and what this installation does not list',
    'It lists example.com/owner. Leave it out, have an administrator of the cluster add it to pods.annotations of the chart',
  ],
  [
    'an affinity that keeps the pods of others away',
    keepingAway({ app: 'shop' }),
    'affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution: keeping pods of others away',
    'prefer it by preferredDuringSchedulingIgnoredDuringExecution, or ask an administrator',
  ],
];

/** What reaches no further than a container of the author's own could. */
const free = (ownLabel: string): readonly (readonly [what: string, pod: object])[] => [
  ['users', { runAsUser: 2000, runAsGroup: 2000, fsGroup: 2000 }],
  ['the ServiceAccount default without its token', { serviceAccountName: 'default' }],
  ['nodes without a taint', { nodeSelector: { pool: 'gpu' } }],
  ['its own pods apart', keepingAway({ [ownLabel]: 'fraud' })],
  ['listed labels and annotations', { labels: { team: 'a' }, annotations: { 'example.com/owner': 'a' } }],
  ['shared memory and grace', { sharedMemory: '1Gi', terminationGracePeriod: '2m' }],
  ['an empty directory', volume({ emptyDir: {} })],
  ['a claim', volume({ claimName: 'data' })],
  ['a claim of its own', volume({ ephemeral: { size: '1Gi' } })],
  ['an image', volume({ image: { reference: 'example.com/data:1' } })],
  ['containers', { initContainers: [{ name: 'a', image: 'a' }], sidecars: [{ name: 'b', image: 'b' }] }],
];

describe.each(authored)('Options of a pod below $main', (kind) => {
  const { object, main, right, ownLabel, workloads, changed } = kind;
  const ask = (namespace: string) => `\`kubectl auth can-i create ${right} --namespace ${namespace}\``;
  const elsewhere = (namespace: string) => ` goes only to those who may create ${right} in namespace "${namespace}"`;

  it.each(narrow)('are refused with field, value and the next move: %s', async (_what, pod, told, remedy) => {
    const namespace = await namespaceWith();

    const { status, body } = await cluster.create(namespace, object([], { pod }), 'author');
    const { message } = body as { readonly message: string };
    expect({ status, message }).toMatchObject({ status: 403 });
    expect(message).toContain(`${main}.pod.${told}`.replace(`${main}.pod.a node`, 'a node'));
    expect(message).toContain(elsewhere(namespace));
    expect(message).toContain(`, and user "author" may not. `);
    expect(message).toContain(remedy);
    expect(message).toContain(ask(namespace));
  });

  it.each(narrow)('go to whoever may create the workload: %s', async (_what, pod) => {
    const namespace = await namespaceWith(workloads);
    expect(await cluster.create(namespace, object([], { pod }), 'author')).toMatchObject({ status: 201 });
  });

  it.each(free(ownLabel))('are free: %s', async (_what, pod) => {
    const namespace = await namespaceWith();
    expect(await cluster.create(namespace, object([], { pod }), 'author')).toMatchObject({ status: 201 });
  });

  it('may name a hardware profile, which is the chart’s own', async () => {
    const namespace = await namespaceWith();
    const accelerator = { profile: 'h100', count: 8 };
    expect(await cluster.create(namespace, object([], { accelerator }), 'author')).toMatchObject({ status: 201 });
  });

  it('are not given to whoever merely changes the command that has them', async () => {
    const namespace = await namespaceWith();
    await cluster.made(namespace, object([], { pod: { priorityClassName: 'high' } }), 'admin');

    expect(await cluster.patch(namespace, object(), changed, 'author')).toMatchObject({ status: 403 });
    const labels = { metadata: { labels: { team: 'a' } } };
    expect(await cluster.patch(namespace, object(), labels, 'author')).toMatchObject({ status: 200 });
  });

  it.each([
    ['envFrom[].configMapRef', { envFrom: [{ configMapRef: { name: 'db' } }] }],
    ['pod.volumes[data].configMap', { pod: volume({ configMap: { name: 'db' } }) }],
  ])('name ConfigMaps only for those who may read them: %s', async (field, options) => {
    const read: Rule = { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] };
    const [none, reader, maker] = await Promise.all([namespaceWith(), namespaceWith(read), namespaceWith(workloads)]);

    const want =
      `${main}.${field}: ConfigMap "db" goes only to those who may read all ConfigMaps or create ${right} in namespace ` +
      `"${none}", and user "author" may do neither. Ask an administrator of the namespace for one of these rights; to see ` +
      `whether you have it: \`kubectl auth can-i get configmaps --namespace ${none}\``;
    expect(await cluster.create(none, object([], options), 'author')).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining(want) },
    });
    expect(await cluster.create(reader, object([], options), 'author')).toMatchObject({ status: 201 });
    expect(await cluster.create(maker, object([], options), 'author')).toMatchObject({ status: 201 });
  });

  it.each([
    ['without its token', { serviceAccountName: 'trainer' }, 'trainer'],
    ['with its token', { serviceAccountName: 'trainer', automountServiceAccountToken: true }, 'trainer'],
    ['that is default', { serviceAccountName: 'default', automountServiceAccountToken: true }, 'default'],
  ])('name a ServiceAccount only for those who may act as it: %s', async (_what, pod, account) => {
    const act: Rule = {
      apiGroups: [''],
      resources: ['serviceaccounts'],
      resourceNames: [account],
      verbs: ['impersonate'],
    };
    const [none, actor, maker] = await Promise.all([namespaceWith(), namespaceWith(act), namespaceWith(workloads)]);

    const want =
      `${main}.pod.serviceAccountName: ServiceAccount "${account}" goes only to those who may impersonate it or create ` +
      `${right} in namespace "${none}", and user "author" may do neither. Leave it out, or ask an administrator of the ` +
      'namespace for one of these rights; to see whether you have it: ' +
      `\`kubectl auth can-i impersonate serviceaccounts/${account} --namespace ${none}\``;
    expect(await cluster.create(none, object([], { pod }), 'author')).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining(want) },
    });
    expect(await cluster.create(actor, object([], { pod }), 'author')).toMatchObject({ status: 201 });
    expect(await cluster.create(maker, object([], { pod }), 'author')).toMatchObject({ status: 201 });
  });
});

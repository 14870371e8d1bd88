/** The cluster's own controllers, and what others inject into pods, go on under the policies. No operator runs here. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../program.ts';
import { GuardedCluster, type Sent } from './cluster.ts';
import {
  deployment,
  everything,
  job,
  type Labels,
  ownedBy,
  pod,
  servingLabels,
  statefulSet,
  trainingLabels,
} from './objects.ts';
import { modelDeployment, trainingRun } from './people.ts';

type Owner = Sent & { readonly metadata: { readonly uid: string } };

interface Found extends Sent {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly labels: Labels;
    readonly ownerReferences?: readonly { readonly kind: string }[];
  };
  readonly status?: { readonly succeeded?: number };
}

const pods = { apiVersion: 'v1', kind: 'Pod' };
const jobs = { apiVersion: 'batch/v1', kind: 'Job' };
const replicaSets = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };

let cluster: GuardedCluster;

/** Waits until the objects of a kind in a namespace are as wanted, and returns them. */
async function until(
  kind: Pick<Sent, 'apiVersion' | 'kind'>,
  namespace: string,
  isWanted: (found: readonly Found[]) => boolean,
) {
  let found: readonly Found[] = [];
  const probe = async () => isWanted((found = await cluster.list<Found>(kind, namespace)));
  if (await eventually(probe, { limitMs: 20_000, everyMs: 50 })) return found;
  const events = await cluster.list<{ readonly message: string }>({ apiVersion: 'v1', kind: 'Event' }, namespace);
  const told = JSON.stringify({ found, events: events.map(({ message }) => message) }, undefined, 2);
  throw new Error(`the objects of kind ${kind.kind} do not become as wanted: ${told}`);
}

beforeAll(async () => {
  const controllers = ['job', 'deployment', 'replicaset', 'statefulset', 'garbage-collector'];
  cluster = await GuardedCluster.start(controllers.map((name) => `${name}-controller`));
  for (const object of mesh) await cluster.apply(object);
  const isInjected = async () => {
    const { body } = await cluster.create('default', pod({}), 'admin', '?dryRun=All');
    return JSON.stringify(body).includes('proxy');
  };
  if (!(await eventually(isInjected, { limitMs: 30_000 }))) throw new Error('the mesh does not take effect');
}, 900_000);

afterAll(async () => cluster?.stop());

describe('a Job of Flyball', () => {
  it('gets its pod, with the sidecar and the labels of a mesh, and ends with it', async () => {
    const namespace = await cluster.namespaceWith(everything);
    const run = await cluster.made(namespace, trainingRun(), 'author');
    const made = ownedBy(run.apiVersion, run.kind, job(trainingLabels), run.metadata.uid);
    await cluster.made(namespace, made, 'operator');
    await cluster.patch(namespace, made, { spec: { suspend: false } }, 'author');
    const [itsPod] = await until(pods, namespace, (found) => found.length === 1);

    expect(itsPod).toMatchObject({
      metadata: { labels: { ...trainingLabels, 'mesh.example.com/revision': 'a' } },
      spec: { initContainers: [{ name: 'proxy' }] },
    });
    const ended = { status: { phase: 'Succeeded' } };
    expect(await cluster.patch(namespace, itsPod as Found, ended, 'admin', '/status')).toMatchObject({ status: 200 });
    await until(jobs, namespace, ([one]) => one?.status?.succeeded === 1);
  }, 60_000);
});

describe('a Deployment of Flyball', () => {
  const made = deployment(servingLabels);
  const make = async (namespace: string, { apiVersion, kind, metadata }: Owner) =>
    cluster.made(namespace, ownedBy(apiVersion, kind, made, metadata.uid), 'operator');
  const restart = (restartedAt: string) => ({
    spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': restartedAt } } } },
  });

  it('gets its ReplicaSet and its pods, is scaled and restarted by people, and is collected with all of it', async () => {
    const namespace = await cluster.namespaceWith(everything);
    const owner = await cluster.made(namespace, modelDeployment(), 'author');
    await make(namespace, owner);
    await until(pods, namespace, (found) => found.length === 1);

    await cluster.patch(namespace, made, { spec: { replicas: 2 } }, 'author', '/scale');
    await until(pods, namespace, (found) => found.length === 2);
    await cluster.patch(namespace, made, restart('2026-11-30T00:00:00Z'), 'author');
    const two = await until(replicaSets, namespace, (found) => found.length === 2);
    expect(two).toMatchObject([{ metadata: { labels: servingLabels } }, { metadata: { labels: servingLabels } }]);
    const path = await cluster.path(namespace, made);
    await cluster.environment.request('DELETE', `${path}?propagationPolicy=Background`, { user: 'author' });
    await until(replicaSets, namespace, (found) => found.length === 0);
    await until(pods, namespace, (found) => found.length === 0);
  }, 60_000);

  it('leaves its ReplicaSet behind, where a person wants that, and takes it over when it is made again', async () => {
    const namespace = await cluster.namespaceWith(everything);
    const owner = await cluster.made(namespace, modelDeployment(), 'author');
    await make(namespace, owner);
    await until(pods, namespace, (found) => found.length === 1);

    const path = await cluster.path(namespace, made);
    await cluster.environment.request('DELETE', `${path}?propagationPolicy=Orphan`, { user: 'author' });
    const isOwned = ([one]: readonly Found[]) => one?.metadata.ownerReferences !== undefined;
    await until(replicaSets, namespace, (found) => found.length === 1 && !isOwned(found));
    await until(made, namespace, (found) => found.length === 0);
    await make(namespace, owner);
    await until(replicaSets, namespace, (found) => found.length === 1 && isOwned(found));
  }, 60_000);
});

describe('the labels of Flyball in what people make', () => {
  it('have no pod made by a StatefulSet, whose events say why', async () => {
    const namespace = await cluster.namespaceWith(everything);
    await cluster.made(namespace, statefulSet({}, 'forged', servingLabels), 'author');

    const events = { apiVersion: 'v1', kind: 'Event' };
    const told = (await until(events, namespace, (found) => found.length > 0)) as readonly object[];
    const want = 'user \\"system:serviceaccount:kube-system:statefulset-controller\\" is not its operator';
    expect(JSON.stringify(told)).toContain(want);
    expect(await cluster.list(pods, namespace)).toEqual([]);
  }, 60_000);
});

/** As the webhook of a service mesh does it: a sidecar that is started first, and labels by which the mesh selects. */
const mesh = [
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingAdmissionPolicy',
    metadata: { name: 'mesh' },
    spec: {
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }],
      },
      mutations: [
        {
          patchType: 'ApplyConfiguration',
          applyConfiguration: {
            expression: `Object{
              metadata: Object.metadata{labels: {'mesh.example.com/revision': 'a'}},
              spec: Object.spec{initContainers: [Object.spec.initContainers{
                name: 'proxy', image: 'example.com/proxy:1', restartPolicy: 'Always'
              }]}
            }`,
          },
        },
      ],
    },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingAdmissionPolicyBinding',
    metadata: { name: 'mesh' },
    spec: { policyName: 'mesh' },
  },
];

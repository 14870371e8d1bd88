/** Whatever people write of their pods, these are restricted, and ours are found by what we wrote. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Job } from 'kubernetes-models/batch/v1';
import type { IPod, IPodTemplateSpec } from 'kubernetes-models/v1';
import { surroundings } from '../../src/domain/podoptions.ts';
import { recipeOf } from '../../src/domain/recipe.ts';
import { buildDeployment } from '../../src/kinds/modeldeployment/revision/deployment.ts';
import { defined } from '../../src/api/defined.ts';
import type { TrainingRunSpec } from '../../src/api/types.ts';
import type { PodOptions } from '../../src/api/generated/shared.ts';
import type { DeclaredContainer } from '../../src/workload/container.ts';
import { isAsMade } from '../../src/kinds/trainingrun/attempt/asmade.ts';
import { digestInTemplate, type Snapshot, snapshotDigestOf } from '../../src/kinds/trainingrun/start/snapshot.ts';
import { usualStorage } from '../../src/storage/installation.ts';
import { programIn, runsAsDeclared } from '../../src/workload/origin.ts';
import { mainContainers, podOptions, trainingArtifacts } from '../builders/arbitrarypod.ts';
import { newJob } from '../builders/job.ts';
import { artifact, modelDeployment, server } from '../builders/modeldeployment.ts';
import { trainingRun } from '../builders/trainingrun.ts';

const hardware = { name: 'h100', resource: 'nvidia.com/gpu', runtimeClassName: 'nvidia', sharedMemory: '8Gi' };

/** Volumes that the restricted Pod Security Standard allows. */
const allowed = [
  'name',
  'configMap',
  'secret',
  'emptyDir',
  'persistentVolumeClaim',
  'ephemeral',
  'image',
  'csi',
  'downwardAPI',
  'projected',
];

function training(main: DeclaredContainer, pod: PodOptions, artifacts: Partial<TrainingRunSpec>) {
  const run = trainingRun({ spec: { ...(main as Partial<TrainingRunSpec>), ...artifacts, pod } });
  const { storage } = run.spec;
  const more = { recipe: recipeOf(run.spec), pod: surroundings(pod), hardware, storage };
  return newJob(run, defined<Partial<Snapshot>>({ ...more, installation: usualStorage }));
}

function serving(main: DeclaredContainer, pod: PodOptions, observed: boolean) {
  const parent = modelDeployment({
    spec: { server: { ...server, ...(main as Partial<typeof server>), pod }, ...(observed && { observe: {} }) },
  });
  const template = { parent, revision: '0a1b2c3d', model: artifact(1), profile: {}, observerImage: 'x:1', replicas: 1 };
  const built = buildDeployment({ ...template, hardware });
  if (built?.spec === undefined) throw new Error('nothing is built');
  return { ...built, spec: built.spec };
}

function requireRestricted({ spec }: IPodTemplateSpec): void {
  const all = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  for (const { securityContext } of all) {
    expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
    for (const field of ['privileged', 'procMount', 'seccompProfile', 'seLinuxOptions', 'appArmorProfile']) {
      expect(securityContext).not.toHaveProperty(field);
    }
    expect(securityContext?.runAsUser).not.toBe(0);
  }
  expect(spec?.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC', 'hostAliases', 'nodeName', 'shareProcessNamespace']) {
    expect(spec).not.toHaveProperty(field);
  }
  expect(all.flatMap(({ ports = [] }) => ports).filter(({ hostPort }) => hostPort !== undefined)).toEqual([]);
  for (const volume of spec?.volumes ?? []) expect(allowed).toEqual(expect.arrayContaining(Object.keys(volume)));
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  const volumes = new Set(spec?.volumes?.map(({ name }) => name));
  expect(volumes.size).toBe(spec?.volumes?.length ?? 0);
  for (const { volumeMounts = [] } of all) {
    expect(volumeMounts.filter(({ name }) => !volumes.has(name))).toEqual([]);
  }
}

describe('Pods of any options', () => {
  it('of a training pass the restricted Pod Security Standard, and are what the API takes', () => {
    fc.assert(
      fc.property(mainContainers, podOptions, trainingArtifacts, (main, pod, artifacts) => {
        const job = training(main, pod, artifacts);
        new Job(job).validate();
        const template = job.spec?.template ?? {};
        requireRestricted(template);
        // What it is told by, and what its pods are held against.
        expect(digestInTemplate(job)).toBe(snapshotDigestOf(job));
        expect(isAsMade(job, job)).toBe(true);
        const pods: IPod = { apiVersion: 'v1', kind: 'Pod', ...defined(template) };
        expect(runsAsDeclared(pods, programIn(template), { images: true })).toBe(true);
        expect(job.spec?.template.metadata?.labels).toMatchObject({ 'flyball.dev/training-run': 'fraud' });
      }),
      { numRuns: 300 },
    );
  });

  it('of a server do so too, with and without the observer', () => {
    fc.assert(
      fc.property(mainContainers, podOptions, fc.boolean(), (main, pod, observed) => {
        const deployment = serving(main, pod, observed);
        new Deployment(deployment).validate();
        const { template } = deployment.spec;
        requireRestricted(template);
        expect(template.metadata?.labels).toMatchObject({ 'flyball.dev/revision': '0a1b2c3d' });
        expect(template.spec?.initContainers?.[0]?.name === 'observer').toBe(observed);
      }),
      { numRuns: 300 },
    );
  });
});

/** Who may patch Jobs changes by other ways, and what else the operator knows them by. */
import type { IService } from 'kubernetes-models/v1';
import { jobs, modelVersions, services, trainingRuns } from '../../../src/api/kinds.ts';
import { suspendedAnnotation } from '../../../src/api/labels.ts';
import { type Attack, type Topic, onlyByPolicy } from '../contract.ts';
import { changed, editsSnapshot, stealing, withSnapshot } from '../forge.ts';
import { may } from '../rights.ts';
import { endsWell, failsOnce, gangInTraining, inTraining, jobOf, registered, runOf, versionOf } from '../victims.ts';
import { mountsSecret, runsAgain, twoLive } from './evidence.ts';

const patchJobs = [may('patch', jobs)];
/** Something of the version that stands nowhere in the run. */
const gang = { rights: patchJobs, prepare: gangInTraining, aftermath: failsOnce } as const;
const trains = { rights: patchJobs, prepare: inTraining(), aftermath: endsWell } as const;

const attacks: readonly Attack[] = [
  {
    name: 'edits the snapshot through the subresource status',
    rights: [may('patch', jobs, { below: 'status' })],
    prepare: gangInTraining,
    attempt: async (scene) => {
      const text = changed(jobOf(scene), ({ recipe }) => ({ recipe: stealing(recipe) }));
      await scene.attacker.patch(jobs, 'fraud-1-train', withSnapshot(text), { subresource: 'status' });
    },
    aftermath: failsOnce,
    gain: 'the Job that is made again mounts the Secret',
    gained: mountsSecret,
  },
  {
    name: 'edits the snapshot by server-side apply',
    rights: patchJobs,
    prepare: gangInTraining,
    attempt: async (scene) => {
      const text = changed(jobOf(scene), ({ recipe }) => ({ recipe: stealing(recipe) }));
      const body = {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'fraud-1-train', ...withSnapshot(text).metadata },
      };
      await scene.attacker.patch(jobs, 'fraud-1-train', body, { type: 'apply' });
    },
    aftermath: failsOnce,
    gain: 'the Job that is made again mounts the Secret',
    gained: mountsSecret,
  },
  {
    name: 'edits the snapshot by replacing the Job',
    rights: [may('update', jobs)],
    prepare: gangInTraining,
    attempt: async (scene) => {
      const job = jobOf(scene);
      const text = changed(job, ({ recipe }) => ({ recipe: stealing(recipe) }));
      const { resourceVersion: _, ...known } = job?.metadata ?? {};
      const metadata = { ...known, annotations: withSnapshot(text).metadata.annotations };
      await scene.attacker.replace(jobs, 'fraud-1-train', { ...job, metadata });
    },
    aftermath: failsOnce,
    gain: 'the Job that is made again mounts the Secret',
    gained: mountsSecret,
  },
  {
    ...trains,
    name: 'takes the label away by which the operator sees a Job',
    attempt: async (scene) => {
      await scene.attacker.patch(jobs, 'fraud-1-train', {
        metadata: { labels: { 'app.kubernetes.io/managed-by': null } },
      });
    },
    aftermath: runsAgain,
    gain: 'a second Job trains beside it',
    gained: (scene) => twoLive(scene),
  },
  {
    ...trains,
    name: 'makes another run the owner of a Job',
    prepare: async (scene) => {
      await inTraining()(scene);
      await scene.create(trainingRuns, {
        metadata: { name: 'fraud-b' },
        spec: { image: 'example.com/train:1', suspend: true },
      } as object);
    },
    attempt: async (scene) => {
      await scene.until('the other run is there', () => runOf(scene, 'fraud-b') !== undefined);
      const other = runOf(scene, 'fraud-b');
      const ownerReferences = [
        {
          apiVersion: 'flyball.dev/v1alpha1',
          kind: 'TrainingRun',
          name: 'fraud-b',
          uid: other?.metadata?.uid,
          controller: true,
        },
      ];
      await scene.attacker.patch(jobs, 'fraud-1-train', { metadata: { ownerReferences } });
    },
    aftermath: runsAgain,
    gain: 'a second Job trains beside it',
    gained: (scene) => twoLive(scene),
  },
  {
    ...trains,
    name: 'gives a Job an owner that there is not',
    attempt: async (scene) => {
      const ownerReferences = [
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', uid: '00000000-0000-4000-8000-000000000000' },
      ];
      await scene.attacker.patch(jobs, 'fraud-1-train', { metadata: { ownerReferences } });
    },
    gain: 'the garbage collector deletes it for somebody who may not delete',
    ...onlyByPolicy,
    gained: (scene) => (jobOf(scene) === undefined ? 'the Job is deleted' : undefined),
    patience: 4_000,
  },
  {
    name: 'says of a Job that a queue suspended that the operator did it',
    rights: patchJobs,
    prepare: async (scene) => {
      await inTraining()(scene);
      await scene.patch(jobs, 'fraud-1-train', { spec: { suspend: true } });
      await scene.until(
        'it is suspended',
        () => jobOf(scene)?.status?.conditions?.some(({ type }) => type === 'Suspended') === true,
      );
    },
    attempt: async (scene) => {
      await scene.attacker.patch(jobs, 'fraud-1-train', {
        metadata: { annotations: { [suspendedAnnotation]: 'true' } },
      });
    },
    gain: 'it trains without its turn',
    worlds: ['Stopped', 'Running'],
    because: 'whoever may patch Jobs may resume it at once, where no policy of the queue says otherwise',
    gained: (scene) => (jobOf(scene)?.spec?.suspend === false ? 'the Job is resumed' : undefined),
  },
  {
    name: 'edits the snapshot of a Job whose attempt was registered, and lets the registry be lost',
    rights: patchJobs,
    prepare: registered,
    attempt: editsSnapshot(({ recipe }) => ({ recipe: { ...recipe, output: { uri: 'pvc://models/evil' } } })),
    aftermath: async (scene) => {
      await scene.delete(modelVersions, 'fraud-1');
      await runsAgain(scene);
    },
    gain: "it is registered again with the attacker's model",
    gained: (scene) => (versionOf(scene)?.spec.uri?.includes('evil') ? 'it is registered' : undefined),
  },
  {
    ...gang,
    name: 'gives the Service of a gang another selector through its labels and owner',
    rights: [may('patch', services)],
    attempt: async (scene) => {
      await scene.attacker.patch(services, 'fraud-1-train', {
        metadata: { labels: { 'flyball.dev/attempt': 'fraud-9' }, ownerReferences: null },
      });
    },
    aftermath: endsWell,
    gain: "the Service outlives its attempt under the attacker's name",
    ...onlyByPolicy,
    gained: (scene) => {
      const service = scene.history.get<IService>(services, 'fraud-1-train');
      return service?.metadata?.labels?.['flyball.dev/attempt'] === 'fraud-9'
        ? "the Service is the attacker's"
        : undefined;
    },
  },
];

export const jobRecords: Topic = { name: 'Labels, owners and annotations of Jobs', attacks };

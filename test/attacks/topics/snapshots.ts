/** Who may patch Jobs edits the snapshots that they carry. */
import { jobs, trainingRuns } from '../../../src/api/kinds.ts';
import { exited } from '../../builders/pod.ts';
import type { Attack, Topic } from '../contract.ts';
import { changed, editsSnapshot, stealing, withSnapshot } from '../forge.ts';
import { may } from '../rights.ts';
import { evil } from '../scene.ts';
import { belowGate, endsWell, failsOnce, gangInTraining, inTraining, jobOf, verdictOf } from '../victims.ts';
import {
  runs,
  runsEvil,
  mountsSecret,
  mountsClaim,
  records,
  runsAgain,
  doesNotRunAgain,
  madeMoreThan,
} from './evidence.ts';

const patchJobs = [may('patch', jobs)];
/** Something of the version that stands nowhere in the run. */
const gang = { rights: patchJobs, prepare: gangInTraining, aftermath: failsOnce } as const;
const trains = { rights: patchJobs, prepare: inTraining(), aftermath: endsWell } as const;

const attacks: readonly Attack[] = [
  {
    ...gang,
    name: 'gives the snapshot of a running Job another image',
    attempt: editsSnapshot(({ recipe }) => ({ recipe: { ...recipe, image: evil } })),
    gain: 'the Job that is made again runs it',
    gained: runsEvil,
  },
  {
    ...gang,
    name: "gives the snapshot of a running Job somebody else's Secret",
    attempt: editsSnapshot(({ recipe }) => ({ recipe: stealing(recipe) })),
    gain: 'the Job that is made again mounts the Secret',
    gained: mountsSecret,
  },
  {
    ...gang,
    name: 'gives the snapshot a dataset on a claim of others',
    attempt: editsSnapshot(({ recipe }) => ({
      recipe: { ...recipe, datasets: [{ name: 'all', uri: 'pvc://salaries/all' }] },
    })),
    gain: 'the Job that is made again mounts the claim',
    gained: mountsClaim('salaries'),
  },
  {
    ...gang,
    name: 'names in the snapshot a champion on a claim of others',
    attempt: editsSnapshot(() => ({ champion: { name: 'fraud-7', uri: 'pvc://salaries/all' } })),
    gain: 'the Job that is made again mounts the claim',
    gained: mountsClaim('salaries'),
  },
  {
    ...gang,
    name: 'asks in the snapshot for 64 nodes',
    attempt: editsSnapshot(({ recipe }) => ({ recipe: { ...recipe, nodes: 64 } })),
    gain: 'the Job that is made again has 64 pods',
    gained: runs((job) => job.spec?.parallelism === 64, 'has 64 pods'),
  },
  {
    ...gang,
    name: 'says in the snapshot of a gang that it failed -1000 times',
    attempt: editsSnapshot(() => ({ failures: -1000 })),
    aftermath: async (scene) => {
      scene.plays('fraud', exited(1));
      return Promise.resolve();
    },
    gain: 'it is made again more often than retry.limit allows',
    gained: (scene) => madeMoreThan(scene, 3),
    patience: 6_000,
  },
  {
    ...gang,
    name: 'says in the snapshot of a gang that it failed -1e300 times',
    attempt: editsSnapshot(() => ({ failures: -1e300 })),
    aftermath: async (scene) => {
      scene.plays('fraud', exited(1));
      return Promise.resolve();
    },
    gain: 'it is made again for ever',
    gained: (scene) => madeMoreThan(scene, 3),
    patience: 6_000,
  },
  {
    ...gang,
    name: 'says in the snapshot that another Job was the first of the attempt',
    attempt: editsSnapshot(() => ({ attemptUID: '00000000-0000-4000-8000-000000000000' })),
    aftermath: async (scene) => {
      await failsOnce(scene);
      await scene.history.until(() => jobOf(scene, 'fraud-1-train-r1') !== undefined, 4_000);
      await endsWell(scene);
    },
    gain: 'a version is registered whose attempt nobody knows',
    gained: records(({ spec }) =>
      spec.attemptUID.startsWith('00000000') ? 'the version names an attempt that there was not' : undefined,
    ),
  },
  {
    ...trains,
    name: 'gives the snapshot another output',
    attempt: editsSnapshot(({ recipe }) => ({ recipe: { ...recipe, output: { uri: 'pvc://models/evil' } } })),
    gain: "a version is registered whose model is the attacker's",
    gained: records(({ spec }) => (spec.uri?.includes('evil') ? `${spec.uri} is registered` : undefined)),
  },
  {
    ...trains,
    name: 'gives the snapshot the UID of another run',
    attempt: editsSnapshot(() => ({ runUID: '00000000-0000-4000-8000-000000000000' })),
    gain: 'the version names a folder of another run',
    gained: records(({ spec }) => (spec.uri?.includes('00000000') ? `${spec.uri} is registered` : undefined)),
  },
  {
    ...trains,
    name: 'leaves the UID of the run out of the snapshot',
    attempt: editsSnapshot(() => ({ runUID: undefined })),
    gain: 'the version names a folder that others can have written',
    gained: records(({ spec }) => (spec.uri?.endsWith('/fraud-1') ? `${spec.uri} is registered` : undefined)),
  },
  {
    ...trains,
    name: 'gives the snapshot another source, image and seed',
    attempt: editsSnapshot(({ recipe }) => ({
      recipe: {
        ...recipe,
        image: 'example.com/audited:1',
        seed: 7,
        source: { repository: 'https://example.com/audited', revision: 'v1' },
      },
    })),
    gain: 'the record says that the model was made by a code that never ran',
    gained: records(({ spec }) =>
      spec.image.includes('audited') ? `the version says image ${spec.image}` : undefined,
    ),
  },
  {
    ...trains,
    name: 'says in the snapshot what the stages before have put out',
    attempt: editsSnapshot(() => ({ before: { metrics: { f1: '0.999' }, digest: `sha256:${'e'.repeat(64)}` } })),
    gain: 'the version has these metrics',
    gained: records(({ spec }) =>
      spec.metrics?.['f1'] === '0.999' || spec.digest?.includes('eeee') ? 'f1 0.999 is registered' : undefined,
    ),
  },
  {
    ...trains,
    name: 'says in the snapshot that the attempt answers all that is asked until the year 2999',
    attempt: editsSnapshot(() => ({ coversUntil: '2999-01-01T00:00:00Z' })),
    aftermath: async (scene) => {
      await endsWell(scene);
      await scene.history.until(() => verdictOf(scene) !== undefined, 10_000);
      await runsAgain(scene);
    },
    gain: 'the run trains no more',
    lost: doesNotRunAgain,
  },
  {
    ...trains,
    name: 'gives the snapshot the number 999999',
    attempt: editsSnapshot(() => ({ number: 999_999 })),
    aftermath: async (scene) => {
      await endsWell(scene);
      await scene.history.until(() => verdictOf(scene) !== undefined, 10_000);
      await runsAgain(scene);
    },
    gain: 'the run trains no more',
    lost: doesNotRunAgain,
  },
  {
    ...trains,
    name: 'gives the snapshot a trigger with 200 KB of text and control characters',
    attempt: editsSnapshot(({ trigger }) => ({
      trigger: { ...(trigger as object), type: 'Monitor', monitor: '\u001b]0;owned\u0007'.repeat(12_000), reason: 'x' },
    })),
    gain: 'status cannot be written any more, or has them',
    gained: records(({ spec }) =>
      JSON.stringify(spec.trigger).includes('owned') ? 'the version has them' : undefined,
    ),
  },
  {
    ...trains,
    name: 'takes the snapshot away from a running Job and puts another one there when it has ended',
    prepare: inTraining(),
    attempt: async (scene) => {
      await scene.attacker.patch(jobs, 'fraud-1-train', { metadata: { annotations: null } });
      await scene.attacker.patch(
        jobs,
        'fraud-1-train',
        withSnapshot(
          changed(jobOf(scene), ({ recipe }) => ({ recipe: { ...recipe, output: { uri: 'pvc://models/evil' } } })),
        ),
      );
    },
    gain: "a version is registered whose model is the attacker's",
    gained: records(({ spec }) => (spec.uri?.includes('evil') ? `${spec.uri} is registered` : undefined)),
  },
  {
    name: 'edits the snapshot of an attempt below its gate, which somebody then lowers',
    rights: patchJobs,
    prepare: belowGate,
    attempt: editsSnapshot(({ recipe }) => ({ recipe: { ...recipe, output: { uri: 'pvc://models/evil' } } })),
    aftermath: (scene) => scene.patch(trainingRuns, 'fraud', { spec: { gate: [{ metric: 'f1', min: 0.4 }] } }),
    gain: "a version is registered whose model is the attacker's",
    gained: records(({ spec }) => (spec.uri?.includes('evil') ? `${spec.uri} is registered` : undefined)),
  },
];

export const snapshots: Topic = { name: 'Snapshots of attempts', attacks };

/** Who may create Jobs makes one that claims to be of somebody's run. */
import type { IJob } from 'kubernetes-models/batch/v1';
import { jobs, modelVersions, trainingRuns } from '../../../src/api/kinds.ts';
import { keyOf } from '../../../src/api/resource.ts';
import type { IModelVersion } from '../../../src/api/types.ts';
import { exited, running } from '../../builders/pod.ts';
import type { Attack, Topic } from '../contract.ts';
import { forgedJob, stealing, trainingLabels } from '../forge.ts';
import { may } from '../rights.ts';
import { evil, type Scene } from '../scene.ts';
import { belowGate, inTraining, perfect, registered, runOf, verdictOf } from '../victims.ts';
import { runsAgain, doesNotRunAgain } from './evidence.ts';

const createJobs = [may('create', jobs)];

const forges =
  (...form: [number, Parameters<typeof forgedJob>[2]?, string?]) =>
  async (scene: Scene) => {
    scene.playsForged(perfect);
    await scene.attacker.create(jobs, forgedJob(scene, ...form));
  };

/** What the forged Job's pod reported. */
const isRegistered = (scene: Scene) => {
  const found = scene.history
    .list<IModelVersion>(modelVersions)
    .find(({ spec }) => spec.metrics?.['f1'] === '0.999' || spec.uri?.includes('evil'));
  return found && `${keyOf(found).name} is registered with f1 ${found.spec.metrics?.['f1']} at ${found.spec.uri}`;
};

const tellsOf = (number: number) => (scene: Scene) => {
  const found = runOf(scene)?.status?.attempts?.find(
    (attempt) => attempt.number === number && attempt.verdict !== undefined,
  );
  return found && ['Registered', 'Completed'].includes(found.verdict ?? '')
    ? `status tells of ${found.name} as ${found.verdict}`
    : undefined;
};

const removesForged = async (scene: Scene) => {
  // As whoever finds it would.
  const forged = scene.history
    .list<IJob>(jobs)
    .filter(({ metadata }) => metadata?.name !== 'fraud-1-train' && metadata?.name !== 'fraud-2-train');
  for (const job of forged) await scene.delete(jobs, keyOf(job).name);
};

/** A Job by the name that the first one of a run will have. */
const unowned = {
  metadata: { name: 'fraud-1-train', labels: trainingLabels('fraud-1') },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: evil }] } } },
};

const attacks: readonly Attack[] = [
  {
    name: 'makes the Job of a second attempt, whose pod reports f1 0.999',
    rights: createJobs,
    prepare: registered,
    attempt: forges(2),
    gain: 'version fraud-2 is registered',
    gained: isRegistered,
    patience: 5_000,
  },
  {
    name: "makes the Job of a second attempt whose snapshot has the attacker's output",
    rights: createJobs,
    prepare: belowGate,
    attempt: forges(2, ({ recipe }) => ({ recipe: { ...recipe, output: { uri: 'pvc://models/evil' } } })),
    gain: 'version fraud-2 is registered',
    gained: isRegistered,
    patience: 5_000,
  },
  {
    name: 'makes a Job of attempt 999999',
    rights: createJobs,
    prepare: registered,
    attempt: forges(999_999),
    aftermath: runsAgain,
    gain: 'the run trains no more',
    lost: doesNotRunAgain,
    gained: tellsOf(999_999),
  },
  {
    name: 'makes a Job of attempt 999999 that somebody then deletes',
    rights: createJobs,
    prepare: registered,
    attempt: forges(999_999),
    aftermath: async (scene) => {
      await scene.history.until(() => false, 1_500);
      await removesForged(scene);
      await runsAgain(scene);
    },
    gain: 'the run trains no more',
    lost: doesNotRunAgain,
  },
  {
    name: 'makes a Job of attempt 2 that answers all that is asked until the year 2999',
    rights: createJobs,
    prepare: registered,
    attempt: forges(2, () => ({ coversUntil: '2999-01-01T00:00:00Z' })),
    aftermath: async (scene) => {
      await scene.history.until(() => false, 1_500);
      await scene.delete(jobs, 'fraud-2-train');
      await scene.history.until(() => scene.history.get(jobs, 'fraud-2-train') === undefined, 10_000);
      await runsAgain(scene);
    },
    gain: 'the run trains no more',
    lost: (scene) => {
      const made = scene.history
        .list<IJob>(jobs)
        .find(({ metadata }) => /^fraud-[2-9]-train$/.test(metadata?.name ?? ''));
      return made === undefined ? 'no attempt began' : undefined;
    },
  },
  {
    name: 'makes the 99999th Job of a running attempt',
    rights: createJobs,
    prepare: inTraining({ nodes: 2 }),
    attempt: forges(1, undefined, '-r99999'),
    aftermath: async (scene) => {
      scene.plays('fraud', (pod) =>
        pod.metadata?.labels?.['batch.kubernetes.io/job-name'] === 'fraud-1-train' ? exited(1) : running(),
      );
      return Promise.resolve();
    },
    gain: 'the attempt is not made again when it fails, or is taken for the forged one',
    gained: (scene) => {
      const verdict = verdictOf(scene);
      return verdict === 'Registered' || verdict === 'Failed' ? `the attempt is ${verdict}` : undefined;
    },
    patience: 4_000,
  },
  {
    name: 'makes a Job again that nobody made again, whose pod reports f1 0.999',
    rights: createJobs,
    prepare: inTraining(),
    attempt: forges(1, undefined, '-r1'),
    gain: 'version fraud-1 is registered while the real Job trains',
    gained: isRegistered,
    patience: 5_000,
  },
  {
    name: 'makes the Job of a stage after the training, with what the training has put out',
    rights: createJobs,
    prepare: inTraining(),
    attempt: async (scene) => {
      scene.playsForged(perfect);
      const job = forgedJob(scene, 1, () => ({ before: { metrics: { f1: '0.999' } } }));
      const labels = { ...job.metadata.labels, 'flyball.dev/stage': 'evaluate' };
      await scene.attacker.create(jobs, { ...job, metadata: { ...job.metadata, labels, name: 'fraud-1-evaluate' } });
    },
    gain: 'version fraud-1 is registered while the real Job trains',
    gained: isRegistered,
    patience: 4_000,
  },
  {
    name: 'makes a Job of a second attempt that failed, with a Secret in its snapshot and two nodes',
    rights: createJobs,
    prepare: registered,
    attempt: async (scene) => {
      scene.playsForged(exited(1));
      const forged = forgedJob(scene, 2, ({ recipe }) => ({ recipe: { ...stealing(recipe), nodes: 2 } }));
      await scene.attacker.create(jobs, forged);
    },
    gain: 'the operator makes it again and mounts the Secret',
    gained: (scene) =>
      scene.history.get(jobs, 'fraud-2-train-r1') === undefined ? undefined : 'Job fraud-2-train-r1 is made',
    patience: 5_000,
  },
  {
    name: 'makes a Job of the run with a trigger that no status may have',
    rights: createJobs,
    prepare: registered,
    attempt: forges(2, () => ({
      trigger: { type: 'Nobody\u001b[31m', time: '2026-11-24T10:00:00Z', monitor: 'x'.repeat(100_000) },
    })),
    aftermath: runsAgain,
    gain: 'no status of the run can be written any more',
  },
  {
    name: 'makes a Job of a second attempt as an account called flyball in another namespace',
    rights: createJobs,
    prepare: registered,
    attempt: async (scene) => {
      await asOther(scene, {
        user: 'system:serviceaccount:somewhere:flyball',
        groups: ['system:serviceaccounts', 'system:serviceaccounts:somewhere'],
      });
    },
    gain: 'version fraud-2 is registered',
    gained: isRegistered,
    patience: 5_000,
  },
  {
    name: "makes a Job of a second attempt as another account of the operator's namespace",
    rights: createJobs,
    prepare: registered,
    attempt: async (scene) => {
      await asOther(scene, {
        user: 'system:serviceaccount:flyball-system:default',
        groups: ['system:serviceaccounts', 'system:serviceaccounts:flyball-system'],
      });
    },
    gain: 'version fraud-2 is registered',
    gained: isRegistered,
    patience: 5_000,
  },
  {
    name: 'makes a Job without labels and adds them afterwards',
    rights: [...createJobs, may('patch', jobs)],
    prepare: registered,
    attempt: async (scene) => {
      scene.playsForged(perfect);
      const job = forgedJob(scene, 2);
      const { labels, ...bare } = job.metadata;
      const first = await scene.attacker.create(jobs, {
        ...job,
        metadata: { ...bare, annotations: {}, ownerReferences: [] },
      });
      if (first.status >= 300) return;
      const { ownerReferences, annotations } = job.metadata;
      await scene.attacker.patch(jobs, 'fraud-2-train', { metadata: { labels, ownerReferences, annotations } });
    },
    gain: 'version fraud-2 is registered',
    gained: isRegistered,
    patience: 5_000,
  },
  {
    name: 'makes a Job of a run that belongs to nobody yet, by its name alone',
    rights: createJobs,
    prepare: async () => Promise.resolve(),
    attempt: async (scene) => {
      scene.playsForged(perfect);
      await scene.attacker.create(jobs, unowned);
    },
    aftermath: async (scene) => {
      await scene.create(trainingRuns, {
        metadata: { name: 'fraud' },
        spec: { image: 'example.com/train:1', output: { uri: 'pvc://models/fraud' } },
      } as object);
    },
    gain: 'the run that comes takes it for its own',
    gained: isRegistered,
    patience: 4_000,
  },
];

/** The same right for another account. */
async function asOther(scene: Scene, identity: { user: string; groups: readonly string[] }): Promise<void> {
  scene.playsForged(perfect);
  const other = await scene.alsoFor(identity, createJobs);
  await other.create(jobs, forgedJob(scene, 2));
  scene.attacker.answers.push(...other.answers);
}

export const forgedJobs: Topic = { name: 'Jobs that the operator did not make', attacks };

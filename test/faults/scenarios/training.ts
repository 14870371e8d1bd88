import type { IPod } from 'kubernetes-models/v1';
import type { ITrainingRun } from '../../../src/api/types.ts';
import { jobs, pods, trainingRuns } from '../../../src/api/kinds.ts';
import { exited, results, running } from '../../builders/pod.ts';
import { trainingRun } from '../../integration/objects.ts';
import type { World } from '../world.ts';
import type { Scenario, Step } from './scenario.ts';
import { run, runStatus } from './told.ts';

/** How pods end well. */
export const good = results({ f1: 0.93 }, { model: { digest: 'sha256:one' } });
const outcome = ['Registered'];
const underWay = ['Started', 'Training'];
/** An edit waits for an attempt that runs; one that was not seen to run yet is superseded. */
const afterEdit = ['EditWaits', ...underWay];

export const create = (spec: Partial<ITrainingRun['spec']> = {}, until = run('fraud', ...underWay)): Step => ({
  title: 'create the run',
  act: (world) => world.create(trainingRuns, trainingRun(spec)),
  until,
});

export const edit = (spec: object, until: Step['until'], title = 'edit the run'): Step => ({
  title,
  act: (world) => world.patch(trainingRuns, 'fraud', { spec }),
  until,
});

export const play = (fate: Parameters<World['plays']>[1], until: Step['until'], title = 'let the pods end'): Step => ({
  title,
  act: (world) => world.plays('fraud', fate),
  until,
});

/** What outlives the run in which it was made. */
const kept = { output: { uri: 'pvc://models/fraud' }, checkpoint: { claimName: 'checkpoints' } };

/** The pods run until somebody says how they end. */
export const busy = play(running(), () => true, 'let pods run');
const succeed = play(good, run('fraud', ...outcome));

/** Whether so many attempts have been made, and all have ended. */
export const hasEnded = (world: World, count: number): boolean => {
  const all = runStatus(world, 'fraud').attempts ?? [];
  return all.length === count && all.every(({ verdict }) => verdict !== undefined);
};

/** Whether so many pods run. */
export const isBusy = (count: number) => (world: World) =>
  world.own(pods).filter(({ status }) => status?.phase === 'Running').length === count;

/**
 * Its pod runs, and status tells of its Job: where no policy says who may make Jobs, one that status does not tell of is believed
 * only as long as nobody edits the recipe.
 */
const trains = (world: World) => isBusy(1)(world) && run('fraud', ...underWay)(world);

/** A run that succeeds at once, and one that trains for a while before it does. */
export const successful = (spec: Partial<ITrainingRun['spec']> = {}): readonly Scenario[] => [
  { name: 'complete', steps: [play(good, () => true), create(spec, run('fraud', ...outcome))] },
  { name: 'train', steps: [busy, create(spec), succeed] },
];

export const training: readonly Scenario[] = [
  ...successful(),
  {
    name: 'gate',
    steps: [
      play(good, () => true),
      create({ gate: [{ metric: 'f1', min: 0.95 }] }, run('fraud', 'GateFailed')),
      edit({ gate: [{ metric: 'f1', min: 0.9 }] }, run('fraud', ...outcome), 'lower the gate'),
    ],
  },
  {
    name: 'fail',
    steps: [
      play(exited(1), () => true),
      create({}, run('fraud', 'CommandFailed')),
      play(good, () => true, 'mend the image'),
      edit({ args: ['--mended'] }, run('fraud', ...outcome)),
    ],
  },
  {
    name: 'retry',
    steps: [
      { title: 'let the first pod fail', act: failFirst, until: () => true },
      create({ retry: { limit: 1 } }, run('fraud', ...outcome)),
    ],
  },
  {
    name: 'edit-and-back',
    steps: [
      busy,
      create({ parameters: { lr: '0.1' } }, trains),
      edit({ parameters: { lr: '0.2' } }, run('fraud', ...afterEdit)),
      edit({ parameters: { lr: '0.1' } }, run('fraud', ...afterEdit), 'edit the run back'),
      succeed,
    ],
  },
  {
    // What people write and what a child becomes meet, so that the operator may know only one of them.
    name: 'relabel-run',
    steps: [
      busy,
      create(),
      {
        title: 'label the run while its pods end',
        act: async (world) => {
          world.plays('fraud', good);
          await world.patch(trainingRuns, 'fraud', { metadata: { labels: { team: 'risk' } } });
        },
        until: run('fraud', ...outcome),
      },
    ],
  },
  {
    name: 'edit',
    steps: [
      busy,
      create({ parameters: { lr: '0.1' } }, trains),
      edit({ parameters: { lr: '0.2' } }, run('fraud', ...afterEdit)),
      play(good, (world) => run('fraud', ...outcome)(world) && hasEnded(world, 2)),
    ],
  },
  {
    name: 'edit-pod',
    steps: [
      busy,
      create({}, trains),
      edit({ pod: { labels: { team: 'risk' }, runAsUser: 1000 } }, run('fraud', ...underWay)),
      play(good, (world) => run('fraud', ...outcome)(world) && hasEnded(world, 1)),
    ],
  },
  {
    name: 'cancel',
    steps: [
      busy,
      create(),
      {
        title: 'delete the Job',
        act: (world) => world.delete(jobs, 'fraud-1-train'),
        until: run('fraud', 'Deleted'),
      },
      play(good, () => true),
      {
        title: 'ask for another attempt',
        act: (world) => world.patch(trainingRuns, 'fraud', { spec: { rerunAt: new Date().toISOString() } }),
        until: (world) => run('fraud', ...outcome)(world) && hasEnded(world, 2),
      },
    ],
  },
  {
    name: 'delete',
    steps: [
      busy,
      // A Job whose first pod the Job controller has not seen yet leaves it waiting for minutes if a Job of that name comes again.
      create({}, (world) => run('fraud', ...underWay)(world) && isBusy(1)(world)),
      {
        title: 'delete the run',
        act: (world) => world.delete(trainingRuns, 'fraud'),
        until: (world) => world.own(jobs).length === 0 && world.own(trainingRuns).length === 0,
      },
      play(good, () => true),
      create({}, run('fraud', ...outcome)),
    ],
  },
  {
    name: 'delete-registered',
    steps: [
      play(good, () => true),
      create(kept, run('fraud', ...outcome)),
      {
        title: 'delete the run',
        act: (world) => world.delete(trainingRuns, 'fraud'),
        until: (world) => world.own(jobs).length === 0 && world.own(trainingRuns).length === 0,
      },
      create(kept, run('fraud', ...outcome)),
    ],
  },
  {
    name: 'gang',
    steps: [
      {
        title: 'let the first gang fail',
        act: (world) => world.plays('fraud', (pod) => (jobOf(pod) === 'fraud-1-train-r1' ? good : exited(1))),
        until: () => true,
      },
      create({ nodes: 2, retry: { limit: 1 } }, run('fraud', ...outcome)),
    ],
  },
  {
    name: 'gang-in-part',
    steps: [
      {
        title: 'let one pod of the first gang fail while the other runs on',
        act: (world) => {
          world.ends('fraud', { phase: 'Failed' }, slowEnd);
          world.plays('fraud', (pod) => (jobOf(pod) === 'fraud-1-train-r1' ? good : failsAlone(pod)), slowEnd);
        },
        until: () => true,
      },
      create({ nodes: 2, retry: { limit: 1 } }, run('fraud', ...outcome)),
    ],
  },
  {
    name: 'suspend',
    steps: [
      busy,
      { ...create(), until: (world) => run('fraud', ...underWay)(world) && isBusy(1)(world) },
      edit({ suspend: true }, (world) => run('fraud', 'Suspended')(world) && world.own(pods).length === 0),
      edit({ suspend: false }, (world) => run('fraud', ...underWay)(world) && isBusy(1)(world), 'resume the run'),
      succeed,
    ],
  },
  {
    name: 'rerun',
    steps: [
      play(good, () => true),
      create({}, run('fraud', ...outcome)),
      {
        title: 'ask for an attempt in a second',
        act: (world) => {
          const rerunAt = new Date(Date.now() + 1_000).toISOString();
          return world.patch(trainingRuns, 'fraud', { spec: { rerunAt } });
        },
        until: (world) => run('fraud', ...outcome)(world) && hasEnded(world, 2),
      },
    ],
  },
  {
    // As after the restore of an older status: of the attempt since then, and that it has failed, only its Job tells.
    name: 'set-back',
    steps: [
      play(good, () => true),
      create({}, run('fraud', ...outcome)),
      play(exited(1), () => true, 'break the image'),
      edit({ args: ['--broken'] }, run('fraud', 'CommandFailed')),
      {
        title: 'take the newest attempt out of the status',
        act: (world) =>
          world.patch(
            trainingRuns,
            'fraud',
            { status: { attempts: runStatus(world, 'fraud').attempts?.slice(0, 1) } },
            '/status',
          ),
        until: (world) => run('fraud', 'CommandFailed')(world) && hasEnded(world, 2),
      },
    ],
  },
  {
    name: 'history',
    steps: [
      play(good, () => true),
      create({ attemptHistoryLimit: 1 }, run('fraud', ...outcome)),
      edit({ args: ['--two'] }, (world) => latest(world) === 'fraud-2' && run('fraud', ...outcome)(world)),
      edit({ args: ['--three'] }, (world) => latest(world) === 'fraud-3' && run('fraud', ...outcome)(world)),
      {
        title: 'see the old Jobs go',
        until: (world) => world.own(jobs).length === 1,
      },
    ],
  },
];

const latest = (world: World) => runStatus(world, 'fraud').latestVersion?.name;

export const jobOf = ({ metadata }: IPod) => metadata?.labels?.['batch.kubernetes.io/job-name'];

/** After a failure of the user's. */
export const trainsAgain: Step = edit({ args: ['--mended'] }, run('fraud', ...outcome));

/** How long a kubelet takes to kill a pod, in milliseconds. */
const slowEnd = 500;
const failsAlone = (pod: IPod) =>
  pod.metadata?.annotations?.['batch.kubernetes.io/job-completion-index'] === '0' ? exited(1) : running();

function failFirst(world: World): void {
  let first: string | undefined;
  world.plays('fraud', (pod) => {
    first ??= pod.metadata?.uid;
    return pod.metadata?.uid === first ? exited(1) : good;
  });
}

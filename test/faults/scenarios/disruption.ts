/** Scenarios in which the cluster takes pods away, refuses them, or does not let them begin. */
import type { IPod } from 'kubernetes-models/v1';
import { pods } from '../../../src/api/kinds.ts';
import { exited, results, running, unschedulable, waiting } from '../../builders/pod.ts';
import type { PodStatus } from '../../integration/faults/kubelet.ts';
import { deletePods, evict, liftLimit, limitPods, loseNode, removeNode } from '../disruption.ts';
import type { World } from '../world.ts';
import type { Scenario, Step } from './scenario.ts';
import { isTold, run, runStatus } from './told.ts';
import { busy, create, edit, good, isBusy, jobOf, play, trainsAgain } from './training.ts';

/** What a program leaves that saves its state when it is asked to end, and then ends well. */
const halfTrained = results({ f1: 0.62 }, { model: { digest: 'sha256:half' } });
/** How long it takes for that, in milliseconds. */
const saving = 400;

/** What an operator may say that was away in the moment when the pod told how it ended. */
const endedSomehow = run('fraud', 'Registered', 'ResultsLost');

const isMember = (index: number) => (pod: IPod) =>
  pod.metadata?.annotations?.['batch.kubernetes.io/job-completion-index'] === String(index);

const isGone = (world: World) => world.own(pods).every(({ metadata }) => metadata?.deletionTimestamp === undefined);

/** Pods of these kinds are asked to end, and do so late and well. */
const interrupt = (title: string, how: (world: World) => Promise<void>): Step => ({
  title,
  act: (world) => {
    world.ends('fraud', halfTrained, saving);
    return how(world);
  },
  until: isGone,
});

const gang = create({ nodes: 2 }, (world) => isBusy(2)(world));
const alone = create({}, (world) => isBusy(1)(world));

const tolerated = { key: 'example.com/pool', operator: 'Exists' };
const untolerated = unschedulable('0/1 nodes are available: 1 node(s) had untolerated taint {example.com/pool: gpu}.');

/** As the kubelet has it when a device or the node's room for it is gone. */
const refused: PodStatus = {
  phase: 'Failed',
  reason: 'UnexpectedAdmissionError',
  message: 'Pod was rejected: Allocate failed due to no healthy devices present; cannot allocate unhealthy devices',
};

const refuses = (title: string, isMeant: (pod: IPod) => boolean): Step => ({
  title,
  act: (world) => {
    let first: string | undefined;
    world.plays('fraud', (pod) => {
      if (isMeant(pod)) first ??= pod.metadata?.uid;
      return pod.metadata?.uid === first ? refused : jobOf(pod) === 'fraud-1-train' ? running() : good;
    });
  },
  until: () => true,
});

export const disruption: readonly Scenario[] = [
  {
    name: 'evict',
    end: 'MayDiffer',
    steps: [busy, alone, interrupt('evict the pod', (world) => evict(world)), play(good, endedSomehow)],
  },
  {
    name: 'evict-member',
    end: 'MayDiffer',
    steps: [
      busy,
      gang,
      interrupt('evict a member of the gang', (world) => evict(world, isMember(1))),
      play(good, endedSomehow),
    ],
  },
  {
    // Its pod is still there when the Job is complete.
    name: 'evict-last-member',
    end: 'MayDiffer',
    steps: [
      busy,
      gang,
      {
        title: 'evict a member of the gang while the others end',
        act: async (world) => {
          world.ends('fraud', halfTrained, saving);
          await evict(world, isMember(1));
          world.plays('fraud', (pod) => (isMember(1)(pod) && jobOf(pod) === 'fraud-1-train' ? running() : good));
        },
        until: endedSomehow,
      },
    ],
  },
  {
    name: 'evict-ended-member',
    end: 'MayDiffer',
    steps: [
      {
        title: 'let one member of the gang end',
        act: (world) => world.plays('fraud', (pod) => (isMember(1)(pod) ? good : running())),
        until: () => true,
      },
      create({ nodes: 2 }, (world) => world.own(pods).some(({ status }) => status?.phase === 'Succeeded')),
      { title: 'evict it when it has ended', act: (world) => evict(world, isMember(1)), until: isGone },
      play(good, endedSomehow),
    ],
  },
  {
    name: 'delete-pod',
    end: 'MayDiffer',
    steps: [busy, alone, interrupt('delete the pod', (world) => deletePods(world)), play(good, endedSomehow)],
  },
  {
    name: 'lose-node',
    steps: [
      busy,
      alone,
      { title: 'lose the node', act: (world) => loseNode(world), until: () => true },
      {
        title: 'remove the node',
        act: (world) => removeNode(world),
        until: (world) => isGone(world) && isBusy(1)(world),
      },
      play(good, run('fraud', 'Registered')),
    ],
  },
  {
    name: 'refuse',
    steps: [refuses('let the kubelet refuse the first pod', () => true), create({}, run('fraud', 'Registered'))],
  },
  {
    name: 'refuse-member',
    steps: [
      refuses('let the kubelet refuse a member of the gang', isMember(1)),
      create({ nodes: 2 }, run('fraud', 'Registered')),
    ],
  },
  {
    // The user's failure is counted, the refusal before it is not.
    name: 'refuse-and-fail',
    steps: [
      {
        title: 'let the kubelet refuse the first pod, and the second one fail',
        act: (world) => world.plays('fraud', (pod) => (jobOf(pod) === 'fraud-1-train' ? refused : exited(1))),
        until: () => true,
      },
      create({}, run('fraud', 'CommandFailed')),
      play(good, () => true),
      trainsAgain,
    ],
  },
  {
    name: 'quota-in-part',
    steps: [
      { title: 'let the namespace have one pod', act: (world) => limitPods(world, 1), until: () => true },
      busy,
      create({ nodes: 2 }, isTold('fraud')),
      { title: 'let it have all', act: (world) => liftLimit(world), until: isBusy(2) },
      play(good, run('fraud', 'Registered')),
    ],
  },
  {
    name: 'edit-unstarted',
    steps: [
      play(
        waiting('ImagePullBackOff', 'Back-off pulling image "example.com/nobody:9"'),
        () => true,
        'let no pod begin',
      ),
      create({}, run('fraud', 'ImagePullFailed')),
      play(
        (pod) => (jobOf(pod) === 'fraud-1-train' ? undefined : good),
        () => true,
        'let others begin',
      ),
      edit({ args: ['--mended'] }, (world) => run('fraud', 'Registered')(world) && isSuperseded(world)),
    ],
  },
  {
    // Nothing of it is recipe, and no pod of the first attempt would ever begin.
    name: 'edit-pod-unstarted',
    steps: [
      play(
        ({ spec }) => (spec?.tolerations?.some(({ key }) => key === tolerated.key) ? good : untolerated),
        () => true,
        'let nodes take only pods that tolerate their taint',
      ),
      create({}, run('fraud', 'Unschedulable')),
      edit({ pod: { tolerations: [tolerated] } }, (world) => run('fraud', 'Registered')(world) && isSuperseded(world)),
    ],
  },
];

const isSuperseded = (world: World) =>
  runStatus(world, 'fraud').attempts?.some(({ verdict }) => verdict === 'Superseded') === true;

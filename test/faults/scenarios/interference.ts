/** Scenarios in which people put something in the way, or change what is not theirs. */
import { setTimeout as pause } from 'node:timers/promises';
import { deployments, jobs, modelDeployments, modelVersions, services, trainingRuns } from '../../../src/api/kinds.ts';
import { type Key, keyOf, type Kind, type Resource } from '../../../src/api/resource.ts';
import { results, running } from '../../builders/pod.ts';
import { poison } from '../../integration/faults/poison.ts';
import { modelDeployment, modelVersion, trainingRun } from '../../integration/objects.ts';
import type { World } from '../world.ts';
import type { Scenario, Step } from './scenario.ts';
import { deploy, edit, hasReplicas, serves } from './serving.ts';
import { run, served, settledOn, stalledRun, stalledServing } from './told.ts';
import { register } from './trained.ts';

const good = results({ f1: 0.93 }, { model: { digest: 'sha256:one' } });

const play = (fate: Parameters<World['plays']>[1], until: Step['until'] = () => true): Step => ({
  title: 'let the pods be so',
  act: (world) => world.plays('fraud', fate),
  until,
});

const create = (until: Step['until']): Step => ({
  title: 'create the run',
  act: (world) => world.create(trainingRuns, trainingRun()),
  until,
});

const putInTheWay = (kind: Kind, object: Resource, until: Step['until'] = () => true): Step => ({
  title: `put a ${kind.kind} in the way`,
  act: (world) => world.create(kind, object, 'Foreign'),
  until,
});

const remove = (kind: Kind, name: string, until: Step['until']): Step => ({
  title: `remove the ${kind.kind}`,
  act: (world) => world.delete(kind, name),
  until,
});

const relabel = (kind: Kind, name: string, labels: object, until: Step['until']): Step => ({
  title: `label the ${kind.kind} anew`,
  act: (world) => world.patch(kind, name, { metadata: { labels } }),
  until,
});

const conflicts = stalledRun('fraud', 'NameConflict');
const managed = 'app.kubernetes.io/managed-by';
/** Long enough for an operator to see it and to act upon it, in milliseconds. */
const unlabelledFor = 1_000;
const part = 'app.kubernetes.io/part-of';
const longName = (letter: string, index: number) => `${letter}${index}`.padEnd(63, 'x');
const sixteen = Array.from({ length: 16 }, (_, index) => index);

export const interference: readonly Scenario[] = [
  {
    name: 'foreign-job',
    steps: [
      play(good),
      putInTheWay(jobs, foreignJob('fraud-1-train')),
      create(conflicts),
      remove(jobs, 'fraud-1-train', run('fraud', 'Registered')),
    ],
  },
  {
    name: 'foreign-version',
    steps: [
      play(running()),
      create(run('fraud', 'Started', 'Training')),
      putInTheWay(modelVersions, { ...modelVersion(), metadata: { name: 'fraud-1' } }),
      play(good, conflicts),
      remove(modelVersions, 'fraud-1', run('fraud', 'Registered')),
    ],
  },
  {
    name: 'foreign-service',
    steps: [
      serves,
      register(1),
      putInTheWay(services, foreignService('serve')),
      deploy({}, stalledServing('serve', 'NameConflict')),
      remove(services, 'serve', settledOn('serve', 'fraud-1')),
    ],
  },
  {
    name: 'unlabelled-job',
    steps: [
      play(running()),
      create(run('fraud', 'Started', 'Training')),
      relabel(jobs, 'fraud-1-train', { [managed]: null }, () => true),
      {
        title: 'give the label back after a while',
        act: async (world) => {
          await pause(unlabelledFor);
          await world.patch(jobs, 'fraud-1-train', { metadata: { labels: { [managed]: 'flyball' } } });
        },
        until: () => true,
      },
      play(good, run('fraud', 'Registered')),
    ],
  },
  {
    name: 'disowned-job',
    steps: [
      play(running()),
      create(run('fraud', 'Started', 'Training')),
      {
        title: 'take its owner from the Job',
        act: (world) => world.patch(jobs, 'fraud-1-train', { metadata: { ownerReferences: null } }),
        until: () => true,
      },
      play(good, run('fraud', 'Registered')),
    ],
  },
  {
    name: 'disowned-deployment',
    steps: [
      serves,
      register(1),
      deploy(),
      {
        title: 'take its owner from the Deployment',
        act: (world) => each(deployments, world, (name) => disown(deployments, name, world)),
        until: stalledServing('serve', 'NameConflict'),
      },
      edit({ replicas: 2 }, stalledServing('serve', 'NameConflict'), 'scale what is no longer its own'),
      {
        title: 'remove what is in the way',
        act: (world) => each(deployments, world, (name) => world.delete(deployments, name)),
        until: (world) => settledOn('serve', 'fraud-1')(world) && hasReplicas(2)(world),
      },
    ],
  },
  {
    name: 'relabel',
    steps: [
      serves,
      register(1),
      {
        title: 'deploy with a label that is copied',
        act: (world) => world.create(modelDeployments, labelled('one')),
        until: settledOn('serve', 'fraud-1'),
      },
      relabel(modelDeployments, 'serve', { [part]: 'two' }, () => true),
      edit({ replicas: 2 }, (world) => settledOn('serve', 'fraud-1')(world) && hasReplicas(2)(world)),
      register(2, settledOn('serve', 'fraud-2')),
    ],
  },
  {
    name: 'misdirected-service',
    steps: [
      serves,
      register(1),
      deploy(),
      {
        title: 'change what the Service selects',
        act: (world) => world.patch(services, 'serve', { spec: { selector: { app: 'other' } } }),
        until: served('serve', 'ServiceEdited'),
      },
      remove(services, 'serve', settledOn('serve', 'fraud-1')),
      register(2, settledOn('serve', 'fraud-2')),
    ],
  },
  {
    name: 'poison',
    steps: [
      {
        title: 'create runs at the limits of the schema',
        act: async (world) => {
          world.plays('odd', results(Object.fromEntries(poison.metrics.map((name) => [name, 0]))));
          await world.create(trainingRuns, trainingRun(poison.spec, 'odd'));
          await world.create(trainingRuns, trainingRun(poison.refused, 'refused'));
        },
        until: (world) => stalledRun('refused', 'RecipeTooLarge')(world),
      },
      play(good),
      create(run('fraud', 'Registered')),
      { title: 'see the odd one end', until: run('odd', 'Registered', 'GateFailed', 'CommandFailed', 'Invalid') },
    ],
  },
  {
    name: 'long-words',
    steps: [
      play(results(Object.fromEntries(sixteen.map((index) => [longName('other', index), 0.5])))),
      {
        title: 'create a run whose gate asks for what its results lack',
        act: (world) => {
          const gate = sixteen.map((index) => ({ metric: longName('wanted', index), min: 0.9 }));
          return world.create(trainingRuns, trainingRun({ gate }));
        },
        until: run('fraud', 'GateFailed', 'MetricMissing'),
      },
    ],
  },
  {
    name: 'many',
    steps: [
      {
        title: 'create 30 runs',
        act: async (world) => {
          const names = Array.from({ length: 30 }, (_, index) => `run-${index}`);
          for (const name of names) world.plays(name, good);
          await Promise.all(names.map((name) => world.create(trainingRuns, trainingRun({}, name))));
        },
        until: (world) =>
          Array.from({ length: 30 }, (_, index) => `run-${index}`).every((name) => run(name, 'Registered')(world)),
      },
    ],
  },
];

const disown = (kind: Kind, name: string, world: World) =>
  world.patch(kind, name, { metadata: { ownerReferences: null } });

/** Does something to all objects of a kind. */
async function each(kind: Kind, world: World, act: (name: string) => Promise<void>): Promise<void> {
  await Promise.all(world.history.list(kind).map((object) => act(keyOf(object).name)));
}

function labelled(value: string): Resource & { readonly spec: object } {
  const { metadata, ...rest } = modelDeployment({ rollout: { minReady: '1s' } }, 'serve');
  return { ...rest, metadata: { ...metadata, labels: { [part]: value } } };
}

function foreignJob(name: string): Resource & { readonly spec: object } {
  const containers = [{ name: 'main', image: 'other' }];
  const spec = { suspend: true, template: { spec: { restartPolicy: 'Never', containers } } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec };
}

function foreignService(name: Key['name']): Resource & { readonly spec: object } {
  const spec = { selector: { app: 'other' }, ports: [{ port: 80 }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec };
}

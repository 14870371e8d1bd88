import type { IPod } from 'kubernetes-models/v1';
import type { IModelDeployment } from '../../../src/api/types.ts';
import { deployments, modelDeployments, podDisruptionBudgets, services } from '../../../src/api/kinds.ts';
import { type Kind, keyOf } from '../../../src/api/resource.ts';
import { answerTo } from '../../builders/requests.ts';
import { crashing, serving as ready } from '../../integration/faults/kubelet.ts';
import { modelDeployment } from '../../integration/objects.ts';
import type { World } from '../world.ts';
import type { Scenario, Step } from './scenario.ts';
import { rollingOut, served, servedStatus, settledOn } from './told.ts';
import { record, register } from './trained.ts';

type Spec = Partial<IModelDeployment['spec']>;

export const serves: Step = {
  title: 'let servers start',
  act: (world) => world.plays('serve', ready),
  until: () => true,
};

export const deploy = (spec: Spec = {}, until: Step['until'] = settledOn('serve', 'fraud-1')): Step => ({
  title: 'deploy',
  act: (world) =>
    world.create(modelDeployments, modelDeployment({ ...spec, rollout: { minReady: '1s', ...spec.rollout } }, 'serve')),
  until,
});

export const edit = (spec: object, until: Step['until'], title = 'edit the deployment'): Step => ({
  title,
  act: (world) => world.patch(modelDeployments, 'serve', { spec }),
  until,
});

const pinned = (name: string) => ({ model: { versionRef: { name } } });

export const steps = { steps: [{ weight: 50, hold: '1s' }] };
const analysed = { ...steps, analysis: [{ name: 'errors', errors: {}, max: 0.01, minSamples: 10 }] };

/** How Prometheus answers about 500 requests, of which this share are errors. */
const errors = (ratio: string) => (expression: string) =>
  answerTo(expression, { requests: 500, errors: Number(ratio) });

/** The second version answers, and half of its answers are errors. */
const failsInSecond = (world: World) => {
  world.deeds.isBroken = isOfSecond;
  world.answers(errors('0.5'));
};

const answer = (title: string, ratio: string): Step => ({
  title,
  act: (world) => world.answers(errors(ratio)),
  until: () => true,
});

/** Good news while the step of the candidate is young, and then no answer any more. */
const goodAtFirst = (world: World) => (expression: string) => {
  const since = Date.parse(servedStatus(world, 'serve').candidate?.weightSince ?? '');
  return Date.now() - since >= 1_500 ? 'Breaks' : errors('0.001')(expression);
};

export const rejected = (version: string) => (world: World) => {
  const { rejected: all = [], candidate } = servedStatus(world, 'serve');
  return candidate === undefined && all.some((revision) => revision.version === version);
};

export const isPodOf = (pod: IPod, version: string) =>
  pod.spec?.containers.some(({ env = [] }) =>
    env.some(({ name, value }) => name === 'FLYBALL_MODEL_VERSION' && value === version),
  ) === true;

export const isOfSecond = (pod: IPod) => isPodOf(pod, 'fraud-2');

export const hasReplicas = (count: number) => (world: World) => {
  const { readyReplicas, replicas } = servedStatus(world, 'serve');
  return readyReplicas === count && replicas === count;
};

const childKinds: readonly Kind[] = [deployments, services, podDisruptionBudgets];

export const serving: readonly Scenario[] = [
  { name: 'serve', steps: [serves, register(1), deploy()] },
  {
    name: 'roll-out',
    steps: [serves, register(1), deploy({ rollout: steps, replicas: 2 }), register(2, settledOn('serve', 'fraud-2'))],
  },
  {
    name: 'roll-out-analysed',
    steps: [
      serves,
      answer('let all requests succeed', '0.001'),
      register(1),
      deploy({ rollout: analysed, observe: {}, replicas: 2 }),
      register(2, settledOn('serve', 'fraud-2')),
    ],
  },
  {
    name: 'roll-out-bad',
    steps: [
      serves,
      { ...answer('let requests fail', '0.5'), act: failsInSecond },
      register(1),
      deploy({ rollout: analysed, observe: {}, replicas: 2 }),
      register(2, rejected('fraud-2')),
      { title: 'see the old version serve alone', until: settledOn('serve', 'fraud-1') },
    ],
  },
  {
    name: 'roll-out-blind',
    steps: [
      serves,
      answer('let Prometheus know nothing', 'NaN'),
      register(1),
      deploy({ rollout: analysed, observe: {}, replicas: 2 }),
      register(2, rollingOut('serve', 'NoData', 'PrometheusUnavailable', 'TooFewSamples')),
    ],
  },
  {
    // What was measured when a step began says nothing about its end.
    name: 'roll-out-lose-sight',
    steps: [
      serves,
      {
        title: 'let Prometheus break in the middle of a step',
        act: (world) => world.answers(goodAtFirst(world)),
        until: () => true,
      },
      register(1),
      deploy({ rollout: { ...analysed, steps: [{ weight: 50, hold: '3s' }] }, observe: {}, replicas: 2 }),
      register(2, rollingOut('serve', 'PrometheusUnavailable')),
      edit({ rollout: { analysis: null } }, settledOn('serve', 'fraud-2'), 'do without the analysis'),
    ],
  },
  {
    name: 'crash',
    steps: [
      {
        title: 'let the second version crash',
        act: (world) => {
          world.deeds.isBroken = isOfSecond;
          world.plays('serve', (pod) => (isOfSecond(pod) ? crashing(pod) : ready(pod)));
        },
        until: () => true,
      },
      register(1),
      deploy({ rollout: steps, replicas: 2 }),
      register(2, rejected('fraud-2')),
      { title: 'see the old version serve alone', until: settledOn('serve', 'fraud-1') },
      register(3, settledOn('serve', 'fraud-3')),
    ],
  },
  {
    // One pod: what serves is ended for the second version, which is no good, and comes back.
    name: 'in-its-place',
    steps: [
      {
        title: 'let the second version crash',
        act: (world) => {
          world.deeds.isBroken = isOfSecond;
          world.plays('serve', (pod) => (isOfSecond(pod) ? crashing(pod) : ready(pod)));
        },
        until: () => true,
      },
      register(1),
      deploy({ rollout: { surge: 'Never' } }),
      register(2, rejected('fraud-2')),
      { title: 'see the old version serve again', until: settledOn('serve', 'fraud-1') },
      register(3, settledOn('serve', 'fraud-3')),
    ],
  },
  {
    name: 'pin-and-back',
    steps: [
      serves,
      record(1),
      record(2),
      deploy(pinned('fraud-1')),
      edit(pinned('fraud-2'), settledOn('serve', 'fraud-2')),
      edit(pinned('fraud-1'), settledOn('serve', 'fraud-1'), 'edit the deployment back'),
    ],
  },
  {
    name: 'replace-candidate',
    steps: [
      serves,
      register(1),
      deploy({ rollout: { steps: [{ weight: 50, hold: '1h' }] }, replicas: 2 }),
      register(2, (world) => servedStatus(world, 'serve').candidate?.weightSince !== undefined),
      edit({ server: { image: 'example.com/serve:2' }, rollout: steps }, settledOn('serve', 'fraud-2')),
    ],
  },
  {
    name: 'scale',
    steps: [
      serves,
      register(1),
      deploy(),
      edit({ replicas: 3 }, hasReplicas(3), 'scale up'),
      edit(
        { replicas: 0 },
        (world) => hasReplicas(0)(world) && served('serve', 'ScaledToZero')(world),
        'scale to zero',
      ),
      edit({ replicas: 1 }, (world) => hasReplicas(1)(world) && served('serve', 'Serving')(world), 'scale up again'),
    ],
  },
  {
    name: 'delete-children',
    steps: [
      serves,
      register(1),
      deploy(),
      ...childKinds.map((kind): Step => {
        const before = new Set<string | undefined>();
        return {
          title: `delete the ${kind.plural}`,
          act: async (world) => {
            before.clear();
            for (const object of world.history.list(kind)) before.add(object.metadata?.uid);
            for (const object of world.history.list(kind)) await world.delete(kind, keyOf(object).name);
          },
          until: (world) => {
            const now = world.history.list(kind);
            const isNew = now.length === before.size && now.every(({ metadata }) => !before.has(metadata?.uid));
            return isNew && settledOn('serve', 'fraud-1')(world) && hasReplicas(1)(world);
          },
        };
      }),
    ],
  },
  {
    name: 'delete-serving',
    steps: [
      serves,
      register(1),
      deploy(),
      {
        title: 'delete the deployment',
        act: (world) => world.delete(modelDeployments, 'serve'),
        until: ({ history }) => childKinds.every((kind) => history.list(kind).length === 0),
      },
    ],
  },
];

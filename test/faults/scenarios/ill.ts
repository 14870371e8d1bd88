/** Scenarios in which a server works for a moment, or until it has taken over, or has a bad neighbour. */
import type { IPod } from 'kubernetes-models/v1';
import { uidOf } from '../../../src/api/resource.ts';
import { unready, crashing, serving as ready } from '../../integration/faults/kubelet.ts';
import { asksFor, injected } from '../injection.ts';
import type { World } from '../world.ts';
import type { Scenario, Step } from './scenario.ts';
import { deploy, edit, isOfSecond, rejected, serves } from './serving.ts';
import { servedStatus, settledOn } from './told.ts';
import { register } from './trained.ts';

const oldServer = 'example.com/serve:1';
const newServer = 'example.com/serve:2';

/** How long a pod is ready that is so for a moment, in milliseconds. */
const blink = 400;

const blinks = (pod: IPod) => isOfSecond(pod) && pod.spec?.containers.some(({ image }) => image === oldServer) === true;

/** Each pod is ready once. */
function blinkOnce(world: World): void {
  const seen = new Set<string>();
  world.deeds.isBroken = blinks;
  world.plays(
    'serve',
    (pod) => {
      if (!blinks(pod)) return ready(pod);
      const isFirst = !seen.has(uidOf(pod)) || pod.status?.phase === 'Pending';
      seen.add(uidOf(pod));
      return isFirst ? ready(pod) : unready(pod);
    },
    blink,
  );
}

const waitsFor = (version: string) => (world: World) => {
  const { candidate, stable } = servedStatus(world, 'serve');
  return candidate?.version === version && stable !== undefined && stable.version !== version;
};

/** The container beside the server crashes again and again. */
function besideCrashing(pod: IPod) {
  const status = ready(pod);
  const crashes = crashing(pod).containerStatuses?.find(({ name }) => name === injected);
  if (crashes === undefined) return status;
  const others = status.containerStatuses?.filter(({ name }) => name !== injected) ?? [];
  return { ...crashing(pod), containerStatuses: [...others, crashes] };
}

const hasCandidate = (world: World) => servedStatus(world, 'serve').candidate?.workloadUID !== undefined;

const alone: Step = { title: 'see the old version serve alone', until: settledOn('serve', 'fraud-1') };

export const ill: readonly Scenario[] = [
  {
    name: 'blink',
    steps: [
      { title: 'let the second version be ready for a moment', act: blinkOnce, until: () => true },
      register(1),
      deploy({ rollout: { minReady: '3s' }, replicas: 2 }),
      register(2, waitsFor('fraud-2')),
      edit({ server: { image: newServer } }, settledOn('serve', 'fraud-2'), 'mend the server'),
    ],
  },
  {
    name: 'crash-when-stable',
    steps: [
      serves,
      register(1),
      deploy({ replicas: 2 }),
      register(2, settledOn('serve', 'fraud-2')),
      {
        title: 'let the second version crash',
        act: (world) => world.plays('serve', (pod) => (isOfSecond(pod) ? crashing(pod) : ready(pod))),
        until: rejected('fraud-2'),
      },
      alone,
    ],
  },
  {
    name: 'neighbour-crashes',
    steps: [
      { title: 'let what is injected crash', act: (world) => world.plays('serve', besideCrashing), until: () => true },
      register(1),
      deploy(),
      edit({ server: { env: asksFor('beside') } }, hasCandidate, 'let something be injected'),
      edit({ server: { env: null } }, settledOn('serve', 'fraud-1'), 'do without it'),
    ],
  },
];

/** Scenarios in which what the cluster puts into pods fails or hangs. */
import type { IPod } from 'kubernetes-models/v1';
import { beside, results, waiting } from '../../builders/pod.ts';
import { asksFor, injected, type Injected } from '../injection.ts';
import type { PodStatus } from '../../integration/faults/kubelet.ts';
import type { Scenario, Step } from './scenario.ts';
import { isTold, run } from './told.ts';
import { create, edit, good, hasEnded, play } from './training.ts';

const startedAt = '2026-11-24T10:00:30Z';
const hangs = { running: { startedAt } };
const crashes = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' } };
const broken = { terminated: { exitCode: 3, reason: 'Error', message: 'no certificate for this workload' } };

const unbegun = waiting('PodInitializing');
const init = (state: typeof hangs | typeof broken): PodStatus => ({
  ...beside(unbegun, 'initContainerStatuses', injected, state),
  ...('terminated' in state && { phase: 'Failed' }),
});
const sidecar = beside(unbegun, 'initContainerStatuses', injected, crashes, { restartCount: 7, lastState: broken });
/** The container has ended well, and what was put beside it runs on. */
const outlived: PodStatus = {
  ...beside(results({ f1: 0.93 }, { model: { digest: 'sha256:one' } }), 'containerStatuses', injected, hangs, {
    ready: true,
  }),
  phase: 'Running',
};

const has = ({ spec }: IPod) =>
  [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].some(({ name }) => name === injected);

/** The pods that have what was injected fare like this, the others end well. */
const fares = (title: string, status: PodStatus): Step =>
  play(
    (pod) => (has(pod) ? status : good),
    () => true,
    title,
  );

const injects = (how: Injected, until: Step['until'] = isTold('fraud')) => create({ env: asksFor(how) }, until);

const mended = run('fraud', 'Registered');
/** An edit of the recipe, by which the pods do without. */
const goesWithout = edit({ env: [] }, mended, 'do without it');

export const injection: readonly Scenario[] = [
  {
    name: 'init-fails',
    steps: [
      fares('let what is injected fail', init(broken)),
      injects('init', (world) => hasEnded(world, 1)),
      goesWithout,
    ],
  },
  {
    name: 'init-hangs',
    steps: [fares('let what is injected hang', init(hangs)), injects('init'), goesWithout],
  },
  {
    name: 'sidecar-fails',
    steps: [
      fares('let the sidecar fail', sidecar),
      injects('sidecar'),
      { ...play(good, mended, 'let the sidecar work') },
    ],
  },
  {
    name: 'neighbour-outlives',
    steps: [
      fares('let what is injected run on', outlived),
      injects('beside'),
      { ...play(good, mended, 'let it end, too') },
    ],
  },
];

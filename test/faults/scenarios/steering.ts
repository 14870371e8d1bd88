/** Scenarios in which people hold a rollout, let it go on, or end it. */
import { modelDeployments } from '../../../src/api/kinds.ts';
import { findCondition } from '../../../src/api/condition.ts';
import type { World } from '../world.ts';
import type { Scenario, Step } from './scenario.ts';
import { deploy, edit, rejected, serves, steps } from './serving.ts';
import { servedStatus, settledOn } from './told.ts';
import { register } from './trained.ts';

const isSuspended = (reason: string) => (world: World) =>
  findCondition(servedStatus(world, 'serve').conditions, 'Suspended')?.reason === reason;

const candidateOf = (world: World) => servedStatus(world, 'serve').candidate?.revision;

/** What is written of the candidate in spec.rollout. */
const say = (field: 'approvedRevision' | 'abortedRevision', until: Step['until']): Step => ({
  title: `set spec.rollout.${field}`,
  act: (world) => world.patch(modelDeployments, 'serve', { spec: { rollout: { [field]: candidateOf(world) } } }),
  until,
});

const isHolding = (world: World) => servedStatus(world, 'serve').candidate?.weightSince !== undefined;

export const steering: readonly Scenario[] = [
  {
    name: 'approve',
    steps: [
      serves,
      register(1),
      deploy({ rollout: steps, replicas: 2 }),
      edit({ rollout: { approval: 'Required' } }, settledOn('serve', 'fraud-1'), 'let approval be required'),
      register(2, isSuspended('ApprovalRequired')),
      say('approvedRevision', settledOn('serve', 'fraud-2')),
      // Who approved one has not approved the next.
      register(3, isSuspended('ApprovalRequired')),
    ],
  },
  {
    name: 'pause',
    steps: [
      serves,
      register(1),
      deploy({ rollout: steps, replicas: 2 }),
      register(2, isHolding),
      edit({ rollout: { paused: true } }, isSuspended('Paused'), 'pause the rollout'),
      edit({ rollout: { paused: null } }, settledOn('serve', 'fraud-2'), 'let it go on'),
    ],
  },
  {
    name: 'abort',
    steps: [
      serves,
      register(1),
      deploy({ rollout: { steps: [{ weight: 50, hold: '1h' }] }, replicas: 2 }),
      register(2, isHolding),
      say('abortedRevision', rejected('fraud-2')),
      { title: 'see the old version serve alone', until: settledOn('serve', 'fraud-1') },
      {
        title: 'try it once more',
        act: (world) => {
          const rollout = { ...steps, abortedRevision: null, retryAt: new Date().toISOString() };
          return world.patch(modelDeployments, 'serve', { spec: { rollout } });
        },
        until: settledOn('serve', 'fraud-2'),
      },
    ],
  },
];

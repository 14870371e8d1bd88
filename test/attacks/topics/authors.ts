/** Who may only write runs and models gets more by them: labels, folders, Secrets and variables. */
import type { IJob } from 'kubernetes-models/batch/v1';
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
import { keyOf } from '../../../src/api/resource.ts';
import type { IModelVersion, ITrainingRun } from '../../../src/api/types.ts';
import { results, running } from '../../builders/pod.ts';
import { serving as ready } from '../../integration/faults/kubelet.ts';
import { modelDeployment, trainingRun } from '../../integration/objects.ts';
import type { Attack, Topic } from '../contract.ts';
import type { Scene } from '../scene.ts';
import { model, nothing, servedOf, serving, shop, stableOf } from '../victims.ts';
import { containersOf, expands } from './shown.ts';
import { createModels, createRuns, createsModel, createsRun, escape } from './authoring.ts';

const everyone = {
  'app.kubernetes.io/name': 'shop',
  'app.kubernetes.io/instance': 'shop',
  'app.kubernetes.io/part-of': 'shop',
  app: 'shop',
};
const secret = [{ name: 'PASSWORD', secretKeyRef: { name: 'database', key: 'password' } }];

/** A pod behind a Service of somebody else. */
const joinsShop = (scene: Scene) => {
  const found = scene.history
    .list<IPod>(pods)
    .find(
      ({ metadata }) => metadata?.labels?.['app.kubernetes.io/name'] === 'shop' || metadata?.labels?.['app'] === 'shop',
    );
  return found && `pod ${keyOf(found).name} is behind the Service shop`;
};

/** The results of the author's training. */
const reports =
  (status: Parameters<Scene['plays']>[1], spec: Parameters<typeof trainingRun>[0] = {}) =>
  async (scene: Scene) => {
    scene.plays('fraud', status);
    await createsRun({ output: { uri: 'pvc://models/fraud' }, ...spec })(scene);
  };

const attacks: readonly Attack[] = [
  {
    name: 'names a Secret in a run that they may not read',
    rights: createRuns,
    prepare: nothing,
    attempt: createsRun({ env: secret }),
    gain: 'a Job mounts it',
    gained: (scene) => (scene.history.list(jobs).length > 0 ? 'a Job is made' : undefined),
  },
  {
    name: 'names a Secret in a model that they may not read',
    rights: createModels,
    prepare: nothing,
    attempt: createsModel({ server: { image: 'example.com/serve:1', port: 8080, protocol: 'HTTP', env: secret } }),
    gain: 'a Deployment mounts it',
    gained: (scene) => (scene.history.list(deployments).length > 0 ? 'a Deployment is made' : undefined),
  },
  {
    name: "gives a run the labels by which another team's Service selects",
    rights: createRuns,
    prepare: async (scene) => {
      await shop(scene);
      scene.plays('fraud', running());
    },
    attempt: createsRun({}, { labels: everyone }),
    gain: 'its pod gets the requests of that Service',
    gained: joinsShop,
  },
  {
    name: "gives a model the labels by which another team's Service selects",
    rights: createModels,
    prepare: async (scene) => {
      await shop(scene);
      scene.plays('serve', ready);
    },
    attempt: createsModel({}, { labels: everyone }),
    gain: 'its pods get the requests of that Service',
    gained: joinsShop,
  },
  {
    name: "gives a run our own labels of somebody else's model",
    rights: createRuns,
    prepare: async (scene) => {
      await serving()(scene);
      scene.plays('fraud', running());
    },
    attempt: async (scene) => {
      const labels = { 'flyball.dev/model-deployment': 'serve', 'flyball.dev/revision': stableOf(scene) };
      await createsRun({}, { labels, annotations: labels })(scene);
    },
    gain: 'its pod gets the requests of that model',
    gained: (scene) => {
      const found = scene.history
        .list<IPod>(pods)
        .find(
          ({ metadata }) =>
            metadata?.labels?.['flyball.dev/training-run'] !== undefined &&
            metadata.labels['flyball.dev/model-deployment'] !== undefined,
        );
      return found && `pod ${keyOf(found).name} bears the label`;
    },
  },
  {
    name: "calls a run after the folder of everybody's outputs and puts its checkpoint there",
    rights: createRuns,
    prepare: nothing,
    attempt: createsRun(
      { checkpoint: { claimName: 'models' }, output: { uri: 'pvc://models/models' } },
      { name: 'models' },
    ),
    gain: 'it writes over the outputs of others',
    gained: (scene) => {
      const mounts = scene.history
        .list<IJob>(jobs)
        .flatMap(({ spec }) => spec?.template.spec?.containers[0]?.volumeMounts ?? []);
      const found = mounts.find(
        ({ subPath, readOnly }) => readOnly !== true && (subPath === undefined || !/[0-9a-f-]{36}/.test(subPath)),
      );
      return found && `it writes to ${found.subPath ?? 'the whole claim'}`;
    },
  },
  {
    name: 'climbs out of a claim by the path of an output',
    rights: createRuns,
    prepare: nothing,
    attempt: createsRun({ output: { uri: 'pvc://models/../../etc' } }),
    gain: 'it writes where it may not',
    gained: (scene) => (scene.history.list(jobs).length > 0 ? 'a Job is made' : undefined),
    refusedBy: 'Schema',
  },
  {
    name: 'writes $(PASSWORD) into parameters, source and the digest of a dataset',
    rights: createRuns,
    prepare: nothing,
    attempt: createsRun({
      parameters: { note: '$(PASSWORD) $$(PASSWORD) $$$(PASSWORD)' },
      source: { repository: 'https://example.com/a', revision: '$(PASSWORD)' },
      datasets: [{ name: 'train', uri: 'pvc://data/train' }],
    } as never),
    gain: 'the kubelet puts the value of another variable there',
    gained: expands,
  },
  {
    name: 'reports the digest $(DATABASE_PASSWORD), which a server of others is given',
    rights: createRuns,
    prepare: async (scene) => {
      scene.plays('serve', ready);
      await scene.create(modelDeployments, {
        metadata: { name: 'serve' },
        spec: { ...modelDeployment().spec, observe: {} },
      } as object);
    },
    attempt: reports(results({ f1: 0.9 }, { model: { digest: '$(DATABASE_PASSWORD)' } })),
    gain: 'the kubelet puts the value of another variable there',
    gained: (scene) =>
      expands(scene) ??
      scene.history
        .list<IModelVersion>(modelVersions)
        .map(({ spec }) => spec.digest)
        .find((found) => found?.includes('$')),
    patience: 4_000,
  },
  {
    name: 'gives a server a signal whose name the kubelet would expand',
    rights: createModels,
    prepare: async (scene) => {
      scene.plays('serve', ready);
      return Promise.resolve();
    },
    attempt: createsModel({
      observe: { signals: [{ name: 'amount', from: 'Request', pointer: '/$(PASSWORD)/0', type: 'Number' }] },
    }),
    gain: 'the kubelet puts the value of another variable there',
    gained: (scene) => {
      const found = containersOf(scene)
        .flatMap(({ env = [] }) => env)
        .find(({ name, value = '' }) => name === 'FLYBALL_OBSERVER' && /(^|[^$])(\$\$)*\$\(/.test(value));
      return found && 'FLYBALL_OBSERVER is expanded';
    },
  },
  {
    name: 'writes a status into a new run: an attempt that was registered, with words that a terminal obeys',
    rights: createRuns,
    prepare: async (scene) => {
      scene.plays('fraud', running());
      return Promise.resolve();
    },
    attempt: async (scene) => {
      const status = { latestAttempt: 'fraud-9', metric: escape };
      await scene.attacker.create(trainingRuns, { ...trainingRun(), metadata: { name: 'fraud' }, status });
    },
    gain: 'status says so',
    gained: (scene) =>
      scene.history.changes.some(({ object }) =>
        JSON.stringify((object as ITrainingRun).status ?? {}).includes('fraud-9'),
      )
        ? 'status tells of fraud-9'
        : undefined,
  },
  {
    name: "makes a model by the name of a candidate's Service",
    rights: createModels,
    prepare: async (scene) => {
      await serving()(scene);
    },
    attempt: async (scene) => {
      scene.plays(`serve-${stableOf(scene)}`, ready);
      const { spec } = modelDeployment({ model });
      await scene.attacker.create(modelDeployments, { metadata: { name: `serve-${stableOf(scene)}` }, spec });
    },
    gain: "status of the new model sends its clients to the old one, or it takes the old one's Service",
    gained: (scene) => {
      const { url } = servedOf(scene, `serve-${stableOf(scene)}`)?.status ?? {};
      const service = scene.history.get<IService>(services, `serve-${stableOf(scene)}`);
      const isOld = service?.spec?.selector?.['flyball.dev/model-deployment'] === 'serve';
      return url !== undefined && isOld ? `status.url is ${url}, which is the other model's Service` : undefined;
    },
    patience: 4_000,
  },
];

export const authors: Topic = { name: 'Runs and models of one author', attacks };

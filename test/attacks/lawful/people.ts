/** What people do by hand and by GitOps. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import {
  deployments,
  jobs,
  modelDeployments,
  modelVersions,
  monitors,
  pods,
  services,
  trainingRuns,
} from '../../../src/api/kinds.ts';
import { answerTo } from '../../builders/requests.ts';
import { running } from '../../builders/pod.ts';
import { serving as ready } from '../../integration/faults/kubelet.ts';
import { digest, modelDeployment, modelVersion, monitor, trainingRun } from '../../integration/objects.ts';
import type { Deed } from '../contract.ts';
import { replicaSets } from '../kinds.ts';
import { may } from '../rights.ts';
import type { Scene } from '../scene.ts';
import {
  all,
  endsWell,
  fresh,
  inTraining,
  isServing,
  model,
  nothing,
  podsOf,
  registered,
  rollingOut,
  runOf,
  servedOf,
  serving,
  stableOf,
  verdictOf,
} from '../victims.ts';
import { isContent } from './clusters.ts';

const whole = (...kinds: Parameters<typeof may>[1][]) =>
  kinds.flatMap((kind) => ['create', 'patch', 'delete'].map((verb) => may(verb, kind)));
/** What people have of their own, which nobody else's selector finds. */
const own = (app: string, spec: object) => ({
  metadata: { name: app, labels: { app, 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/name': app } },
  spec,
});
const containers = [{ name: 'main', image: 'example.com/own:1' }];
const replicated = (app: string) =>
  own(app, {
    replicas: 1,
    selector: { matchLabels: { app } },
    template: { metadata: { labels: { app } }, spec: { containers } },
  });

const requests = (scene: Scene) => {
  scene.answers((expression) => answerTo(expression, { requests: 500, latency: 1 }));
  return Promise.resolve();
};
const slow = { name: 'slow', latency: { quantile: 0.5 }, max: 0.1, window: '1s', minSamples: 1 };
const watch = (spec: object) => ({
  ...monitor({ modelDeploymentRef: { name: 'serve' }, checks: [slow], interval: '5s', ...spec } as never),
  metadata: { name: 'watch' },
});

export const people: readonly Deed[] = [
  {
    name: 'GitOps applies a run and a model again and again, with its labels and annotations',
    rights: whole(trainingRuns, modelDeployments),
    prepare: (scene) => {
      scene.plays('fraud', running());
      scene.plays('serve', ready);
      return Promise.resolve();
    },
    act: async (scene) => {
      const labels = { 'app.kubernetes.io/instance': 'fraud', 'app.kubernetes.io/name': 'fraud' };
      const annotations = { 'argocd.argoproj.io/tracking-id': 'fraud:flyball.dev/TrainingRun:team/fraud' };
      const spec = { output: { uri: 'pvc://models/fraud' } };
      for (const query of ['dryRun=All', '', 'dryRun=All', '']) {
        const run = { ...trainingRun(spec), metadata: { name: 'fraud', labels, annotations } };
        const deployment = {
          ...modelDeployment({ rollout: { minReady: '1s' } }),
          metadata: { name: 'serve', labels, annotations },
        };
        await scene.attacker.patch(trainingRuns, 'fraud', run, { type: 'apply', query });
        await scene.attacker.patch(modelDeployments, 'serve', deployment, { type: 'apply', query });
      }
      await endsWell(scene);
    },
    works: (scene) =>
      isContent(scene) && runOf(scene)?.status?.attempts?.length === 1 && runOf(scene)?.metadata?.generation === 1,
  },
  {
    name: 'somebody has Jobs, Deployments, ReplicaSets, Services and pods of their own',
    rights: whole(jobs, deployments, replicaSets, services, pods),
    prepare: nothing,
    act: async (scene) => {
      const somebody = scene.attacker;
      await somebody.create(jobs, own('job', { template: { spec: { restartPolicy: 'Never', containers } } }));
      await somebody.create(deployments, replicated('server'));
      await somebody.create(replicaSets, replicated('set'));
      await somebody.create(services, own('service', { selector: { app: 'server' }, ports: [{ port: 80 }] }));
      await somebody.create(pods, own('pod', { containers }));
      await somebody.patch(jobs, 'job', { metadata: { labels: { team: 'a' } } });
      await somebody.patch(pods, 'pod', { metadata: { labels: { 'app.kubernetes.io/managed-by': 'somebody' } } });
    },
    works: (scene) => scene.history.list(pods).length === 4,
  },
  {
    name: 'somebody restarts what serves, with kubectl rollout restart',
    rights: [may('patch', deployments)],
    prepare: serving(),
    act: async (scene) => {
      const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-11-24T10:00:00Z' };
      await scene.attacker.patch(deployments, `serve-${stableOf(scene)}`, {
        spec: { template: { metadata: { annotations } } },
      });
    },
    works: (scene) => {
      const restarted = podsOf(scene, 'serve').filter(
        ({ metadata }) => metadata?.annotations?.['kubectl.kubernetes.io/restartedAt'] !== undefined,
      );
      return isContent(scene) && restarted.length === 1 && podsOf(scene, 'serve').length === 1;
    },
  },
  {
    name: 'an autoscaler scales the model by its subresource scale',
    rights: [may('patch', modelDeployments, { below: 'scale' })],
    prepare: serving(),
    act: async (scene) => {
      await scene.attacker.patch(modelDeployments, 'serve', { spec: { replicas: 2 } }, { subresource: 'scale' });
    },
    works: (scene) => isContent(scene) && servedOf(scene)?.status?.readyReplicas === 2,
  },
  {
    name: 'somebody scales a Deployment of the operator, which sets it right',
    rights: [may('patch', deployments, { below: 'scale' })],
    prepare: serving(),
    act: async (scene) => {
      await scene.attacker.patch(
        deployments,
        `serve-${stableOf(scene)}`,
        { spec: { replicas: 3 } },
        { subresource: 'scale' },
      );
    },
    works: (scene) =>
      isContent(scene) && scene.history.get<IDeployment>(deployments, `serve-${stableOf(scene)}`)?.spec?.replicas === 1,
  },
  {
    name: "somebody labels and annotates the operator's objects with their own",
    rights: [may('patch', jobs), may('patch', deployments), may('patch', services), may('patch', pods)],
    prepare: all(inTraining(), serving()),
    act: async (scene) => {
      const metadata = { labels: { team: 'a', app: 'fraud' }, annotations: { 'example.com/note': 'ours' } };
      await scene.attacker.patch(jobs, 'fraud-1-train', { metadata });
      await scene.attacker.patch(deployments, `serve-${stableOf(scene)}`, { metadata });
      await scene.attacker.patch(services, 'serve', { metadata });
      for (const pod of [...podsOf(scene, 'fraud'), ...podsOf(scene, 'serve')])
        await scene.attacker.patch(pods, pod.metadata?.name ?? '', { metadata });
      await endsWell(scene);
    },
    works: (scene) => isContent(scene) && verdictOf(scene) === 'Registered',
  },
  {
    name: 'somebody who may restore puts a version back from a backup, and an author pins it',
    rights: [may('create', modelVersions), may('restore', modelVersions), may('create', modelDeployments)],
    prepare: (scene) => {
      scene.plays('serve', ready);
      return Promise.resolve();
    },
    act: async (scene) => {
      const version = {
        ...modelVersion({ number: 4, uri: 'pvc://models/fraud/fraud-4', digest }),
        metadata: { name: 'fraud-4' },
      };
      await scene.attacker.create(modelVersions, version);
      const { spec } = modelDeployment({ model: { versionRef: { name: 'fraud-4' } }, rollout: { minReady: '1s' } });
      await scene.attacker.create(modelDeployments, { metadata: { name: 'serve' }, spec });
    },
    works: (scene) => isServing(scene)() && servedOf(scene)?.status?.stable?.version === 'fraud-4',
  },
  {
    name: 'an author of a model makes a Monitor that rolls it back',
    rights: [may('create', monitors), may('patch', modelDeployments)],
    prepare: all(requests, fresh({ observe: {} })),
    act: async (scene) => {
      await scene.attacker.create(monitors, watch({ rollback: { onChecks: ['slow'] } }));
    },
    works: (scene) => servedOf(scene)?.status?.rejected?.length === 1,
  },
  {
    name: 'an author of a run and a model makes a Monitor that has the run train',
    rights: [may('create', monitors), may('patch', trainingRuns), may('patch', modelDeployments)],
    prepare: all(requests, serving({ observe: {} }), registered),
    act: async (scene) => {
      await scene.attacker.create(
        monitors,
        watch({ retrain: { trainingRunRef: { name: 'fraud' }, onChecks: ['slow'], cooldown: '1m' } }),
      );
    },
    works: (scene) => runOf(scene)?.status?.attempts?.length === 2,
  },
  {
    name: 'somebody who may not do any of that makes a Monitor that only looks',
    rights: [may('create', monitors)],
    prepare: all(requests, serving({ observe: {} })),
    act: async (scene) => {
      await scene.attacker.create(monitors, watch({}));
    },
    works: (scene) => JSON.stringify(scene.history.list(monitors)).includes('"verdict":"Failing"'),
  },
  {
    name: 'whoever may approve approves a candidate',
    rights: [may('patch', modelDeployments), may('approve', modelDeployments)],
    prepare: async (scene) => {
      await rollingOut(scene);
      await scene.patch(modelDeployments, 'serve', { spec: { rollout: { approval: 'Required', steps: [] } } });
    },
    act: async (scene) => {
      const revision = servedOf(scene)?.status?.candidate?.revision;
      await scene.attacker.patch(modelDeployments, 'serve', { spec: { rollout: { approvedRevision: revision } } });
    },
    works: (scene) => isContent(scene) && servedOf(scene)?.status?.previous !== undefined,
  },
  {
    name: 'somebody debugs the pod that trains with a container of theirs',
    rights: [may('patch', pods, { below: 'ephemeralcontainers' })],
    prepare: inTraining(),
    act: async (scene) => {
      const name = podsOf(scene, 'fraud')[0]?.metadata?.name ?? '';
      const ephemeralContainers = [{ name: 'debugger', image: 'example.com/debug:1', targetContainerName: 'main' }];
      await scene.attacker.patch(pods, name, { spec: { ephemeralContainers } }, { subresource: 'ephemeralcontainers' });
      await endsWell(scene);
    },
    works: (scene) => verdictOf(scene) === 'Registered',
  },
  {
    name: 'an author serves a model of their own by its URI',
    rights: [may('create', modelDeployments)],
    prepare: (scene) => {
      scene.plays('serve', ready);
      return Promise.resolve();
    },
    act: async (scene) => {
      const { spec } = modelDeployment({ model, rollout: { minReady: '1s' } });
      await scene.attacker.create(modelDeployments, { metadata: { name: 'serve' }, spec });
    },
    works: isContent,
  },
];

/** Who may only write runs and models gets more by what a pod may be asked for: Secrets, accounts, places, other people's Services. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPodSpec } from 'kubernetes-models/v1';
import { deployments, jobs, modelDeployments, trainingRuns } from '../../../src/api/kinds.ts';
import { running } from '../../builders/pod.ts';
import { serving as ready } from '../../integration/faults/kubelet.ts';
import { trainingRun } from '../../integration/objects.ts';
import { naming, sixteen } from '../../integration/admission/naming.ts';
import type { Attack, Topic } from '../contract.ts';
import { may, type Right } from '../rights.ts';
import { evil, type Scene } from '../scene.ts';
import { serving, shop } from '../victims.ts';
import { createModels, createRuns, createsModel, createsRun } from './authoring.ts';

/** Something that a container and its pod ask for, as a clause after "names" or the like. */
interface Asked {
  readonly what: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly gain: string;
}

const pod = (options: object) => ({ pod: options });
const volume = (source: object) => pod({ volumes: [{ name: 'data', mountPath: '/data', ...source }] });
const away = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'shop' } }, topologyKey: 'kubernetes.io/hostname' },
    ],
  },
};

const secrets: readonly Asked[] = Object.entries(naming).map(([field, { options }]) => ({
  what: `names a Secret that they may not read by ${field}`,
  options: options('database'),
  gain: 'a pod gets it',
}));

const others: readonly Asked[] = [
  {
    what: 'names more Secrets than are looked up',
    options: {
      env: sixteen.map((name, index) => ({ name: `VARIABLE_${index}`, secretKeyRef: { name, key: 'token' } })),
      ...naming['pod.volumes[].secret']?.options('database'),
    },
    gain: 'a pod gets the last one',
  },
  {
    what: 'names a ServiceAccount of others',
    options: pod({ serviceAccountName: 'admin' }),
    gain: 'a pod has its role in a cloud',
  },
  {
    what: 'has the token of a ServiceAccount of others mounted',
    options: pod({ serviceAccountName: 'admin', automountServiceAccountToken: true }),
    gain: 'a pod has its rights',
  },
  {
    what: 'has the token of the ServiceAccount default mounted',
    options: pod({ serviceAccountName: 'default', automountServiceAccountToken: true }),
    gain: 'a pod has its rights',
  },
  { what: 'names a priority', options: pod({ priorityClassName: 'high' }), gain: 'pods of others make way' },
  { what: 'names a scheduler', options: pod({ schedulerName: 'mine' }), gain: 'it places a pod where no other may be' },
  { what: 'names a runtime', options: pod({ runtimeClassName: 'lax' }), gain: 'a pod is isolated less' },
  {
    what: 'tolerates the taint of the nodes of another team',
    options: pod({ tolerations: [{ key: 'team', operator: 'Equal', value: 'b', effect: 'NoSchedule' }] }),
    gain: 'a pod is placed there',
  },
  {
    what: 'tolerates every taint',
    options: pod({ tolerations: [{ operator: 'Exists' }] }),
    gain: 'a pod is placed with the control plane',
  },
  { what: 'mounts a driver', options: volume({ csi: { driver: 'vault.example.com' } }), gain: 'it gives what it has' },
  {
    what: 'mounts a ConfigMap that they may not read',
    options: volume({ configMap: { name: 'database' } }),
    gain: 'a pod reads it',
  },
  {
    what: 'takes variables from a ConfigMap that they may not read',
    options: { envFrom: [{ configMapRef: { name: 'database' } }] },
    gain: 'a pod reads it',
  },
  {
    what: "bears the label by which another team's Service selects",
    options: pod({ labels: { team: 'a', 'app.kubernetes.io/name': 'shop' } }),
    gain: 'its pods get the requests of that Service',
  },
  {
    what: 'bears an annotation that attaches the network of others',
    options: pod({ annotations: { 'k8s.v1.cni.cncf.io/networks': 'storage' } }),
    gain: 'a pod is on that network',
  },
  {
    what: 'bears an annotation that gives a role of a cloud',
    options: pod({ annotations: { 'iam.amazonaws.com/role': 'admin' } }),
    gain: 'a pod has it',
  },
  {
    what: 'keeps the pods of another team away from its nodes',
    options: pod({ affinity: away }),
    gain: 'theirs find no place',
  },
];

const specsOf = (scene: Scene): readonly IPodSpec[] =>
  [...scene.history.list<IJob>(jobs), ...scene.history.list<IDeployment>(deployments)].flatMap(({ spec }) =>
    spec?.template.spec === undefined ? [] : [spec.template.spec],
  );
const anyIsMade = (scene: Scene) => (specsOf(scene).length > 0 ? 'a pod is asked for with it' : undefined);
const evilIsMade = (scene: Scene) =>
  specsOf(scene).some(({ containers }) => containers.some(({ image }) => image === evil))
    ? 'a pod is asked for with it'
    : undefined;

const plays = async (scene: Scene) => {
  await shop(scene);
  scene.plays('fraud', running());
  scene.plays('serve', ready);
};

const byOneAuthor = ({ what, options, gain }: Asked): readonly Attack[] => [
  {
    name: `${what}, for a run`,
    rights: createRuns,
    prepare: plays,
    attempt: createsRun(options),
    gain,
    gained: anyIsMade,
  },
  {
    name: `${what}, for a model`,
    rights: createModels,
    prepare: plays,
    attempt: createsModel({
      server: { image: 'example.com/serve:1', port: 8080, protocol: 'HTTP', ...options },
    }),
    gain,
    gained: anyIsMade,
  },
];

/** What a colleague with more rights wrote, and somebody edits who may only edit. */
const byTwoAuthors = ({ what, options, gain }: Asked): readonly Attack[] => [
  {
    name: `has another image run in a run of a colleague that ${what}`,
    rights: [may('patch', trainingRuns)],
    prepare: async (scene) => {
      // An edit takes the place of what never ran.
      await scene.create(trainingRuns, { ...trainingRun(options), metadata: { name: 'fraud' } });
      await scene.until('its Job is made', () => specsOf(scene).length > 0);
    },
    attempt: async (scene) => {
      await scene.attacker.patch(trainingRuns, 'fraud', { spec: { image: evil } });
    },
    gain,
    gained: evilIsMade,
  },
  {
    name: `has another image serve in a model of a colleague that ${what}`,
    rights: [may('patch', modelDeployments)],
    prepare: async (scene) => {
      await plays(scene);
      await serving({ server: { image: 'example.com/serve:1', port: 8080, protocol: 'HTTP', ...options } })(scene);
    },
    attempt: async (scene) => {
      await scene.attacker.patch(modelDeployments, 'serve', { spec: { server: { image: evil } } });
    },
    gain,
    gained: evilIsMade,
  },
];

const named = (verb: string, plural: string, name: string): Right => ({ apiGroup: '', resource: plural, verb, name });

/** Each of two people has half of what a run asks for. */
const together: Attack = {
  name: 'adds a Secret of its own to a run that a colleague has act as a ServiceAccount',
  rights: [may('patch', trainingRuns), named('get', 'secrets', 'mine')],
  prepare: async (scene) => {
    const rights = [...createRuns, named('impersonate', 'serviceaccounts', 'trainer')];
    const colleague = await scene.alsoFor({ user: `colleague-of-${scene.namespace}` }, rights);
    await colleague.create(trainingRuns, {
      ...trainingRun({ pod: { serviceAccountName: 'trainer' } }),
      metadata: { name: 'fraud' },
    });
    await scene.until('its Job is made', () => specsOf(scene).length > 0);
  },
  attempt: async (scene) => {
    const spec = { image: evil, envFrom: [{ secretRef: { name: 'mine' } }] };
    await scene.attacker.patch(trainingRuns, 'fraud', { spec });
  },
  gain: 'its image acts as the account',
  gained: evilIsMade,
};

const reusable = others.filter(({ what }) => /ServiceAccount of others$|scheduler|every taint|label/.test(what));

export const podOptions: Topic = {
  name: 'Options of a pod, by who may not create what they are of',
  attacks: [...[...secrets, ...others].flatMap(byOneAuthor), ...reusable.flatMap(byTwoAuthors), together],
};

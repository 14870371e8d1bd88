/** Who may write ModelVersions writes the registry. Roles give nobody that right; here somebody has it all the same. */
import { modelVersions } from '../../../src/api/kinds.ts';
import { label, managedBy } from '../../../src/api/labels.ts';
import { digest, modelVersion } from '../../integration/objects.ts';
import { type Attack, type Topic, onlyByPolicy } from '../contract.ts';
import { may } from '../rights.ts';
import { type Scene } from '../scene.ts';
import {
  endsWell,
  following,
  inTraining,
  jobOf,
  registered,
  runOf,
  servedOf,
  verdictOf,
  versionOf,
} from '../victims.ts';
import { runsAgain, doesNotRunAgain } from './evidence.ts';

const createVersions = [may('create', modelVersions)];
const patchVersions = [may('patch', modelVersions)];

const forged = (scene: Scene, number: number, spec: Parameters<typeof modelVersion>[0] = {}) => ({
  ...modelVersion({
    number,
    trainingRun: 'fraud',
    trainingRunUID: runOf(scene)?.metadata?.uid ?? '',
    uri: 'pvc://models/evil',
    digest: `sha256:${'e'.repeat(64)}`,
    metrics: { f1: '0.999' },
    ...spec,
  }),
  metadata: { name: `fraud-${number}`, labels: { [label.managedBy]: managedBy, [label.trainingRun]: 'fraud' } },
});

const forges =
  (number: number, spec: (scene: Scene) => Parameters<typeof modelVersion>[0] = () => ({})) =>
  async (scene: Scene) => {
    await scene.attacker.create(modelVersions, forged(scene, number, spec(scene)));
  };

const serves = (scene: Scene) => {
  const { stable, candidate } = servedOf(scene)?.status ?? {};
  const found = [stable, candidate].find((one) => one?.uri?.includes('evil'));
  return found && `${found.version} at ${found.uri} is served`;
};

const attacks: readonly Attack[] = [
  {
    name: 'registers a version of a run that a model follows',
    rights: createVersions,
    prepare: following,
    attempt: forges(2),
    gain: 'it is served',
    gained: serves,
    patience: 5_000,
  },
  {
    name: 'registers version 999999 of a run',
    rights: createVersions,
    prepare: following,
    attempt: forges(999_999),
    aftermath: runsAgain,
    gain: 'the run trains no more, or the version is served',
    gained: serves,
    lost: doesNotRunAgain,
    patience: 3_000,
  },
  {
    name: 'registers the version of an attempt that still trains, with the UID of its Job',
    rights: createVersions,
    prepare: inTraining(),
    attempt: forges(1, (scene) => ({ attemptUID: jobOf(scene)?.metadata?.uid ?? '' })),
    gain: 'the attempt counts as registered with f1 0.999',
    gained: (scene) => (verdictOf(scene) === 'Registered' ? 'attempt fraud-1 is Registered' : undefined),
    patience: 4_000,
  },
  {
    name: 'registers a version that answers all that is asked until the year 2999',
    rights: createVersions,
    prepare: registered,
    attempt: forges(2, () => ({ coversUntil: '2999-01-01T00:00:00Z' })),
    aftermath: async (scene) => {
      await scene.history.until(() => false, 1_000);
      await scene.delete(modelVersions, 'fraud-2');
      await runsAgain(scene);
    },
    gain: 'the run trains no more',
    lost: (scene) => ((runOf(scene)?.status?.attempts?.length ?? 0) > 1 ? undefined : doesNotRunAgain(scene)),
  },
  {
    name: 'registers a version that becomes the champion of the gate',
    rights: createVersions,
    prepare: async (scene) => {
      await registered(scene);
      const gate = [{ metric: 'f1', against: 'Champion', maxDecrease: 0.01 }];
      await scene.patch({ apiVersion: 'flyball.dev/v1alpha1', kind: 'TrainingRun', plural: 'trainingruns' }, 'fraud', {
        spec: { gate },
      });
    },
    attempt: forges(2, (scene) => ({
      image: 'example.com/train:1',
      recipeDigest: runOf(scene)?.status?.attempts?.[0]?.recipeDigest ?? 'none',
    })),
    aftermath: async (scene) => {
      await endsWell(scene);
      await runsAgain(scene);
    },
    gain: 'no honest model passes any more',
    gained: (scene) => {
      const found = runOf(scene)?.status?.attempts?.find(({ champion }) => champion === 'fraud-2');
      const compared = found ?? jobsChampion(scene);
      return compared && 'the next attempt is compared with it';
    },
    patience: 4_000,
  },
  {
    name: 'registers a version whose digest the kubelet would expand and a terminal obey',
    rights: createVersions,
    prepare: following,
    attempt: forges(2, () => ({ digest: '$(DATABASE_PASSWORD)\u001b]0;owned\u0007' })),
    gain: 'it reaches a server and status',
    gained: (scene) => (versionOf(scene, 'fraud-2') === undefined ? undefined : 'the registry has it'),
    refusedBy: 'Schema',
  },
  {
    name: 'registers a version with ten thousand metrics of long names',
    rights: createVersions,
    prepare: registered,
    attempt: forges(2, () => ({
      metrics: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`${'m'.repeat(100)}${index}`, '1'])),
    })),
    gain: 'what reads it chokes on it',
    gained: (scene) => (versionOf(scene, 'fraud-2') === undefined ? undefined : 'the registry has it'),
    refusedBy: 'Schema',
  },
  {
    name: 'registers a version with one metric whose name has 100,000 characters',
    rights: createVersions,
    prepare: registered,
    attempt: forges(2, () => ({ metrics: { ['m'.repeat(100_000)]: '1' } })),
    gain: 'what reads it chokes on it',
    gained: (scene) => (versionOf(scene, 'fraud-2') === undefined ? undefined : 'the registry has it'),
    refusedBy: 'Schema',
  },
  {
    name: 'registers a version whose profile has a category with control characters',
    rights: createVersions,
    prepare: registered,
    attempt: forges(2, () => ({ profile: { country: { categories: { '\u001b[31mDE': '0.5', Other: '0.5' } } } })),
    gain: 'it reaches the terminals of readers',
    gained: (scene) => (versionOf(scene, 'fraud-2') === undefined ? undefined : 'the registry has it'),
    refusedBy: 'Schema',
  },
  {
    name: 'changes the metrics of a version',
    rights: patchVersions,
    prepare: registered,
    attempt: async (scene) => {
      await scene.attacker.patch(modelVersions, 'fraud-1', { spec: { metrics: { f1: '0.999' } } });
    },
    gain: 'the registry says what was not measured',
    gained: (scene) => (versionOf(scene)?.spec.metrics?.['f1'] === '0.999' ? 'f1 is 0.999' : undefined),
    refusedBy: 'Schema',
  },
  {
    name: 'gives a version the label of another run',
    rights: patchVersions,
    prepare: registered,
    attempt: async (scene) => {
      await scene.attacker.patch(modelVersions, 'fraud-1', { metadata: { labels: { [label.trainingRun]: 'other' } } });
    },
    gain: 'who looks for the versions of a run by label does not find it',
    gained: (scene) =>
      versionOf(scene)?.metadata?.labels?.[label.trainingRun] === 'other' ? 'it bears the other label' : undefined,
    ...onlyByPolicy,
  },
  {
    name: 'gives a version an owner that there is not',
    rights: patchVersions,
    prepare: registered,
    attempt: async (scene) => {
      const ownerReferences = [
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', uid: '00000000-0000-4000-8000-000000000000' },
      ];
      await scene.attacker.patch(modelVersions, 'fraud-1', { metadata: { ownerReferences } });
    },
    gain: 'the garbage collector deletes it for somebody who may not delete',
    gained: (scene) => (versionOf(scene) === undefined ? 'the version is deleted' : undefined),
    ...onlyByPolicy,
    patience: 4_000,
  },
  {
    name: 'puts a version there by server-side apply',
    rights: [...createVersions, ...patchVersions],
    prepare: following,
    attempt: async (scene) => {
      await scene.attacker.patch(modelVersions, 'fraud-2', forged(scene, 2), { type: 'apply' });
    },
    gain: 'it is served',
    gained: serves,
    patience: 5_000,
  },
  {
    name: 'registers a version without labels of a run that a model follows',
    rights: createVersions,
    prepare: following,
    attempt: async (scene) => {
      await scene.attacker.create(modelVersions, { ...forged(scene, 2), metadata: { name: 'fraud-2' } });
    },
    gain: 'it is served',
    gained: serves,
    patience: 5_000,
  },
  {
    name: 'registers a version of the model that serves with another profile, under the digest that is known',
    rights: createVersions,
    prepare: following,
    attempt: forges(2, () => ({ digest, uri: 'pvc://models/evil' })),
    gain: 'it is served',
    gained: serves,
    patience: 5_000,
  },
];

function jobsChampion(scene: Scene): string | undefined {
  const job = jobOf(scene, 'fraud-2-train') ?? jobOf(scene, 'fraud-3-train');
  const text = JSON.stringify(job?.metadata?.annotations ?? {});
  return text.includes('\\"champion\\":{\\"name\\":\\"fraud-2\\"') ? 'fraud-2' : undefined;
}

export const versions: Topic = { name: 'The registry', attacks };

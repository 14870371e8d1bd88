/** What nobody may do who has the roles that the chart extends: write what the operator writes. */
import { modelDeployments, modelVersions, monitors, trainingRuns } from '../../../src/api/kinds.ts';
import type { Kind } from '../../../src/api/resource.ts';
import { modelVersion } from '../../integration/objects.ts';
import type { Attack, Topic } from '../contract.ts';
import type { Person } from '../person.ts';
import { type Scene } from '../scene.ts';
import { following, registered, servedOf, serving, versionOf } from '../victims.ts';

/** Somebody to whom an administrator gave a role in the namespace, as people are given `edit` and `admin`. */
const withRole =
  (role: 'view' | 'edit' | 'admin', act: (person: Person, scene: Scene) => Promise<void>) => async (scene: Scene) => {
    const person = await scene.withRole(role);
    await act(person, scene);
    scene.attacker.answers.push(...person.answers);
  };

const statusOf = (
  kind: Kind,
  name: string,
  role: 'edit' | 'admin',
  prepare: Attack['prepare'],
  status: object,
): Attack => ({
  name: `has the role ${role} and patches the status of a ${kind.kind}`,
  rights: [],
  prepare,
  attempt: withRole(role, async (person) => {
    await person.patch(kind, name, { status }, { subresource: 'status' });
  }),
  gain: 'status says what the operator never said',
  gained: (scene) => {
    const found = scene.history.changes.find(({ object }) =>
      JSON.stringify((object as { status?: unknown }).status ?? {}).includes('Forged'),
    );
    return found && `status of ${found.object.metadata?.name} has it`;
  },
  refusedBy: 'Rights',
});

const condition = {
  type: 'Ready',
  status: 'True',
  reason: 'Forged',
  message: 'Forged',
  lastTransitionTime: '2026-11-24T10:00:00Z',
};
const conditions = { conditions: [condition] };

const attacks: readonly Attack[] = [
  statusOf(trainingRuns, 'fraud', 'edit', registered, conditions),
  statusOf(trainingRuns, 'fraud', 'admin', registered, conditions),
  statusOf(modelDeployments, 'serve', 'edit', serving(), conditions),
  statusOf(modelDeployments, 'serve', 'admin', serving(), conditions),
  statusOf(monitors, 'none', 'admin', serving(), conditions),
  {
    name: 'has the role admin and registers a version',
    rights: [],
    prepare: following,
    attempt: withRole('admin', async (person) => {
      await person.create(modelVersions, {
        ...modelVersion({ number: 2, uri: 'pvc://models/evil' }),
        metadata: { name: 'fraud-2' },
      });
    }),
    gain: 'it is served',
    gained: (scene) => (versionOf(scene, 'fraud-2') === undefined ? undefined : 'version fraud-2 is there'),
    refusedBy: 'Rights',
  },
  {
    name: 'has the role admin and labels a version',
    rights: [],
    prepare: registered,
    attempt: withRole('admin', async (person) => {
      await person.patch(modelVersions, 'fraud-1', { metadata: { labels: { 'flyball.dev/training-run': 'other' } } });
    }),
    gain: 'the registry is changed',
    gained: (scene) =>
      versionOf(scene)?.metadata?.labels?.['flyball.dev/training-run'] === 'other' ? 'it bears the label' : undefined,
    refusedBy: 'Rights',
  },
  {
    name: 'has the role edit and approves a revision',
    rights: [],
    prepare: serving(),
    attempt: withRole('edit', async (person) => {
      await person.patch(modelDeployments, 'serve', {
        spec: { rollout: { approval: 'Required', approvedRevision: '0a1b2c3d' } },
      });
    }),
    gain: 'it counts as approved by somebody who may',
    gained: (scene) =>
      servedOf(scene)?.spec.rollout?.approvedRevision === undefined ? undefined : 'approvedRevision is set',
  },
  {
    name: 'has the role edit and takes away that approval is required',
    rights: [],
    prepare: async (scene) => {
      await serving()(scene);
      await scene.patch(modelDeployments, 'serve', { spec: { rollout: { approval: 'Required' } } });
      await scene.until('approval is required', () => servedOf(scene)?.spec.rollout?.approval === 'Required');
    },
    attempt: withRole('edit', async (person) => {
      await person.patch(modelDeployments, 'serve', { spec: { rollout: { approval: null } } });
    }),
    gain: 'nobody has to approve any more',
    gained: (scene) =>
      servedOf(scene)?.spec.rollout?.approval === undefined ? 'approval is no longer required' : undefined,
  },
  {
    name: 'has the role view and writes anything at all',
    rights: [],
    prepare: serving(),
    attempt: withRole('view', async (person) => {
      await person.patch(modelDeployments, 'serve', { spec: { replicas: 9 } });
      await person.patch(modelDeployments, 'serve', { spec: { replicas: 9 } }, { subresource: 'scale' });
    }),
    gain: 'the model is scaled',
    gained: (scene) => (servedOf(scene)?.spec.replicas === 9 ? 'it has 9 replicas' : undefined),
    refusedBy: 'Rights',
  },
];

export const roles: Topic = { name: 'The roles that people are given', attacks };

/** What people delete, in which nothing hinders them. */
import {
  deployments,
  jobs,
  modelDeployments,
  modelVersions,
  pods,
  services,
  trainingRuns,
} from '../../../src/api/kinds.ts';
import type { Deed } from '../contract.ts';
import { may } from '../rights.ts';
import type { Scene } from '../scene.ts';
import { following, inTraining, jobOf, podsOf, registered, runOf, serving, verdictOf, versionOf } from '../victims.ts';
import { isContent } from './clusters.ts';

const isGone = (scene: Scene, ...kinds: Parameters<Scene['history']['list']>[0][]) =>
  kinds.every((kind) => scene.history.list(kind).length === 0);

export const deletions: readonly Deed[] = [
  {
    name: 'somebody deletes the Job of an attempt, which cancels it',
    rights: [may('delete', jobs)],
    prepare: inTraining(),
    act: async (scene) => {
      await scene.attacker.delete(jobs, 'fraud-1-train');
    },
    works: (scene) => verdictOf(scene) === 'Deleted',
  },
  {
    name: 'somebody deletes pods and a Service, which come again',
    rights: [may('delete', pods), may('delete', services)],
    prepare: serving(),
    act: async (scene) => {
      await scene.attacker.delete(services, 'serve');
      await scene.attacker.delete(pods, podsOf(scene, 'serve')[0]?.metadata?.name ?? '');
    },
    works: (scene) =>
      isContent(scene) && scene.history.get(services, 'serve') !== undefined && podsOf(scene, 'serve').length === 1,
  },
  {
    name: 'somebody deletes a run and a model, and what was made of them goes',
    rights: [may('delete', trainingRuns), may('delete', modelDeployments)],
    prepare: following,
    act: async (scene) => {
      await scene.attacker.delete(trainingRuns, 'fraud', 'Foreground');
      await scene.attacker.delete(modelDeployments, 'serve');
    },
    works: (scene) => isGone(scene, trainingRuns, modelDeployments, jobs, deployments, services, pods),
  },
  {
    name: 'somebody deletes a run without its Jobs, which stay',
    rights: [may('delete', trainingRuns)],
    prepare: registered,
    act: async (scene) => {
      await scene.attacker.delete(trainingRuns, 'fraud', 'Orphan');
    },
    works: (scene) =>
      runOf(scene) === undefined &&
      jobOf(scene) !== undefined &&
      (jobOf(scene)?.metadata?.ownerReferences ?? []).length === 0,
  },
  {
    name: 'an administrator of the namespace deletes a version',
    rights: [],
    prepare: registered,
    act: async (scene) => {
      const administrator = await scene.withRole('admin');
      await administrator.delete(modelVersions, 'fraud-1');
      scene.attacker.answers.push(...administrator.answers);
    },
    works: (scene) => versionOf(scene) === undefined,
  },
];

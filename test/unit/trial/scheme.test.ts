import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildDeployment } from '../../../src/kinds/modeldeployment/revision/deployment.ts';
import { recipeProblem } from '../../../src/kinds/trainingrun/start/problems.ts';
import { recipeOf } from '../../../src/domain/recipe.ts';
import { locate, storages } from '../../../src/storage/index.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { job } from '../../builders/job.ts';
import { modelDeployment } from '../../builders/modeldeployment.ts';
import { trainingRun } from '../../builders/trainingrun.ts';
import { trial } from './scheme.ts';

const uri = 'trial://registry/data:1';
const run = trainingRun({
  spec: {
    datasets: [
      { name: 'other', uri: 'pvc://data/other' },
      { name: 'train', uri },
    ],
    output: { uri: 'pvc://data/models' },
  },
});

describe('A scheme that is added to the array', () => {
  const writable = storages as Storage[];
  beforeAll(() => {
    writable.push(trial);
  });
  afterAll(() => {
    writable.pop();
  });

  it('is mounted in a training pod, beside the others', () => {
    const pod = job(run).spec?.template.spec;
    expect(pod?.volumes).toEqual([
      { name: 'claim-0', persistentVolumeClaim: { claimName: 'data' } },
      { name: 'claim-1', image: { reference: 'registry/data:1' } },
    ]);
    expect(pod?.containers[0]?.volumeMounts).toContainEqual({
      name: 'claim-1',
      mountPath: '/flyball/datasets/train',
      readOnly: true,
    });
    expect(recipeProblem(run, { recipe: recipeOf(run.spec) })).toBeUndefined();
  });

  it('is mounted in a Deployment', () => {
    const template = {
      parent: modelDeployment(),
      revision: 'a',
      model: { uri },
      profile: {},
      observerImage: 'x',
      replicas: 1,
    };
    const pod = buildDeployment(template)?.spec?.template.spec;
    expect(pod?.volumes).toEqual([{ name: 'model', image: { reference: 'registry/data:1' } }]);
    expect(pod?.containers[0]?.volumeMounts).toEqual([{ name: 'model', mountPath: '/flyball/model', readOnly: true }]);
  });

  it('is told of to whoever writes one that is unknown', () => {
    expect(locate('ftp://bucket/x')).toMatchObject({
      message: expect.stringMatching(/"ftp:.* has the scheme "ftp", known are pvc, .*, trial: .* or trial:..<image>$/),
    });
  });
});

it('A scheme that is not in the array is a problem that says so', () => {
  expect(recipeProblem(run, { recipe: recipeOf(run.spec) })).toMatchObject({
    reason: 'URIMalformed',
    message: expect.stringMatching(
      /"trial:\/\/registry\/data:1" has the scheme "trial", known are pvc, .* Correct it: `kubectl/,
    ),
  });
});

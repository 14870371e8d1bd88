import { describe, expect, it } from '@jest/globals';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import type { TrainingRunSpec } from '../../../api/types.ts';
import { recipeOf } from '../../../domain/recipe.ts';
import { recipeDigest } from './digest.ts';

const digestOf = (spec: Partial<TrainingRunSpec>) => recipeDigest(recipeOf(trainingRun({ spec }).spec));

describe('The digest of a recipe', () => {
  it('is what it was when it was trained, or everything would be trained again', () => {
    const spec: Partial<TrainingRunSpec> = {
      image: 'registry/train:1',
      parameters: { lr: '0.1', epochs: '3' },
      resources: { memory: '8Gi', cpu: 4 },
      datasets: [
        { uri: 'pvc://data/b', name: 'b' },
        { uri: 'pvc://data/a', name: 'a' },
      ],
      env: [{ value: '1', name: 'B' }],
    };
    expect(digestOf(spec)).toBe('sha256:6a42b1763cb725d2bd1685f16be32ca67e2856258fcb78b48cb92e09cdff91bd');
  });
});

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
    expect(digestOf(spec)).toBe('sha256:a0e004a4ff24370e57b9ed541670090c7068c31f67edc211e1e4dab364055d87');
  });
});

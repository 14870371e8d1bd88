import { describe, expect, it } from '@jest/globals';
import type { SeededBug } from './bugs.ts';
import { involves } from './seeded.ts';

const bugIn = (...folders: readonly string[]): SeededBug => ({
  name: '',
  violated: '',
  sentence: '',
  patch: '',
  folders,
});

describe('A seeded bug is looked for', () => {
  const training = { end: { 'trainingruns/fraud': {}, 'jobs/fraud-1-train': {} }, counts: { Query: 0 } };
  const rollOut = { end: { 'modeldeployments/serve': {} }, counts: { Query: 2 } };

  it.each([
    ['trainingrun', training, rollOut],
    ['modeldeployment', rollOut, training],
    ['measure', rollOut, training],
  ])('where objects of %s take part', (folder, meant, other) => {
    expect(involves(meant, bugIn(folder))).toBe(true);
    expect(involves(other, bugIn(folder))).toBe(false);
  });

  it('everywhere if all controllers share its code', () => {
    expect(involves(training, bugIn('runtime'))).toBe(true);
    expect(involves(rollOut, bugIn('kube', 'api'))).toBe(true);
  });
});

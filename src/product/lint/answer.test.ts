import { describe, expect, it } from '@jest/globals';
import { findingsOfAnswer } from './answer.ts';

/** What is found in the words of an answer: paths, with the words. */
function found(words: string) {
  return findingsOfAnswer(words).map(({ field, path, message }) => [field, path, message]);
}

describe('The words of an API server', () => {
  it('name one field', () => {
    expect(
      found('TrainingRun.flyball.dev "fraud" is invalid: spec.gate[0].min: Invalid value: 2: too much, spec.x: no'),
    ).toEqual([
      ['spec.gate[0].min', ['spec', 'gate', 0, 'min'], 'Invalid value: 2: too much'],
      ['spec.x', ['spec', 'x'], 'no'],
    ]);
  });

  it('name several, and the object itself', () => {
    const words =
      'Monitor.flyball.dev "a" is invalid: [spec.checks[0].for: Invalid value: "a, b": wrong, <nil>: Invalid value: not checked]';
    expect(found(words)).toEqual([
      ['spec.checks[0].for', ['spec', 'checks', 0, 'for'], 'Invalid value: "a, b": wrong'],
      ['<nil>', [], 'Invalid value: not checked'],
    ]);
  });

  it('name keys of maps', () => {
    expect(found('a "b" is invalid: spec.profile[amount].edges: wrong')[0]?.[1]).toEqual([
      'spec',
      'profile',
      'amount',
      'edges',
    ]);
  });

  it('name what nobody knows, and what is there twice', () => {
    const words =
      'TrainingRun in version "v1alpha1" cannot be handled: strict decoding error: unknown field "spec.sed", duplicate field "spec.env"';
    expect(found(words)).toEqual([
      ['spec.sed', ['spec', 'sed'], 'unknown field "spec.sed"'],
      ['spec.env', ['spec', 'env'], 'duplicate field "spec.env"'],
    ]);
  });

  it('name a field of another type', () => {
    const words =
      'failed to create typed patch object (a/b; flyball.dev/v1alpha1, Kind=TrainingRun): .spec.gate[0].min: expected numeric (int or float), got string';
    expect(found(words)).toEqual([
      ['spec.gate[0].min', ['spec', 'gate', 0, 'min'], 'expected numeric (int or float), got string'],
    ]);
  });

  it('are those of a policy, which names a field or none', () => {
    const denied =
      "trainingruns.flyball.dev \"fraud\" is forbidden: ValidatingAdmissionPolicy 'a' with binding 'b' denied request:";
    expect(found(`${denied} spec.env[0].secretKeyRef.name is "other": have it allowed`)).toEqual([
      [
        'spec.env[0].secretKeyRef.name',
        ['spec', 'env', 0, 'secretKeyRef', 'name'],
        `${denied} spec.env[0].secretKeyRef.name is "other": have it allowed`,
      ],
    ]);
    expect(found('no such thing')).toEqual([['<nil>', [], 'no such thing']]);
  });
});

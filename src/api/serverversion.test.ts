import { describe, expect, it } from '@jest/globals';
import { isBefore, serverVersionOf } from './serverversion.ts';

describe('The version of an API server', () => {
  it.each([
    [
      { major: '1', minor: '36' },
      { major: 1, minor: 36 },
    ],
    [
      { major: '1', minor: '33+', gitVersion: 'v1.33.1-eks-1' },
      { major: 1, minor: 33 },
    ],
    [
      { major: '1', minor: '36', emulationMajor: '1', emulationMinor: '34' },
      { major: 1, minor: 34 },
    ],
  ])('is read from %j', (answer, want) => {
    expect(serverVersionOf(answer)).toEqual(want);
  });

  it.each([undefined, null, 'v1.36', {}, { major: '1' }, { major: '', minor: '' }, { major: 1, minor: 36 }])(
    'is unknown where the answer is %j',
    (answer) => {
      expect(serverVersionOf(answer)).toBeUndefined();
    },
  );

  it('is before another one by its numbers', () => {
    const [old, now, next] = [
      { major: 1, minor: 9 },
      { major: 1, minor: 35 },
      { major: 2, minor: 0 },
    ];
    expect([isBefore(old, now), isBefore(now, next), isBefore(now, now), isBefore(next, old)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

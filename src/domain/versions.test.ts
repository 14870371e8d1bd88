import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attemptName, compareVersions, isSameVersion, versionNumber, type VersionIdentity } from './versions.ts';

const version = (number: number, trainingRunUID?: string, hour?: number): VersionIdentity => ({
  version: `fraud-${number}`,
  trainingRunUID,
  versionTime: hour === undefined ? undefined : `2026-11-24T${hour}:00:00Z`,
});

describe('The number of a version', () => {
  it.each([
    ['fraud-12', 12],
    ['fraud-x-12', 0],
    ['other-12', 0],
    ['fraud-', 0],
    [undefined, 0],
  ])('%s has number %d in the run fraud', (name, want) => {
    expect(versionNumber(name, 'fraud')).toBe(want);
  });

  it('is that of the attempt that it is named after', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 999_999 }), (run, number) => {
        expect(versionNumber(attemptName(run, number), run)).toBe(number);
      }),
    );
  });
});

describe('The newer of two versions', () => {
  it.each<[string, VersionIdentity, VersionIdentity]>([
    ['has the higher number where nothing else is known', version(9), version(10)],
    [
      'has the higher number in one run, whatever a restored backup made of the times',
      version(1, 'a', 12),
      version(2, 'a', 10),
    ],
    [
      'is that of the run that was made again, though it has the lower number',
      version(7, 'a', 10),
      version(1, 'b', 11),
    ],
    ['is the later one where a run is unknown', version(7, undefined, 10), version(1, 'b', 11)],
    ['has the higher number where a time is unknown', version(1, 'a'), version(2, 'b', 10)],
    ['is of the run at all', { version: 'other-9' }, version(1)],
  ])('%s', (_, older, newer) => {
    expect(compareVersions('fraud', older, newer)).toBeLessThan(0);
    expect(compareVersions('fraud', newer, older)).toBeGreaterThan(0);
  });

  it('is neither if they are one', () => {
    expect(compareVersions('fraud', version(2, 'a', 10), version(2, 'a', 10))).toBe(0);
  });
});

describe('Two versions of one name', () => {
  it('are one unless they are known to be of different runs', () => {
    expect(isSameVersion(version(1, 'a'), version(1, 'a'))).toBe(true);
    expect(isSameVersion(version(1, 'a'), version(1))).toBe(true);
    expect(isSameVersion(version(1, 'a'), version(1, 'b'))).toBe(false);
    expect(isSameVersion(version(1, 'a'), version(2, 'a'))).toBe(false);
  });

  it('are none where a model has no version', () => {
    expect(isSameVersion({}, {})).toBe(false);
  });
});

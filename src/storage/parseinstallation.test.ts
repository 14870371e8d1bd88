import { describe, expect, it } from '@jest/globals';
import { installationRefusals, wholeInstallation } from '../../test/builders/storageinstallations.ts';
import { isStorageInstallation, usualStorage } from './installation.ts';
import { parseStorageInstallation } from './parseinstallation.ts';

const parsed = (value: unknown) => parseStorageInstallation(JSON.stringify(value));

describe('How an installation reaches stores', () => {
  it('is as the chart has it if nothing is said', () => {
    expect(parseStorageInstallation(undefined)).toEqual(usualStorage);
    expect(parseStorageInstallation('')).toEqual(usualStorage);
  });

  it('is what the chart says', () => {
    expect(parsed(wholeInstallation)).toEqual(wholeInstallation);
    expect(isStorageInstallation(wholeInstallation)).toBe(true);
  });

  it.each(installationRefusals)('is refused with the field, its value and what to write: %s', (_, value, words) => {
    expect(() => parsed({ ...usualStorage, ...value })).toThrow(`FLYBALL_STORAGE ${words}`);
  });

  it.each<[string, unknown, string]>([
    ['no JSON', undefined, 'is not JSON'],
    ['a list', [], 'lacks image'],
    ['no image', {}, 'lacks image'],
    ['a field that nobody knows', { ...usualStorage, ftp: {} }, 'has the wrong field "ftp"'],
    ['an image that is none', { image: 'A' }, 'image is "A", which is no image'],
    ['an endpoint that is no text', { ...usualStorage, s3: { endpoint: 1 } }, 'has the wrong field "s3"'],
    ['an inner field that nobody knows', { ...usualStorage, gs: { region: 'a' } }, 'has the wrong field "gs"'],
    ['a proxy without a URL', { ...usualStorage, proxy: {} }, 'has the wrong field "proxy"'],
    [
      'amounts that are numbers',
      { ...usualStorage, resources: { limits: { cpu: 1 } } },
      'has the wrong field "resources"',
    ],
    ['a name of every object', { ...usualStorage, constructor: 1 }, 'has the wrong field "constructor"'],
  ])('is refused if it has another form: %s', (_, value, words) => {
    expect(() => parseStorageInstallation(JSON.stringify(value) ?? '{')).toThrow(`FLYBALL_STORAGE ${words}`);
  });
});

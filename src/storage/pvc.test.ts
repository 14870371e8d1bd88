import { describe, expect, it } from '@jest/globals';
import { inClaim, pvc } from './pvc.ts';

describe('The URI of a claim', () => {
  it('names the claim and a path in it', () => {
    const wantLocation = { type: 'Location', scheme: 'pvc', authority: 'models', path: 'fraud/fraud-1' };
    expect(pvc.parse('pvc://models/fraud/fraud-1')).toEqual(wantLocation);
    expect(inClaim('models', 'fraud/fraud-1')).toEqual(wantLocation);
  });

  it.each([
    's3://bucket/model',
    'pvc://models',
    'pvc://models/',
    'pvc://models/../x',
    'pvc://models/a//b',
    'pvc://models/a\n',
    'pvc://Models/a',
    'pvc://models..all/a',
    'pvc://models.-all/a',
    '/etc',
    '',
  ])('"%s" is none', (uri) => {
    expect(pvc.parse(uri)).toEqual({
      type: 'Unlocated',
      message: `${JSON.stringify(uri)} is not of the form pvc://<claim>/<path>, where each part of the path has only letters, digits, "_", "-" and ".", and begins with neither "-" nor "."`,
    });
  });
});

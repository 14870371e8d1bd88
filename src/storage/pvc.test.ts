import { describe, expect, it } from '@jest/globals';
import { parseClaimPath } from './pvc.ts';

describe('The URI of data or a model', () => {
  it('names a claim and a path in it', () => {
    expect(parseClaimPath('pvc://models/fraud/fraud-1')).toEqual({ claim: 'models', path: 'fraud/fraud-1' });
  });

  it.each(['s3://bucket/model', 'pvc://models', 'pvc://models/', 'pvc://models/../x', 'pvc://models/a//b', '/etc', ''])(
    '"%s" cannot be mounted',
    (uri) => {
      expect(parseClaimPath(uri)).toBeUndefined();
    },
  );
});

import { describe, expect, it } from '@jest/globals';
import { environment, literals } from './environment.ts';

describe('The variables of a container', () => {
  it('have those of the user last, so that these may refer to the others', () => {
    const users = [
      { name: 'A', value: '$(FLYBALL_RUN)' },
      { name: 'B' },
      { name: 'C', secretKeyRef: { name: 'hub', key: 'token' } },
    ];
    expect(environment(literals({ FLYBALL_RUN: 'fraud' }), users)).toEqual([
      { name: 'FLYBALL_RUN', value: 'fraud' },
      { name: 'A', value: '$(FLYBALL_RUN)' },
      { name: 'B', value: '' },
      { name: 'C', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } },
    ]);
  });

  it('leave out what the user replaces', () => {
    const replaceable = literals({ RANK: '0', WORLD_SIZE: '2' });
    expect(environment([], [{ name: 'RANK', value: '1' }], replaceable)).toEqual([
      { name: 'WORLD_SIZE', value: '2' },
      { name: 'RANK', value: '1' },
    ]);
  });

  it('say what they are given, also where that looks like a reference', () => {
    expect(literals({ A: '$(HOME) $$ $', B: undefined })).toEqual([{ name: 'A', value: '$$(HOME) $$$$ $$' }]);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { measured, ran, savedPod } from '../../test/builders/savedpod.ts';
import { artifactsIn } from './artifacts.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const one = { path: '/flyball/storage/output', digest };
const saying = (message: string | undefined, exitCode = 0): IPod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  spec: { containers: [] },
  status: savedPod('Running', { save: ran(exitCode, undefined, message) }),
});

describe('What a container of ours has measured', () => {
  it('is read from its termination message once it has ended well', () => {
    expect(artifactsIn(saying(measured(one)), 'save')).toEqual([{ ...one, bytes: 2048, files: 2 }]);
    expect(artifactsIn(saying(measured(one), 1), 'save')).toBeUndefined();
    expect(artifactsIn(saying(measured(one)), 'fetch')).toBeUndefined();
  });

  it.each([
    undefined,
    '',
    '{',
    'null',
    '[]',
    '{}',
    '{"artifacts": {}}',
    '{"artifacts": [null]}',
    measured(one).replace('}]', ',"more":1}]'),
    measured(one).replace(/}$/, ',"more":1}'),
    measured(one).replace('2048', '-1'),
    measured(one).replace('2048', '1.5'),
    measured(one).replace('2048', '"2048"'),
    measured({ ...one, digest: 'sha256:0' }),
    measured({ ...one, digest: `${digest}\u0000` }),
    measured(one).slice(0, 40),
  ])('is nothing if its message is %j', (message) => {
    expect(artifactsIn(saying(message), 'save')).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { secretPrefix } from '../workload/transfers.ts';
import { credentialsOf } from './settings.ts';

describe('Who asks a store', () => {
  it('is told by the keys of the Secret, each behind the prefix that its container has', () => {
    expect(credentialsOf({ [`${secretPrefix}AWS_ACCESS_KEY_ID`]: 'key', [`${secretPrefix}AWS_REGION`]: 'a' })).toEqual({
      AWS_ACCESS_KEY_ID: 'key',
      AWS_REGION: 'a',
    });
  });

  it('is told by the identity of the pod, where the Secret does not say', () => {
    const identity = { AWS_REGION: 'b', AWS_ROLE_ARN: 'role', AZURE_CLIENT_ID: 'pod' };
    expect(credentialsOf(identity)).toEqual(identity);
    expect(credentialsOf({ ...identity, [`${secretPrefix}AZURE_CLIENT_ID`]: 'secret' })).toEqual({
      ...identity,
      AZURE_CLIENT_ID: 'secret',
    });
  });

  it('is told without the spaces and line ends around a key, which no key has', () => {
    expect(credentialsOf({ [`${secretPrefix}HF_TOKEN`]: ' hf_key\n', [`${secretPrefix}AWS_REGION`]: '\n' })).toEqual({
      HF_TOKEN: 'hf_key',
    });
  });

  it('is told by nothing else that a Secret holds, nor by what is empty', () => {
    expect(
      credentialsOf({
        [`${secretPrefix}NODE_OPTIONS`]: '--import=data:text/javascript,1',
        [`${secretPrefix}AWS_ROLE_ARN`]: 'role',
        [`${secretPrefix}AWS_REGION`]: '',
        RCLONE_CONFIG: '/evil',
      }),
    ).toEqual({});
  });
});

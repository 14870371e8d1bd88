import { describe, expect, it } from '@jest/globals';
import { wordingOf } from './words.ts';

describe('The words of a tool', () => {
  const google = JSON.stringify({ type: 'service_account', private_key: '-----BEGIN\nkey of google\n-----END' });
  const wording = wordingOf(
    { AWS_SECRET_ACCESS_KEY: 'abc/def+', GOOGLE_SERVICE_ACCOUNT_JSON: google, AWS_REGION: 'eu-west-1' },
    { proxy: { url: 'http://me:password@proxy:3128' } },
  );

  it('are the same at each try, also those of Azure', () => {
    const words =
      'ContainerNotFound: There is none.\nRequestId:38818890-61d5\nTime:2026-11-30T18:27:40.706Z (not found)';
    expect(wording(words)).toBe('ContainerNotFound: There is none. (not found)');
    expect(wording(words.replaceAll('\n', '\\n'))).toBe('ContainerNotFound: There is none. (not found)');
  });

  it.each([
    ['signed by abc/def+ for us', 'signed by *** for us'],
    ['GET https://store/?key=abc%2Fdef%2B: no', 'GET https://store/ no'],
    ['in a header: abc%2Fdef%2B', 'in a header: ***'],
    ['the key "-----BEGIN\\nkey of google\\n-----END" is none', 'the key "***" is none'],
    [
      'Get "https://a.blob.core.windows.net/c/b?sv=2&sig=S3cret%3D": EOF',
      'Get "https://a.blob.core.windows.net/c/b": EOF',
    ],
    ['proxyconnect http://me:password@proxy:3128: refused', 'proxyconnect http://proxy:3128: refused'],
    ['wrong region eu-west-1', 'wrong region eu-west-1'],
    ['red \u001B[31mALERT\u001B[0m\u0007\nand a second line\u202E', 'red ALERT and a second line'],
  ])('%j are shown as %j', (words, want) => {
    expect(wording(words)).toBe(want);
  });
});

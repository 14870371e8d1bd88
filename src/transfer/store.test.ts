import { describe, expect, it } from '@jest/globals';
import type { Location } from '../storage/storage.ts';
import { locate } from '../storage/index.ts';
import { storeOf } from './store.ts';

const at = (uri: string): Location => {
  const location = locate(uri);
  if (location.type === 'Unlocated') throw new Error(location.message);
  return location;
};
const secret = {
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AZURE_STORAGE_KEY: 'account-key',
  HTTPS_BEARER_TOKEN: 'token',
};
const of = (uri: string, settings = {}, credentials: Readonly<Record<string, string>> = secret, anonymous = false) =>
  storeOf(at(uri), { settings: { digests: {}, ...settings }, credentials, anonymous });

describe('What rclone is told of a store', () => {
  it('is Amazon unless there is an endpoint', () => {
    expect(of('s3://bucket/a/b')).toEqual({
      argument: 'store:bucket/a/b',
      environment: {
        AWS_ACCESS_KEY_ID: 'key',
        AWS_SECRET_ACCESS_KEY: 'secret',
        RCLONE_CONFIG_STORE_TYPE: 's3',
        RCLONE_CONFIG_STORE_PROVIDER: 'AWS',
        RCLONE_CONFIG_STORE_FORCE_PATH_STYLE: 'false',
        RCLONE_CONFIG_STORE_ENV_AUTH: 'true',
        RCLONE_CONFIG_STORE_LIST_VERSION: '2',
        RCLONE_CONFIG_STORE_LIST_URL_ENCODE: 'true',
        RCLONE_CONFIG_STORE_NO_CHECK_BUCKET: 'true',
        RCLONE_CONFIG_STORE_ENCODING: 'None',
      },
    });
    const { environment } = of('s3://bucket/a', { s3: { endpoint: 'http://minio:9000', addressing: 'VirtualHost' } });
    expect(environment).toMatchObject({
      RCLONE_CONFIG_STORE_PROVIDER: 'Other',
      RCLONE_CONFIG_STORE_ENDPOINT: 'http://minio:9000',
      RCLONE_CONFIG_STORE_FORCE_PATH_STYLE: 'false',
    });
  });

  it.each(['s3://bucket/a', 'gs://bucket/a', 'abfss://models@account.dfs.core.windows.net/a'])(
    'of %s has no credentials of other stores, and none at all for nobody',
    (uri) => {
      const credentials = { ...secret, GOOGLE_SERVICE_ACCOUNT_JSON: '{"private_key": "google"}' };
      const own = { s3: ['secret'], gs: ['google'], abfss: ['account-key'] }[uri.split(':')[0] ?? ''] ?? [];
      const known = JSON.stringify(of(uri, {}, credentials));
      for (const word of ['secret', 'google', 'account-key', 'token']) {
        expect([word, known.includes(word)]).toEqual([word, own.includes(word)]);
        expect(JSON.stringify(of(uri, {}, credentials, true))).not.toContain(word);
      }
    },
  );

  it('is the identity of the pod where the Secret has none', () => {
    const azure = 'abfss://models@account.dfs.core.windows.net/a';
    for (const uri of ['s3://bucket/a', 'gs://bucket/a', azure])
      expect(of(uri, {}, {}).environment['RCLONE_CONFIG_STORE_ENV_AUTH']).toBe('true');
    const passed = { AZURE_CLIENT_ID: 'id', AZURE_FEDERATED_TOKEN_FILE: '/token', AZURE_TENANT_ID: 'tenant' };
    expect(of(azure, {}, passed).environment).toMatchObject(passed);
  });

  it('is the blobs of an Azure account in its own cloud, by its key, an application or a signature', () => {
    const uri = 'abfss://models@account.dfs.core.chinacloudapi.cn/a';
    expect(of(uri)).toMatchObject({
      argument: 'store:models/a',
      environment: {
        RCLONE_CONFIG_STORE_ACCOUNT: 'account',
        RCLONE_CONFIG_STORE_KEY: 'account-key',
        RCLONE_CONFIG_STORE_ENDPOINT: 'https://account.blob.core.chinacloudapi.cn',
        RCLONE_CONFIG_STORE_ENV_AUTH: 'false',
      },
    });
    const application = { AZURE_CLIENT_ID: 'id', AZURE_CLIENT_SECRET: 'secret', AZURE_TENANT_ID: 'tenant' };
    expect(of(uri, {}, application).environment).toMatchObject({
      RCLONE_CONFIG_STORE_CLIENT_ID: 'id',
      RCLONE_CONFIG_STORE_CLIENT_SECRET: 'secret',
      RCLONE_CONFIG_STORE_TENANT: 'tenant',
    });
    expect(of(uri, {}, { AZURE_STORAGE_SAS_TOKEN: '?sv=1&sig=x' }).environment['RCLONE_CONFIG_STORE_SAS_URL']).toBe(
      'https://account.blob.core.chinacloudapi.cn/models?sv=1&sig=x',
    );
  });
});

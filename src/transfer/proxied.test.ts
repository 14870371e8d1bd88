import { describe, expect, it } from '@jest/globals';
import { isProxied } from './proxied.ts';

const noProxy =
  '.svc, cluster.local,*.internal.example,10.0.0.0/8,fd00::/8,192.168.7.1,[fd00:1::2]:8443,mirror.example:8443';
const isBy = (address: string, excepted = noProxy) => isProxied(new URL(address), { noProxy: excepted });

describe('A proxy', () => {
  it.each([
    'https://example.com/',
    'https://svc/',
    'https://internal.example/',
    'https://notcluster.local/',
    'https://11.0.0.1/',
    'https://192.168.7.2/',
    'https://mirror.example/',
    'https://10.0.0.1.example.com/',
  ])('is the way to %s', (address) => {
    expect(isBy(address)).toBe(true);
  });

  it.each([
    'https://minio.storage.svc/',
    'https://MinIO.storage.svc:9000/',
    'https://cluster.local/',
    'https://a.cluster.local/',
    'https://a.internal.example/',
    'https://10.200.3.4:9000/',
    'https://[fd00::7]/',
    'https://192.168.7.1/',
    'https://mirror.example:8443/',
    'https://a.mirror.example:8443/',
    'https://localhost/',
    'https://127.0.0.2/',
    'https://[::1]/',
  ])('is not the way to %s', (address) => {
    expect(isBy(address)).toBe(false);
  });

  it('is the way to nothing if all is excepted, or if there is none', () => {
    expect(isBy('https://example.com/', '*')).toBe(false);
    expect(isProxied(new URL('https://example.com/'), undefined)).toBe(false);
  });

  it('is the way to all that nobody excepts', () => {
    expect(isProxied(new URL('https://minio.storage.svc/'), {})).toBe(true);
    expect(isBy('https://example.com/', ' , 300.0.0.0/8,10.0.0.0/99,:80')).toBe(true);
  });
});

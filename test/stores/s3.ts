import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { freePorts } from '../integration/ports.ts';
import { startProgram } from '../integration/program.ts';
import type { Authority } from './authority.ts';
import { letEverybodyRead } from './policy.ts';
import { listening, bucket, Client, type Store, type StoreOptions } from './store.ts';

export interface S3Options extends StoreOptions {
  /** Certifies it, so that it speaks HTTPS. Without one it speaks HTTP. */
  readonly authority?: Authority;
}

const region = 'us-east-1';
export const s3Credentials = { AWS_ACCESS_KEY_ID: 'flyball', AWS_SECRET_ACCESS_KEY: 'a-secret-of-tests' };

/** versitygw, which keeps objects as files and refuses whoever does not sign by the key. */
export async function startS3(folder: string, options: S3Options = {}): Promise<Store> {
  const { host = '127.0.0.1', port = (await freePorts(1))[0], authority, isPublic = false } = options;
  const { versitygw } = await ensureBinaries(['versitygw']);
  const objects = join(folder, 'objects');
  mkdirSync(objects, { recursive: true });
  const address = `${host}:${port}`;
  const own = await authority?.certify(host);
  const tls = own === undefined ? [] : ['--cert', own.certificate, '--key', own.key];
  const keys = ['--access', s3Credentials.AWS_ACCESS_KEY_ID, '--secret', s3Credentials.AWS_SECRET_ACCESS_KEY];
  const log = join(folder, 'versitygw.log');
  const program = startProgram(versitygw, [...keys, ...tls, '--quiet', '--port', address, 'posix', objects], log);
  await listening(program, address, log);
  const endpoint = `${authority === undefined ? 'http' : 'https'}://${address}`;
  const known = {
    access_key_id: s3Credentials.AWS_ACCESS_KEY_ID,
    secret_access_key: s3Credentials.AWS_SECRET_ACCESS_KEY,
  };
  const client = new Client({ type: 's3', provider: 'Other', endpoint, ...known }, authority?.file);
  await client.makeBucket();
  const [accessKey, secretKey] = [known.access_key_id, known.secret_access_key];
  if (isPublic) await letEverybodyRead(bucket, { endpoint, region, accessKey, secretKey });
  const { upload, download, remove } = client;
  return {
    root: `s3://${bucket}`,
    settings: {
      s3: { endpoint, region, addressing: 'Path' },
      ...(authority === undefined ? {} : { caCertificates: authority.certificate }),
    },
    credentials: { ...s3Credentials, AWS_REGION: region },
    address,
    upload,
    download,
    remove,
    stop: () => program.stop(),
  };
}

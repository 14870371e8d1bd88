/** The store of the faults: a real one on this machine, with one model and one dataset in it. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { s3Credentials, startS3 } from '../../stores/s3.ts';
import { bucket, type Store } from '../../stores/store.ts';

const contents = Buffer.alloc(2 << 20, 'model');
const file = 'model.bin';
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const root = `s3://${bucket}`;

export const store = {
  root,
  model: `${root}/model`,
  /** Of a folder with that one file. */
  digest: `sha256:${sha256(`${sha256(contents)}  ${file}\n`)}`,
  /** A store where nothing answers. */
  away: 'gs://away',
  secret(key = s3Credentials.AWS_SECRET_ACCESS_KEY): object {
    const stringData = { ...s3Credentials, AWS_SECRET_ACCESS_KEY: key };
    return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'store' }, stringData };
  },
} as const;

/** Nothing ever listens at port 1. @param host the address at which pods reach this machine. */
export async function startStore(host: string): Promise<Pick<Store, 'settings' | 'stop'>> {
  const folder = mkdtempSync(join(tmpdir(), 'flyball-faults-'));
  const own = await startS3(join(folder, 's3'), { host });
  for (const name of ['model', 'train']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, file), contents);
    await own.upload(join(folder, name), name);
  }
  return { settings: { ...own.settings, gs: { endpoint: `http://${host}:1` } }, stop: () => own.stop() };
}

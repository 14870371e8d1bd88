import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../integration/ports.ts';
import { startProgram } from '../integration/program.ts';
import { ensureAzurite } from './azurite.ts';
import { listening, bucket, Client, type Store, type StoreOptions } from './store.ts';

const account = 'flyball';
const key = Buffer.from('a secret of tests, 32 bytes long').toString('base64');

/** Azurite, Microsoft's own emulator of Azure Blob Storage, which refuses whoever does not sign by the account's key. */
export async function startAzure(folder: string, options: StoreOptions = {}): Promise<Store> {
  const { host = '127.0.0.1', port = (await freePorts(1))[0] } = options;
  const script = await ensureAzurite();
  const blobs = join(folder, 'blobs');
  mkdirSync(blobs, { recursive: true });
  const log = join(folder, 'azurite.log');
  const place = ['--blobHost', host, '--blobPort', `${port}`, '--location', blobs];
  const program = startProgram(
    process.execPath,
    [script, ...place, '--silent', '--disableTelemetry', '--skipApiVersionCheck'],
    log,
    { ...process.env, AZURITE_ACCOUNTS: `${account}:${key}` },
  );
  const address = `${host}:${port}`;
  const endpoint = `http://${address}`;
  await listening(program, address, log);
  const client = new Client({ type: 'azureblob', account, key, endpoint: `${endpoint}/${account}` });
  await client.makeBucket();
  const { upload, download, remove } = client;
  return {
    root: `abfss://${bucket}@${account}.dfs.core.windows.net`,
    settings: { abfss: { endpoint } },
    credentials: { AZURE_STORAGE_KEY: key },
    address,
    upload,
    download,
    remove,
    stop: () => program.stop(),
  };
}

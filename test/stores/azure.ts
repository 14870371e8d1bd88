import { createHmac } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../integration/ports.ts';
import { startProgram } from '../integration/program.ts';
import { ensureAzurite } from './azurite.ts';
import { listening, bucket, Client, type Store, type StoreOptions } from './store.ts';

export interface AzureStore extends Store {
  /**
   * A shared access signature for the container.
   * @param permissions as Azure abbreviates them, such as `rl` for reading and listing.
   * @param lifetime in milliseconds; over if negative.
   */
  share(permissions: string, lifetime: number): string;
}

const account = 'flyball';
const key = Buffer.from('a secret of tests, 32 bytes long').toString('base64');

/** Azurite, Microsoft's own emulator of Azure Blob Storage, which refuses whoever does not sign by the account's key. */
export async function startAzure(folder: string, options: StoreOptions = {}): Promise<AzureStore> {
  const { host = '127.0.0.1', port = (await freePorts(1))[0], isPublic = false } = options;
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
  const client = new Client({
    type: 'azureblob',
    account,
    key,
    endpoint: `${endpoint}/${account}`,
    ...(isPublic && { public_access: 'container' }),
  });
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
    share,
    stop: () => program.stop(),
  };
}

/** As Azure's documentation says of a service SAS since version 2020-12-06. */
function share(permissions: string, lifetime: number): string {
  const [version, until] = ['2020-12-06', `${new Date(Date.now() + lifetime).toISOString().slice(0, 19)}Z`];
  const before = [permissions, '', until, `/blob/${account}/${bucket}`, '', '', '', version, 'c'];
  const signed = [...before, '', '', '', '', '', '', ''].join('\n');
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(signed, 'utf8').digest('base64');
  const fields = { sv: version, sr: 'c', sp: permissions, se: until, sig: signature };
  return new URLSearchParams(fields).toString();
}

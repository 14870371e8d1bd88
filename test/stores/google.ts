import { createVerify, generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { freePorts } from '../integration/ports.ts';
import { startProgram } from '../integration/program.ts';
import { listening, bucket, Client, type Store, type StoreOptions } from './store.ts';

/** Who may ask, as Google hands it out: the text of a key file. */
interface ServiceAccount {
  readonly json: string;
  readonly publicKey: string;
}

/** Long enough for a test, and not what anybody guesses. */
const token = 'a-token-of-tests';

/**
 * fake-gcs-server, which keeps objects as files and lets everybody in, behind a door of ours: it gives a token to whoever signs by the
 * service account's key, as Google does, and lets nobody in without.
 */
export async function startGoogle(folder: string, options: StoreOptions = {}): Promise<Store> {
  const { host = '127.0.0.1', port = (await freePorts(1))[0] ?? 0, isPublic = false } = options;
  const [inner = 0] = await freePorts(1);
  const objects = join(folder, 'objects');
  mkdirSync(join(objects, bucket), { recursive: true });
  const address = `${host}:${port}`;
  const url = `http://${address}`;
  const { 'fake-gcs-server': path } = await ensureBinaries(['fake-gcs-server']);
  const place = ['-scheme', 'http', '-host', '127.0.0.1', '-port', `${inner}`];
  const seen = ['-public-host', address, '-external-url', url, '-log-level', 'warn'];
  const log = join(folder, 'fake-gcs-server.log');
  const program = startProgram(path, [...place, ...seen, '-backend', 'filesystem', '-filesystem-root', objects], log);
  await listening(program, `127.0.0.1:${inner}`, log);
  const account = { ...serviceAccount(`${url}/token`), isPublic };
  const door = createServer((incoming, outgoing) => void enter(incoming, outgoing, account, inner));
  await new Promise<void>((resolve) => door.listen(port, host, resolve));
  const endpoint = `${url}/storage/v1/`;
  const known = { service_account_credentials: account.json, bucket_policy_only: 'true' };
  const { upload, download, remove } = new Client({ type: 'gcs', endpoint, ...known });
  return {
    root: `gs://${bucket}`,
    settings: { gs: { endpoint } },
    credentials: { GOOGLE_SERVICE_ACCOUNT_JSON: account.json },
    address,
    upload,
    download,
    remove,
    stop: async () => {
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
      await program.stop();
    },
  };
}

function serviceAccount(tokens: string): ServiceAccount {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const json = JSON.stringify({
    type: 'service_account',
    project_id: 'tests',
    private_key_id: '1',
    private_key: privateKey,
    client_email: 'trainer@tests.iam.gserviceaccount.com',
    client_id: '1',
    token_uri: tokens,
  });
  return { json, publicKey };
}

async function enter(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  account: ServiceAccount & { readonly isPublic: boolean },
  inner: number,
): Promise<void> {
  const { url = '', method, headers } = incoming;
  if (url === '/token') return give(outgoing, new URLSearchParams(await text(incoming)).get('assertion'), account);
  const isOpen = account.isPublic && method === 'GET' && headers.authorization === undefined;
  if (headers.authorization !== `Bearer ${token}` && !isOpen) {
    const error = { code: 401, message: 'Invalid Credentials', errors: [{ reason: 'authError' }] };
    incoming.resume();
    return answer(outgoing, 401, { error });
  }
  const asked = request({ port: inner, path: url, method, headers }, (answered) => {
    outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(outgoing);
  });
  asked.on('error', () => outgoing.destroy());
  outgoing.on('close', () => asked.destroy());
  incoming.pipe(asked);
}

/** A token for a JSON Web Token that was signed by the account's key. */
function give(outgoing: ServerResponse, assertion: string | null, { publicKey }: ServiceAccount): void {
  const [head, claims, signature = ''] = (assertion ?? '').split('.');
  const isSigned = createVerify('RSA-SHA256')
    .update(`${head}.${claims}`)
    .verify(publicKey, Buffer.from(signature, 'base64url'));
  if (isSigned) return answer(outgoing, 200, { access_token: token, token_type: 'Bearer', expires_in: 3600 });
  answer(outgoing, 400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' });
}

function answer(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

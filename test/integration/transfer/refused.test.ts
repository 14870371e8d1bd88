import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { makeAuthority, startS3, type Store } from '../../stores/index.ts';
import { digestOf, filled, scratch, transferred, type TransferOptions } from './transferred.ts';

/** Programs are started, which take their time on a busy machine. */
jest.setTimeout(60_000);

const { path, remove } = scratch();
const objects = path('store/objects/artifacts');
let store: Store;

beforeAll(async () => {
  store = await startS3(filled(path('store'), { '.keep': '' }));
  await store.upload(filled(path('source'), { 'a.txt': 'a', 'sub/b.txt': 'b' }), 'model');
}, 60_000);

afterAll(async () => {
  await store.stop();
  remove();
});

/** Fetches into a folder that must not be there at the end, and gives how that ended. */
async function refused(uri: string, options: TransferOptions = {}, folder = path('refused')) {
  const { code, message } = await transferred('fetch', [uri, folder], store, options);
  expect(existsSync(folder)).toBe(false);
  return { code, message };
}

const says = (want: string, code = 3) => ({ code, message: expect.stringContaining(want) });

describe('Fetch says in words', () => {
  it.each([
    ['the secret', { AWS_SECRET_ACCESS_KEY: 'another secret' }, 'are not known to the store, or wrong: "'],
    ['the key', { AWS_ACCESS_KEY_ID: 'nobody' }, 'are not known to the store, or wrong: "'],
    ['everything', { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, 'There are no credentials for s3://artifacts'],
  ])('that of the credentials %s is wrong', async (_, credentials, want) => {
    const { code, message } = await refused('s3://artifacts/model', { credentials });
    expect({ code, message }).toEqual(says(want));
    expect(message).not.toContain('another secret');
  });

  it('that the certificate of a store is not trusted, and takes it once its authority is', async () => {
    const authority = await makeAuthority(path('authority'));
    const secure = await startS3(filled(path('secure'), { '.keep': '' }), { authority });
    await secure.upload(path('source'), 'model');
    const { caCertificates: _, ...settings } = secure.settings;
    const words = ['s3://artifacts/model', path('secured')];
    const untrusted = await transferred('fetch', words, { settings, credentials: secure.credentials });
    const trusted = await transferred('fetch', words, secure);
    await secure.stop();
    expect(untrusted).toMatchObject(says('is not trusted: give that of its authority to the installation'));
    expect(trusted).toMatchObject({ code: 0 });
  });

  it('that the name of a store cannot be resolved', async () => {
    const settings = { s3: { endpoint: 'http://store.invalid', region: 'us-east-1' } };
    const limits = { patience: 500 };
    expect(await refused('s3://artifacts/model', { settings, limits })).toEqual(says('cannot be resolved', 1));
  });

  it('that nothing answers', async () => {
    const settings = { s3: { endpoint: 'http://127.0.0.1:9', region: 'us-east-1' } };
    const limits = { patience: 500 };
    expect(await refused('s3://artifacts/model', { settings, limits })).toEqual(says('Nothing answers', 1));
  }, 60_000);

  // Only who may mount has a disk that is small enough.
  (process.getuid?.() === 0 ? it : it.skip)('that the disk is full', async () => {
    const disk = path('disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]);
    try {
      writeFileSync(join(objects, 'large.bin'), Buffer.alloc(4 * 1024 * 1024));
      const full = says('There is no space left on the volume for s3://artifacts/large.bin');
      expect(await refused('s3://artifacts/large.bin', {}, join(disk, 'model'))).toEqual(full);
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  it.each([
    ['s3://artifacts/../model', 'is not of the form s3://'],
    ['s3://artifacts/model --config=/etc/passwd', 'is not of the form s3://'],
    [':s3,endpoint=evil:bucket', 'has no scheme'],
    ['pvc://claim/model', 'what is in a claim or an image is mounted'],
    ['file:///etc/passwd', 'has the scheme "file"'],
  ])('that %s is no place of a store', async (uri, want) => {
    expect(await refused(uri)).toEqual(says(want));
  });

  it.each([
    ['new\nline', 'has the end of a line in it'],
    ['back\\slash', 'has a backslash in it'],
    ['-rf', 'begins with "-"'],
  ])('that an object is called %j', async (name, want) => {
    filled(join(objects, 'odd'), { [name]: 'x' });
    const ended = await refused('s3://artifacts/odd');
    execFileSync('rm', ['-r', join(objects, 'odd')]);
    expect(ended).toEqual(says(want));
  });

  it('that a name is not UTF-8', async () => {
    mkdirSync(join(objects, 'odd'));
    writeFileSync(Buffer.concat([Buffer.from(`${join(objects, 'odd')}/`), Buffer.from([0xff, 0xfe])]), 'x');
    const ended = await refused('s3://artifacts/odd');
    execFileSync('rm', ['-r', join(objects, 'odd')]);
    expect(ended).toEqual(says('is not UTF-8'));
  });

  it.each(['relative/folder', '/', '/a/../b', '/a/'])('that %s is no folder to fetch into', async (folder) => {
    const { code, message } = await transferred('fetch', ['s3://artifacts/model', folder], store);
    expect({ code, message }).toEqual(says('is no absolute path of a folder'));
  });
});

describe('Credentials that expire in the middle', () => {
  it('are said to have expired, and what came before is kept for the next container', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `many/${index}.bin`);
    filled(objects, Object.fromEntries(names.map((name) => [name, name])));
    let left = 12;
    const door = createServer((incoming, outgoing) => {
      const { url = '', method, headers } = incoming;
      if (method === 'GET' && url.includes('/many/') && (left -= 1) < 0) {
        outgoing.writeHead(400, { 'content-type': 'application/xml' });
        outgoing.end('<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>');
        return;
      }
      const [host, port] = store.address.split(':');
      const asked = request({ host, port, path: url, method, headers }, (answered) => {
        outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(outgoing);
      });
      incoming.pipe(asked);
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
    const settings = { s3: { ...store.settings.s3, endpoint } };
    expect(await refused('s3://artifacts/many', { settings }, path('expired'))).toEqual(
      says('The credentials for s3://artifacts/many have expired: renew them: "'),
    );
    left = 30;
    const renewed = await transferred('fetch', ['s3://artifacts/many', path('expired')], store, { settings });
    door.close();
    expect(renewed).toMatchObject({ code: 0, artifacts: [{ files: 30 }] });
    expect(left).toBeGreaterThan(0);
  }, 60_000);
});

describe('Verify', () => {
  it('takes folders that have their digests, and refuses others', async () => {
    const folder = path('source');
    const digest = digestOf(folder);
    const right = await transferred('verify', [folder], store, { settings: { digests: { [folder]: digest } } });
    expect(right).toMatchObject({ code: 0, artifacts: [{ path: folder, digest, bytes: 2, files: 2 }] });
    const other = `sha256:${'1'.repeat(64)}`;
    const wrong = await transferred('verify', [folder], store, { settings: { digests: { [folder]: other } } });
    expect(wrong).toMatchObject(says(`The digest of ${folder} is ${digest}, and ${other} was asked for`));
  });
});

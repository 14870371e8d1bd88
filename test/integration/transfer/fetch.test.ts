import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Gateway, startGateway } from './gateway.ts';
import { scratch, transferred, type TransferOptions } from './transferred.ts';

let gateway: Gateway;
const { path, remove } = scratch();

beforeAll(async () => {
  gateway = await startGateway();
  for (const name of ['a.txt', 'sub/b.txt', 'sub/ä ö.txt', 'z.bin'])
    gateway.put(`model/${name}`, `contents of ${name}\n`);
}, 60_000);

afterAll(async () => {
  await gateway.stop();
  remove();
});

function fetched(words: readonly string[], { settings = {}, ...rest }: TransferOptions = {}) {
  return transferred('fetch', words, {
    settings: { s3: { endpoint: gateway.endpoint }, ...settings },
    credentials: gateway.credentials,
    ...rest,
  });
}

/** As docs say that anyone can compute it. */
function digestOf(folder: string): string {
  const command = String.raw`find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0r sha256sum | sha256sum`;
  return `sha256:${execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' }).slice(0, 64)}`;
}

describe('Fetch', () => {
  it('brings what is below a prefix, and says its digest', async () => {
    const folder = path('prefix');
    const { code, message, artifacts, lines } = await fetched(['s3://bucket/model', folder]);
    expect({ code, message }).toMatchObject({ code: 0 });
    expect(artifacts).toEqual([{ path: folder, digest: digestOf(folder), bytes: 84, files: 4 }]);
    expect(readFileSync(join(folder, 'sub/ä ö.txt'), 'utf8')).toBe('contents of sub/ä ö.txt\n');
    expect(lines[0]).toBe('Fetching 0 of 84 bytes, 0 of 4 files, from s3://bucket/model');
  });

  it('brings one object under its own name into a folder', async () => {
    const { artifacts } = await fetched(['s3://bucket/model/sub/b.txt', path('object')]);
    expect(artifacts).toMatchObject([{ path: path('object'), files: 1 }]);
    expect(readFileSync(path('object/b.txt'), 'utf8')).toBe('contents of sub/b.txt\n');
  });

  it.each([
    ['s3://bucket/nothing', 'There is nothing at s3://bucket/nothing'],
    ['s3://no-bucket/model', 'There is no such bucket, or nothing in it: s3://no-bucket/model: "NoSuchBucket'],
  ])('says of %s that it is missing', async (uri, want) => {
    const { code, message } = await fetched([uri, path('missing')]);
    expect({ code, message }).toEqual({ code: 3, message: expect.stringContaining(want) });
    expect(existsSync(path('missing'))).toBe(false);
  });

  it('refuses what has another digest than was asked for, and leaves nothing', async () => {
    const folder = path('other');
    const wrong = `sha256:${'0'.repeat(64)}`;
    const { code, message } = await fetched(['s3://bucket/model', folder], {
      settings: { digests: { [folder]: wrong } },
    });
    expect(code).toBe(3);
    expect(message).toContain(`is ${digestOf(path('prefix'))}, and ${wrong} was asked for`);
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    ['the secret', { AWS_SECRET_ACCESS_KEY: 'another secret' }, 'are not known to the store, or wrong'],
    ['the key', { AWS_ACCESS_KEY_ID: 'nobody' }, 'are not known to the store, or wrong'],
    [
      'everything',
      { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
      'There are no credentials for s3://bucket/model',
    ],
  ])('says in words if of the credentials %s is wrong', async (_, wrong, want) => {
    const { code, message } = await fetched(['s3://bucket/model', path('denied')], {
      credentials: { ...gateway.credentials, ...wrong },
    });
    expect({ code, message }).toEqual({ code: 3, message: expect.stringContaining(want) });
    expect(message).not.toContain('secret');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mend, Missing } from './ends.ts';
import { anonymous, failureBy, failureOf } from './failures.ts';

const uri = 's3://bucket/model';

describe('The sentences in docs/artifacts.md', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/artifacts.md'), 'utf8');
  const rows = [...docs.matchAll(/^\| `([^`]+)` +\| ((?:The|Nothing)[^|]*s3:\/\/bucket\/model[^|]*?) +\|/gm)];

  it.each(rows.map(([, words = '', sentence = '']) => [words, sentence]))('follow from %j', (words, sentence) => {
    expect(failureBy(words, uri).message.slice(0, sentence.length)).toBe(sentence);
  });

  it('are all there', () => {
    expect(rows).toHaveLength(16);
  });
});

/** What rclone and the libraries of the stores really said. */
describe('A failure', () => {
  it.each([
    [3, 'is no space left', 'write /a.1.partial: no space left on device'],
    [3, 'is no space left', 'preallocate: file too big for remaining disk space'],
    [3, 'have expired', 'StatusCode: 400, api error ExpiredToken: The provided token has expired.'],
    [
      3,
      'not known to the store',
      'StatusCode: 403, api error SignatureDoesNotMatch: The request signature we calculated',
    ],
    [
      3,
      'not known to the store',
      'StatusCode: 400, api error InvalidToken: The provided token is malformed or otherwise invalid.',
    ],
    [3, 'not known to the store', 'oauth2: "invalid_grant" "Invalid JWT Signature."'],
    [3, 'may not do', 'operation error S3: GetObject, StatusCode: 403, api error AccessDenied: Access Denied'],
    [3, 'no such bucket', 'StatusCode: 404, api error NoSuchBucket: The specified bucket does not exist'],
    [3, 'not trusted', 'tls: failed to verify certificate: x509: certificate signed by unknown authority'],
    [3, 'another region', 'StatusCode: 301, api error PermanentRedirect: The bucket must be addressed'],
    [3, 'no credentials', 'get credentials: failed to refresh cached credentials, no EC2 IMDS role found'],
    [
      3,
      'no credentials',
      'DefaultAzureCredential: failed to acquire a token. Attempted credentials: WorkloadIdentityCredential: no client ID specified.',
    ],
    [3, 'no credentials', 'authorized requests are not permitted for non-TLS protected (https) endpoints'],
    [1, 'cannot be resolved', 'dial tcp: lookup minio on 10.96.0.10:53: no such host'],
    [1, 'Nothing answers', 'dial tcp 10.0.0.1:443: connect: connection refused'],
    [1, 'not answer in time', 'read tcp 10.0.0.1:443: i/o timeout'],
    [1, 'failed: "', 'StatusCode: 503, api error SlowDown: Please reduce your request rate.'],
    [1, 'failed: "', 'unexpected EOF'],
  ] as const)('has exit code %d and says that it %s: %s', (exit, want, words) => {
    const failure = failureBy(words, uri);
    expect(failure).toMatchObject({ exit, message: expect.stringContaining(want) });
    expect(failure.message).toContain(uri);
    expect(failure.message).toContain(words.replaceAll('"', "'"));
  });

  it.each(['images/403.jpg', 'part-404.parquet', 'AccessDenied/NoSuchKey.txt'])(
    'is not told by the name of %s',
    (object) => {
      const words = `Get "https://host/bucket/${object}": read tcp 10.0.0.1:443: i/o timeout`;
      const failure = failureBy(words, uri, object);
      expect(failure).toMatchObject({ exit: 1, message: expect.stringContaining('not answer in time') });
      expect(failure.message).toContain(`${object}: Get`);
    },
  );

  it.each([
    ['googleapi: Error 403: flyball does not have storage.objects.get access', false],
    ['RESPONSE 404: 404 The specified blob does not exist.', true],
  ])('of other stores has its code too: %s', (words, isMissing) => {
    expect(failureBy(words, uri)).toMatchObject({ exit: 3 });
    expect(failureBy(words, uri) instanceof Missing).toBe(isMissing);
  });

  it('tells what is missing from what may not be read', () => {
    expect(failureBy('object not found', uri)).toBeInstanceOf(Missing);
    expect(failureBy('StatusCode: 403', uri)).not.toBeInstanceOf(Missing);
  });

  it('of the system is of people if there is no space or no right, else ours', () => {
    const system = (code: string) => Object.assign(new Error(`${code}: write`), { code });
    expect(failureOf(system('ENOSPC'))).toMatchObject({ exit: 3, message: expect.stringContaining('no space left') });
    expect(failureOf(system('EACCES'))).toMatchObject({
      exit: 3,
      message: expect.stringContaining('cannot be written'),
    });
    expect(failureOf(new TypeError('x is undefined'))).toMatchObject({ exit: 1, message: 'x is undefined' });
    expect(failureOf(mend('asked for'))).toMatchObject({ exit: 3, message: 'asked for' });
  });

  it('quotes the end of long words', () => {
    expect(failureBy(`${'x'.repeat(5_000)} at last`, uri).message.length).toBeLessThan(600);
    expect(failureBy(`${'x'.repeat(5_000)} at last`, uri).message).toMatch(/x at last"$/);
  });
});

describe('Whoever is asked as nobody and refused', () => {
  it.each([
    [{}, ' (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set),'],
    [{ AWS_ACCESS_KEY_ID: 'a' }, ' (AWS_SECRET_ACCESS_KEY is not set),'],
    [{ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }, ','],
  ])('with %j is told which keys are missing', (credentials, want) => {
    expect(anonymous(uri, credentials)).toBe(
      `There are no credentials for ${uri}${want} and without any the store refuses`,
    );
  });

  it('is told no keys of S3 elsewhere', () => {
    expect(anonymous('gs://bucket/model', {})).not.toContain('AWS_');
  });
});

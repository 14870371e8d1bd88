import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { startAzure, startGoogle, startHTTPS, startProxy, startS3 } from '../../stores/index.ts';
import { digestOf, filled, scratch, transferred } from './transferred.ts';

/** Programs are started, which take their time on a busy machine. */
jest.setTimeout(120_000);

const { path, remove } = scratch();
const source = filled(path('source'), { 'model.json': '{"weights":[1,2]}\n', 'sub/words.txt': 'one two\n' });
const placeOf = (name: string) => filled(path(name), { '.keep': '' });

afterAll(remove);

describe('What everybody may read', () => {
  it.each(Object.entries({ S3: startS3, 'Google Cloud Storage': startGoogle, 'Azure Blob Storage': startAzure }))(
    'comes from %s without a Secret or an identity, and nothing is written there',
    async (name, start) => {
      const store = await start(placeOf(`public-${name}`), { isPublic: true });
      await store.upload(source, 'model');
      const asNobody = { ...store, credentials: {} };
      const fetched = await transferred('fetch', [`${store.root}/model`, path(`from-${name}`)], asNobody);
      const saved = await transferred('save', [source, `${store.root}/saved`], asNobody);
      await store.stop();
      expect(fetched).toMatchObject({ code: 0, artifacts: [{ digest: digestOf(source) }] });
      expect(saved).toMatchObject({ code: 3, message: expect.stringMatching(/credentials/) });
    },
  );
});

describe('A signature of Azure that shares one container (SAS)', () => {
  it('reads, and writes only if it says so', async () => {
    const store = await startAzure(placeOf('shared'));
    await store.upload(source, 'model');
    const by = (permissions: string, lifetime = 3_600_000) => ({
      ...store,
      credentials: { AZURE_STORAGE_SAS_TOKEN: store.share(permissions, lifetime) },
    });
    const fetched = await transferred('fetch', [`${store.root}/model`, path('by-signature')], by('rl'));
    const refused = await transferred('save', [source, `${store.root}/saved`], by('rl'));
    const saved = await transferred('save', [source, `${store.root}/saved`], by('rwlcd'));
    const late = await transferred('fetch', [`${store.root}/model`, path('late')], by('rl', -60_000));
    await store.stop();
    expect(fetched).toMatchObject({ code: 0, artifacts: [{ digest: digestOf(source) }] });
    expect(refused).toMatchObject({ code: 3, message: expect.stringContaining('may not do what is needed') });
    expect(saved).toMatchObject({ code: 0, artifacts: [{ digest: digestOf(source) }] });
    expect(late).toMatchObject({ code: 3, message: expect.stringMatching(/expired|not known/) });
  });
});

describe('Credentials of S3 for a time', () => {
  it('are asked with by their token, and are said to be wrong with another', async () => {
    const store = await startS3(placeOf('session'), { isPublic: true });
    await store.upload(source, 'model');
    const [host, port] = store.address.split(':');
    const door = createServer((incoming, outgoing) => {
      const { 'x-amz-security-token': token, authorization, ...headers } = incoming.headers;
      const isKnown = authorization?.includes('x-amz-security-token') === true && token === 'for an hour';
      if (!isKnown) {
        outgoing.writeHead(400, { 'content-type': 'application/xml' });
        outgoing.end('<Error><Code>InvalidToken</Code><Message>The provided token is malformed.</Message></Error>');
        return;
      }
      const asked = request({ host, port, path: incoming.url, method: incoming.method, headers }, (answered) => {
        outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(outgoing);
      });
      incoming.pipe(asked);
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
    const settings = { s3: { ...store.settings.s3, endpoint } };
    const fetched = (folder: string, token: string) =>
      transferred('fetch', ['s3://artifacts/model', path(folder)], store, {
        settings,
        credentials: { AWS_SESSION_TOKEN: token },
      });
    const right = await fetched('by-session', 'for an hour');
    const wrong = await fetched('by-another', 'of yesterday');
    door.closeAllConnections();
    door.close();
    await store.stop();
    expect(right).toMatchObject({ code: 0, artifacts: [{ digest: digestOf(source) }] });
    expect(wrong).toMatchObject({ code: 3, message: expect.stringContaining('not known to the store, or wrong') });
  });
});

describe('A proxy', () => {
  it('is the way to a bucket, and to a web server, that only it can find', async () => {
    const [bucket, web] = [
      await startS3(placeOf('bucket')),
      await startHTTPS(placeOf('web'), { name: 'files.example' }),
    ];
    await bucket.upload(source, 'model');
    await web.upload(source, 'data');
    const proxy = await startProxy({ 'minio.example:9000': bucket.address, 'files.example:443': web.address });
    const settings = {
      ...web.settings,
      s3: { ...bucket.settings.s3, endpoint: 'http://minio.example:9000' },
      proxy: { url: proxy.url, noProxy: '.svc' },
    };
    const words = ['s3://artifacts/model', path('a'), 'https://files.example/data/model.json', path('b')];
    const { code, message, artifacts } = await transferred('fetch', words, { ...bucket, settings });
    await Promise.all([proxy.stop(), bucket.stop(), web.stop()]);
    expect({ code, message }).toMatchObject({ code: 0 });
    expect(artifacts).toMatchObject([{ digest: digestOf(source) }, { digest: digestOf(path('b')), files: 1 }]);
    expect(proxy.asked).toEqual(expect.arrayContaining(['GET minio.example:9000', 'CONNECT files.example:443']));
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createPrometheusClient } from './prometheus.ts';

let directory: string;
let server: Server;
let url: string;
const file = (name: string) => join(directory, name);

/** Who asked, as the server was told, question by question. */
let askers: (string | undefined)[] = [];

function makeCertificate(name: string): void {
  const kind = 'req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 2'.split(' ');
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', file(`${name}.key`), '-out', file(`${name}.crt`)];
  const { status, stderr } = spawnSync('openssl', [...kind, ...subject, ...files]);
  if (status !== 0) throw new Error(`openssl: ${stderr.toString()}`);
}

const certificate = (name: string) => ({
  cert: readFileSync(file(`${name}.crt`)),
  key: readFileSync(file(`${name}.key`)),
});

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'flyball-access-'));
  for (const name of ['first', 'second']) makeCertificate(name);
  server = createServer(certificate('first'), ({ headers }, response) => {
    askers.push(headers.authorization);
    response.end(JSON.stringify({ status: 'success', data: { resultType: 'scalar', result: [1, '7'] } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  askers = [];
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(directory, { recursive: true });
});

const seven = [{ labels: {}, value: 7 }];

describe('A Prometheus with a certificate of an authority of its own', () => {
  test('is not trusted without its authority', async () => {
    const client = createPrometheusClient({ url, timeout: 2000 });
    await expect(client.query('7')).rejects.toThrow(/did not answer: .*self-signed certificate/);
    expect(askers).toEqual([]);
  });

  test('is not trusted by another authority', async () => {
    const client = createPrometheusClient({ url, timeout: 2000, files: { ca: file('second.crt') } });
    await expect(client.query('7')).rejects.toThrow('did not answer');
  });

  test('answers where the authority is in the file, and is told nothing about who asks', async () => {
    const client = createPrometheusClient({ url, timeout: 2000, files: { ca: file('first.crt') } });
    expect(await client.query('7')).toEqual(seven);
    expect(askers).toEqual([undefined]);
  });

  test('is trusted by what the file says now, since authorities are replaced', async () => {
    writeFileSync(file('ca.crt'), readFileSync(file('second.crt')));
    const client = createPrometheusClient({ url, timeout: 2000, files: { ca: file('ca.crt') } });
    await expect(client.query('7')).rejects.toThrow('did not answer');
    writeFileSync(file('ca.crt'), readFileSync(file('first.crt')));
    expect(await client.query('7')).toEqual(seven);
  });
});

describe('A Prometheus that asks who asks', () => {
  test('gets the token that the file holds now, without the line end that editors leave', async () => {
    const files = { ca: file('first.crt'), token: file('token') };
    const client = createPrometheusClient({ url, timeout: 2000, files });
    writeFileSync(file('token'), 'old\n');
    await client.query('7');
    writeFileSync(file('token'), 'new');
    await client.query('7');
    expect(askers).toEqual(['Bearer old', 'Bearer new']);
  });

  test('is not asked while the file is missing, which is said by name', async () => {
    const files = { ca: file('first.crt'), token: file('nothing') };
    const client = createPrometheusClient({ url, timeout: 2000, files });
    await expect(client.query('7')).rejects.toThrow(/ENOENT.*nothing/);
    expect(askers).toEqual([]);
  });

  test('gets no token that cannot be sent, and no word of it is in the message', async () => {
    writeFileSync(file('token'), 'two\nlines');
    const client = createPrometheusClient({
      url,
      timeout: 2000,
      files: { ca: file('first.crt'), token: file('token') },
    });
    await expect(client.query('7')).rejects.toThrow(/^((?!two|lines).)*$/s);
    expect(askers).toEqual([]);
  });
});

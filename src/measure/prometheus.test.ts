import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPrometheusClient, PrometheusError } from './prometheus.ts';
import type { PrometheusClient } from './prometheus.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function clientOf(answer: (request: IncomingMessage, response: ServerResponse) => void, timeout = 2000) {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const { port } = started.address() as AddressInfo;
  return createPrometheusClient({ url: `http://127.0.0.1:${port}/prefix`, timeout });
}

async function clientAnswering(body: unknown, statusCode = 200): Promise<PrometheusClient> {
  return await clientOf((_, response) => {
    response.statusCode = statusCode;
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

function vector(...values: readonly string[]) {
  return {
    status: 'success',
    data: { resultType: 'vector', result: values.map((value) => ({ metric: { bin: '0' }, value: [1, value] })) },
  };
}

describe('Prometheus client', () => {
  test('the question is posted as a form to the API below the prefix', async () => {
    let asked = '';
    const client = await clientOf((request, response) => {
      asked = `${request.method} ${request.url} `;
      request.on('data', (chunk: Buffer) => (asked += chunk.toString()));
      request.on('end', () => response.end(JSON.stringify(vector())));
    });
    await client.query('up{a="b"}', new Date('2026-11-24T10:00:00Z'));
    expect(asked).toBe('POST /prefix/api/v1/query query=up%7Ba%3D%22b%22%7D&timeout=2000ms&time=1795514400.000');
  });

  test('numbers, NaN and infinities of a vector are read in Go notation', async () => {
    const client = await clientAnswering(vector('0.25', 'NaN', '+Inf', '-Inf'));
    const want = [0.25, Number.NaN, Infinity, -Infinity].map((value) => ({ labels: { bin: '0' }, value }));
    expect(await client.query('x')).toEqual(want);
  });

  test('a scalar is one sample without labels', async () => {
    const client = await clientAnswering({ status: 'success', data: { resultType: 'scalar', result: [1, '7'] } });
    expect(await client.query('7')).toEqual([{ labels: {}, value: 7 }]);
  });

  test('a refused query throws with the words of Prometheus', async () => {
    const client = await clientAnswering({ status: 'error', errorType: 'bad_data', error: 'parse error' }, 400);
    await expect(client.query('(')).rejects.toThrow('Prometheus refused the query: parse error');
  });

  test('an answer that is not JSON throws with its status code', async () => {
    const client = await clientAnswering('<html>Bad gateway</html>', 502);
    await expect(client.query('x')).rejects.toThrow('HTTP 502 without JSON');
  });

  test('an answer of another shape throws', async () => {
    const client = await clientAnswering({ status: 'success', data: { resultType: 'vector', result: [{}] } });
    await expect(client.query('x')).rejects.toThrow(PrometheusError);
  });

  test('a range vector is refused, since a check needs one value at one time', async () => {
    const client = await clientAnswering({ status: 'success', data: { resultType: 'matrix', result: [] } });
    await expect(client.query('x[5m]')).rejects.toThrow('gives a matrix');
  });

  test('an answer over the limit is cut off', async () => {
    const client = await clientAnswering('x'.repeat(5 * 1024 * 1024));
    await expect(client.query('x')).rejects.toThrow('larger than');
  });

  test('a server that never answers is given up after the timeout', async () => {
    const client = await clientOf(() => undefined, 100);
    await expect(client.query('x')).rejects.toThrow('did not answer');
  });

  test('a server that is away throws with its host', async () => {
    const client = createPrometheusClient({ url: 'http://127.0.0.1:1', timeout: 500 });
    await expect(client.query('x')).rejects.toThrow('Prometheus at 127.0.0.1:1 did not answer');
  });

  test.each([
    ['a query that it cannot read', { status: 'error', errorType: 'bad_data', error: 'parse error' }, 400, 'Refused'],
    [
      'a query that it cannot execute',
      { status: 'error', errorType: 'execution', error: 'many-to-many' },
      422,
      'Refused',
    ],
    ['a query that takes too long', { status: 'error', errorType: 'timeout', error: 'timed out' }, 503, 'Unreachable'],
    ['a gateway in front of it', '<html>Bad gateway</html>', 502, 'Unreachable'],
    ['a range vector', { status: 'success', data: { resultType: 'matrix', result: [] } }, 200, 'Refused'],
    ['nonsense', { status: 'success' }, 200, 'Unreachable'],
  ])('whether asking again may help is known of %s', async (_, body, statusCode, want) => {
    const client = await clientAnswering(body, statusCode);
    await expect(client.query('x')).rejects.toMatchObject({ fault: want });
  });
});

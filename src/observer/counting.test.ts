import type { OutgoingHttpHeaders } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import {
  answering,
  identity,
  json,
  metricsOf,
  observed,
  oneRow,
  predict,
  requestLine,
  send,
  signalLine,
  skipLine,
} from '../../test/builders/observer.ts';

const binaryHead = (length: number) => ({ 'inference-header-content-length': length });
const binaryTensor = (size: number, fields: object = {}) => ({
  name: 'x',
  shape: [1, size / 4],
  datatype: 'FP32',
  parameters: { binary_data_size: size },
  ...fields,
});
/** A request of the binary tensor data extension: its JSON, and what follows. */
function binaryRequest(tensors: readonly object[], bytes: Buffer) {
  const head = JSON.stringify({ inputs: tensors });
  return { headers: binaryHead(head.length), body: Buffer.concat([Buffer.from(head), bytes]) };
}

describe('The observer counts', () => {
  it('all bins and likely codes as 0 from the start, so that no first step is lost', async () => {
    const text = await metricsOf(await observed(answering({})));
    for (let bin = 0; bin < 10; bin += 1) expect(text).toContain(signalLine('amount', String(bin), 0));
    for (const bin of ['0', '1', 'Other']) expect(text).toContain(signalLine('class', bin, 0));
    for (const code of [200, 500, 502, 503]) expect(text).toContain(requestLine(code, 0));
    expect(text).not.toContain('signal="bare"');
  });

  it('the bins of a request and of its answer, the code and the duration', async () => {
    const observer = await observed(answering({ outputs: [{ name: 'y', shape: [1], data: [1] }] }));
    await predict(observer.inferencePort, oneRow(4.5));
    const text = await metricsOf(observer);
    expect(text).toContain(signalLine('amount', '4', 1));
    expect(text).toContain(signalLine('class', '1', 1));
    expect(text).toContain(skipLine('bare', 'NoProfile', 1));
    expect(text).toContain(requestLine(200, 1));
    expect(text).toContain(`flyball_request_duration_seconds_count{${identity}} 1`);
  });

  it('each row of a batch, of the request and of its answer', async () => {
    const observer = await observed(answering({ outputs: [{ name: 'y', shape: [3, 1], data: [1, 0, 1] }] }));
    await predict(observer.inferencePort, { inputs: [{ name: 'x', shape: [3, 2], data: [0, 1, 0, 2, 0, 'x'] }] });
    const text = await metricsOf(observer);
    expect(text).toContain(signalLine('amount', '0', 1));
    expect(text).toContain(signalLine('amount', '1', 1));
    expect(text).toContain(skipLine('amount', 'WrongType', 1));
    expect(text).toContain(signalLine('class', '0', 1));
    expect(text).toContain(signalLine('class', '1', 2));
    expect(text).toContain(requestLine(200, 1));
  });

  it('rows above 64 as skipped', async () => {
    const observer = await observed(answering({}));
    const data = Array.from({ length: 200 }, (_, index) => index % 2);
    await predict(observer.inferencePort, { inputs: [{ name: 'x', shape: [100, 2], data }] });
    const text = await metricsOf(observer);
    expect(text).toContain(signalLine('amount', '0', 64));
    expect(text).toContain(skipLine('amount', 'TooManyRows', 36));
  });

  it.each([
    ['a body that does not say it is JSON', {}, ` \r\n${JSON.stringify(oneRow(4.5))}`],
    ['a body of another JSON type', { 'content-type': 'application/vnd.model+json' }, JSON.stringify(oneRow(4.5))],
    [
      'the JSON before the data of other tensors',
      ...Object.values(binaryRequest([...oneRow(4.5).inputs, binaryTensor(100_000)], Buffer.alloc(100_000))),
    ],
    [
      'the data after the JSON',
      ...Object.values(binaryRequest([binaryTensor(8)], Buffer.from(Float32Array.from([0, 4.5]).buffer))),
    ],
  ] as [string, OutgoingHttpHeaders, Buffer | string][])('the bins of %s', async (_what, headers, body) => {
    const observer = await observed(answering({}));
    await send(observer.inferencePort, { method: 'POST', path: '/', headers, body });
    expect(await metricsOf(observer)).toContain(signalLine('amount', '4', 1));
  });

  it.each([
    ['Missing', { headers: json, body: '{}' }],
    ['WrongType', { headers: json, body: JSON.stringify(oneRow('much')) }],
    ['Malformed', { headers: json, body: '{"inputs": [NaN' }],
    ['NotJSON', { headers: { 'content-type': 'application/octet-stream' }, body: 'x' }],
    ['NotJSON', { body: 'x' }],
    ['NotJSON', { body: '' }],
    ['NotJSON', { body: '[x' }],
    ['Binary', binaryRequest([binaryTensor(8, { datatype: 'FP8' })], Buffer.alloc(8))],
    ['Binary', { headers: binaryHead(0), body: Buffer.alloc(8) }],
    ['Malformed', binaryRequest([binaryTensor(8)], Buffer.alloc(9))],
    ['Malformed', binaryRequest([binaryTensor(8, { shape: [1, 3] })], Buffer.alloc(8))],
    ['Malformed', { headers: json, body: JSON.stringify({ inputs: [binaryTensor(8)] }) }],
    ['Malformed', { headers: binaryHead(7), body: JSON.stringify({ inputs: [] }) }],
    ['Malformed', { headers: { 'inference-header-content-length': '-1' }, body: '{}' }],
    ['TooLarge', { headers: binaryHead(1 << 17), body: JSON.stringify('x'.repeat(1 << 17)) }],
    ['Streamed', { headers: { 'content-type': 'application/x-ndjson' }, body: '{}\n{}' }],
    ['Encoded', { headers: { ...json, 'content-encoding': 'gzip' }, body: 'x' }],
    ['TooLarge', { headers: json, body: JSON.stringify('x'.repeat(64 * 1024)) }],
    ['TooLarge', { headers: { ...json, 'transfer-encoding': 'chunked' }, body: JSON.stringify('x'.repeat(1 << 20)) }],
  ])('what it cannot see as skipped: %s', async (reason, options) => {
    const observer = await observed(answering({}));
    const answer = await send(observer.inferencePort, { method: 'POST', path: '/', ...options });
    expect(answer.status).toBe(200);
    expect(await metricsOf(observer)).toContain(skipLine('amount', reason, 1));
  });

  it('no signal of a request that the server refused', async () => {
    const observer = await observed((message, response) => {
      message.resume();
      response.writeHead(422).end();
    });
    await predict(observer.inferencePort, oneRow(1));
    const text = await metricsOf(observer);
    expect(text).toContain(requestLine(422, 1));
    expect(text).toContain(skipLine('amount', 'Failed', 1));
    expect(text).toContain(signalLine('amount', '0', 0));
  });

  it('a probe as a request, but not as a prediction', async () => {
    const observer = await observed(answering({}));
    await send(observer.inferencePort, { path: '/v2/health/ready' });
    const text = await metricsOf(observer);
    expect(text).toContain(requestLine(200, 1));
    expect(text).not.toContain('flyball_signal_skipped_total{');
  });
});

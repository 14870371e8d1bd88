import type { RequestListener } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Observer } from './index.ts';
import {
  answering,
  identity,
  json,
  metricsOf,
  observed,
  oneRow,
  predict,
  send,
  skipLine,
} from '../../test/builders/observer.ts';

const tokenLine = (type: 'Input' | 'Output', count: number) =>
  `flyball_tokens_total{${identity},type="${type}"} ${count}`;
const skippedLine = (reason: string, count: number) =>
  `flyball_tokens_skipped_total{${identity},reason="${reason}"} ${count}`;

const model = (listener: RequestListener) => observed(listener, undefined, 'OpenAI');
const chat = ({ inferencePort }: Observer) =>
  send(inferencePort, { method: 'POST', path: '/v1/chat/completions', headers: json, body: '{}' });

/** A server that streams these pieces, each by itself. */
const streaming =
  (pieces: readonly (string | Buffer)[], type = 'text/event-stream; charset=utf-8'): RequestListener =>
  (message, response) => {
    message.resume();
    response.writeHead(200, { 'content-type': type });
    const next = (index: number) => {
      const piece = pieces[index];
      if (piece === undefined) response.end();
      else response.write(piece, () => setImmediate(next, index + 1));
    };
    next(0);
  };

const event = (document: unknown) => `data: ${JSON.stringify(document)}\n\n`;
const word = (content: string) => event({ choices: [{ delta: { content } }], usage: null });
const usage = { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 };
const last = [event({ choices: [], usage }), 'data: [DONE]\n\n'];

async function countedOf(pieces: readonly (string | Buffer)[]): Promise<string> {
  const observer = await model(streaming(pieces));
  await chat(observer);
  return metricsOf(observer);
}

describe('Tokens', () => {
  it('are there at 0 from the start, where the protocol tells of them', async () => {
    const text = await metricsOf(await model(answering({})));
    expect(text).toContain(tokenLine('Input', 0));
    expect(text).toContain(tokenLine('Output', 0));
    const other = await observed(answering({ usage }));
    await predict(other.inferencePort, oneRow(1));
    expect(await metricsOf(other)).not.toContain('flyball_tokens');
  });

  it('of a whole answer are counted', async () => {
    const observer = await model(answering({ choices: [], usage }));
    await chat(observer);
    await chat(observer);
    const text = await metricsOf(observer);
    expect(text).toContain(tokenLine('Input', 18));
    expect(text).toContain(tokenLine('Output', 24));
  });

  it('of a stream are those of its last event that tells them, once', async () => {
    const soFar = event({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 3 } });
    const text = await countedOf([word('a'), soFar, word('b'), ...last]);
    expect(text).toContain(tokenLine('Input', 9));
    expect(text).toContain(tokenLine('Output', 12));
  });

  it.each([
    ['lines that end with CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['lines that end with CR', (text: string) => text.replaceAll('\n', '\r')],
    ['comments and names', (text: string) => `: ping\n\nevent: chunk\nid: 7\n${text}`],
    ['data in two lines', (text: string) => text.replaceAll('"usage"', '\ndata:"usage"')],
    ['no blank line at its end', (text: string) => text.replace(/\s+$/, '')],
  ])('of a stream with %s are counted', async (_what, written) => {
    expect(await countedOf([written(`${word('a')}${last[0]}`)])).toContain(tokenLine('Output', 12));
  });

  it('of a long stream are counted, in whatever pieces it comes, with a text that looks like an end', async () => {
    const decoy = word('\n\ndata: {"usage":{"prompt_tokens":1000,"completion_tokens":1000}}\n\n');
    const whole = Buffer.from(`${word('ä').repeat(3000)}${decoy.repeat(100)}${last.join('')}`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40_000 }), { maxLength: 12 }), async (lengths) => {
        const cuts = lengths.map((_, index) => lengths.slice(0, index + 1).reduce((sum, length) => sum + length, 0));
        const pieces = [0, ...cuts].map((from, index) => whole.subarray(from, cuts[index] ?? whole.length));
        const text = await countedOf(pieces.filter(({ length }) => length > 0));
        expect(text).toContain(tokenLine('Input', 9));
        expect(text).toContain(tokenLine('Output', 12));
      }),
      { numRuns: 15 },
    );
  });

  it('in a last event of many KiB, such as that of a response, are counted, and not in one above 64 KiB', async () => {
    const done = (length: number) =>
      event({
        type: 'response.completed',
        response: { output: 'x'.repeat(length), usage: { input_tokens: 5, output_tokens: 6 } },
      });
    expect(await countedOf([word('a').repeat(200), done(40_000)])).toContain(tokenLine('Output', 6));
    const text = await countedOf([word('a'), ...(done(3_000_000).match(/.{1,50000}/gs) ?? [])]);
    expect(text).toContain(skippedLine('TooLarge', 1));
    expect(text).toContain(tokenLine('Output', 0));
    const after = [word('x'.repeat(200_000)), ...last];
    expect(await countedOf(after)).toContain(tokenLine('Output', 12));
  });

  it.each<[string, RequestListener]>([
    ['Missing', answering({ choices: [] })],
    ['Missing', streaming([word('"usage":{"prompt_tokens":9}'), 'data: [DONE]\n\n'])],
    ['Missing', streaming([])],
    ['WrongType', answering({ usage: { prompt_tokens: -1, completion_tokens: 5 } })],
    ['WrongType', streaming([event({ usage: { prompt_tokens: 5, completion_tokens: 1e308 } })])],
    ['Missing', streaming(['data: {"usage":{"prompt_tokens":NaN}}\n\n'])],
    ['TooLarge', answering({ usage, data: 'x'.repeat(70_000) })],
    ['NotJSON', (message, response) => void message.resume().on('end', () => response.end('text'))],
    ['Streamed', streaming(['{}\n'], 'application/x-ndjson')],
    [
      'Encoded',
      (message, response) => {
        message.resume();
        response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' }).end('x');
      },
    ],
    ['Failed', (_message, response) => void response.writeHead(429, json).end(JSON.stringify({ usage }))],
  ])('that are not told are skipped: %s', async (reason, listener) => {
    const observer = await model(listener);
    await chat(observer);
    const text = await metricsOf(observer);
    expect(text).toContain(skippedLine(reason, 1));
    expect(text).toContain(tokenLine('Input', 0));
    expect(text).toContain(tokenLine('Output', 0));
  });

  it('leave signals what they were: those of a stream are skipped as such', async () => {
    const observer = await model(streaming([...last]));
    await predict(observer.inferencePort, oneRow(1));
    const text = await metricsOf(observer);
    expect(text).toContain(skipLine('class', 'Streamed', 1));
    expect(text).toContain(tokenLine('Output', 12));
  });

  it('are counted of very many streams at the same time', async () => {
    const observer = await model(streaming([...Array.from({ length: 20 }, () => word('token')), ...last]));
    await Promise.all(Array.from({ length: 100 }, () => chat(observer)));
    expect(await metricsOf(observer)).toContain(tokenLine('Output', 1200));
  });
});

import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bytesOf, json, observed, send } from '../../test/builders/observer.ts';

describe('Traffic', () => {
  it('passes with every byte unchanged', async () => {
    const observer = await observed((message, response) => {
      response.writeHead(200, { 'content-type': message.headers['content-type'] ?? '' });
      message.pipe(response);
    });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200_000 }), fc.boolean(), async (bytes, chunked) => {
        const body = Buffer.from(bytes);
        const framing = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': body.length };
        const answer = await send(observer.inferencePort, {
          method: 'POST',
          path: '/echo?x=%20y',
          headers: { ...json, ...framing },
          body,
        });
        expect(answer.body.equals(body)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('passes with a megabyte each way and its length', async () => {
    const body = Buffer.alloc(1 << 20, 'ab');
    const observer = await observed((message, response) => {
      void bytesOf(message).then((bytes) => response.writeHead(200, { 'content-length': bytes.length }).end(bytes));
    });
    const answer = await send(observer.inferencePort, { method: 'POST', headers: json, body });
    expect(answer.headers['content-length']).toBe(String(body.length));
    expect(answer.body.equals(body)).toBe(true);
  });

  it('passes with method, path, status, reason and headers as they were, repeated ones too', async () => {
    let seen: IncomingMessage | undefined;
    const observer = await observed((message, response) => {
      seen = message;
      response.sendDate = false;
      response.writeHead(299, 'Quite Fine', [
        'Set-Cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
        'X-CaSe',
        'y',
        'Content-Length',
        '0',
      ]);
      response.end();
    });
    const answer = await send(observer.inferencePort, {
      method: 'PATCH',
      path: '/a/../b//c?q=%2F',
      headers: { Host: 'fraud.team.svc', 'X-Forwarded-For': '10.0.0.1', 'X-UPPER': 'z' },
    });
    expect(seen?.method).toBe('PATCH');
    expect(seen?.url).toBe('/a/../b//c?q=%2F');
    expect(seen?.rawHeaders).toEqual(expect.arrayContaining(['Host', 'fraud.team.svc', 'X-UPPER', 'z']));
    expect(answer.status).toBe(299);
    expect(answer.raw.slice(0, 8)).toEqual([
      'Set-Cookie',
      'a=1',
      'Set-Cookie',
      'b=2',
      'X-CaSe',
      'y',
      'Content-Length',
      '0',
    ]);
    expect(answer.headers.date).toBeUndefined();
  });

  it('streams: the client has the first event before the server has made the second', async () => {
    let second: (() => void) | undefined;
    const observer = await observed((_message, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      second = () => response.end('data: 2\n\n');
    });
    const outgoing = request({ host: '127.0.0.1', port: observer.inferencePort, agent: false }).end();
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const [first] = (await once(answer, 'data')) as [Buffer];
    expect(first.toString()).toBe('data: 1\n\n');
    second?.();
    expect((await bytesOf(answer)).toString()).toBe('data: 2\n\n');
  });

  it('streams: the client has the head before the server has made anything of the body', async () => {
    let first: (() => void) | undefined;
    const observer = await observed((_message, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      first = () => response.end('data: 1\n\n');
    });
    const outgoing = request({ host: '127.0.0.1', port: observer.inferencePort, agent: false }).end();
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect(answer.headers['content-type']).toBe('text/event-stream');
    first?.();
    expect((await bytesOf(answer)).toString()).toBe('data: 1\n\n');
  });

  it('answers HEAD without a body but with its length', async () => {
    const observer = await observed((_message, response) => response.writeHead(200, { 'content-length': 7 }).end());
    const answer = await send(observer.inferencePort, { method: 'HEAD' });
    expect(answer.headers['content-length']).toBe('7');
    expect(answer.body.length).toBe(0);
  });

  it('of a client that waits for 100-continue passes', async () => {
    const observer = await observed((message, response) => message.pipe(response));
    const outgoing = request({
      host: '127.0.0.1',
      port: observer.inferencePort,
      agent: false,
      method: 'POST',
      headers: { expect: '100-continue', 'content-length': 4 },
    });
    outgoing.flushHeaders();
    await once(outgoing, 'continue');
    outgoing.end('body');
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect((await bytesOf(answer)).toString()).toBe('body');
  });

  it('of a server that answers before it has read all of the request passes', async () => {
    const observer = await observed((_message, response) => response.writeHead(413).end('too much'));
    const answer = await send(observer.inferencePort, { method: 'POST', body: Buffer.alloc(4096) });
    expect([answer.status, answer.body.toString()]).toEqual([413, 'too much']);
  });
});

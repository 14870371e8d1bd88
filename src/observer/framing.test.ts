import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { metricsOf, observed, requestLine, textUntil } from '../../test/builders/observer.ts';

describe('Traffic', () => {
  it.each([
    ['both lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde'],
    ['a bare line feed', 'GET / HTTP/1.1\nHost: a\n\n'],
    ['a strange coding', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
  ])('with %s, which two parties could read differently, is refused', async (_what, text) => {
    let reached = 0;
    const observer = await observed((_message, response) => {
      reached += 1;
      response.end();
    });
    const client = connect(observer.inferencePort, '127.0.0.1');
    client.write(text);
    expect(await textUntil(client, '\r\n\r\n')).toContain('400 Bad Request');
    expect(reached).toBe(0);
    client.destroy();
  });

  it('of a GET with a body in chunks stays framed', async () => {
    const observer = await observed((message, response) => message.pipe(response));
    const client = connect(observer.inferencePort, '127.0.0.1');
    const smuggled = 'GET /admin HTTP/1.1\r\nHost: a\r\n\r\n';
    const size = smuggled.length.toString(16);
    client.write(`GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${size}\r\n${smuggled}\r\n0\r\n\r\n`);
    expect(await textUntil(client, 'GET /admin')).toContain('200 OK');
    expect(await metricsOf(observer)).toContain(requestLine(200, 1));
    client.destroy();
  });
});

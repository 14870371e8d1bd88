import { connect } from 'node:net';
import type { RequestListener } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { answering, metricsOf, observed, oneRow, signalLine, textUntil } from '../../test/builders/observer.ts';

/** All that a client gets that writes this text and waits for the server to close. */
async function answerTo(listener: RequestListener, text: string): Promise<string> {
  const { inferencePort } = await observed(listener);
  const client = connect(inferencePort, '127.0.0.1');
  client.write(text);
  let answer = '';
  for await (const piece of client) answer += String(piece);
  return answer;
}

describe('A client of HTTP/1.0', () => {
  it('needs no Host: the server is told the address at which it is asked', async () => {
    const answer = await answerTo((message, response) => response.end(message.headers.host), 'GET / HTTP/1.0\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toMatch(/\r\n\r\n127\.0\.0\.1:[0-9]+$/);
  });

  it('has its own Host passed on', async () => {
    const text = 'GET / HTTP/1.0\r\nHost: fraud.team\r\n\r\n';
    expect(await answerTo((message, response) => response.end(message.headers.host), text)).toMatch(/fraud\.team$/);
  });

  it('has the connection closed after the answer, if it did not ask for more', async () => {
    expect(await answerTo(answering({}), 'GET / HTTP/1.0\r\n\r\n')).toContain('\r\nConnection: close\r\n');
  });

  it('keeps its connection if it asks for that and the answer has a length', async () => {
    const listener: RequestListener = (message, response) =>
      response.writeHead(200, { 'content-length': 2 }).end(message.url);
    const answer = await answerTo(listener, 'GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n');
    expect(answer).toMatch(/\r\nConnection: keep-alive\r\n(.*\r\n)*\r\n\/1HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toMatch(/\r\nConnection: close\r\n(.*\r\n)*\r\n\/2$/);
  });

  it('never gets chunks: the end of an answer without a length is the end of its connection', async () => {
    const listener: RequestListener = (_message, response) => {
      response.write('first ');
      setImmediate(() => response.end('second'));
    };
    const answer = await answerTo(listener, 'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
    expect(answer).not.toMatch(/transfer-encoding/i);
    expect(answer).toContain('\r\nConnection: close\r\n');
    expect(answer).toMatch(/\r\n\r\nfirst second$/);
  });

  it('that sends chunks is refused, and its connection closed', async () => {
    let reached = 0;
    const text = 'POST / HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
    const answer = await answerTo((_message, response) => {
      reached += 1;
      response.end();
    }, text);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain('\r\nConnection: close\r\n');
    expect(reached).toBe(0);
  });

  it('is never asked to continue', async () => {
    const text = 'POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx';
    expect(await answerTo((message, response) => message.pipe(response), text)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it('has its signals counted', async () => {
    const observer = await observed(answering({}));
    const body = JSON.stringify(oneRow(4.5));
    const client = connect(observer.inferencePort, '127.0.0.1');
    client.write(`POST / HTTP/1.0\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await textUntil(client, '{}');
    expect(await metricsOf(observer)).toContain(signalLine('amount', '4', 1));
  });
});

describe('A client of HTTP/1.1', () => {
  it('that names no Host is refused', async () => {
    const answer = await answerTo(answering({}), 'GET / HTTP/1.1\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  });
});

import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { metricsOf, observed, requestLine, skipLine, textUntil } from '../../test/builders/observer.ts';

it('A body in chunks of one byte reaches the server in few pieces', async () => {
  const pieces: number[] = [];
  const observer = await observed((message, response) => {
    message.on('data', (piece: Buffer) => pieces.push(piece.length)).on('end', () => response.end('all'));
  });
  const client = connect(observer.inferencePort, '127.0.0.1');
  client.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
  await pause(20);
  client.write(`${'1\r\nx\r\n'.repeat(5000)}0\r\n\r\n`);
  await textUntil(client, 'all');
  expect(pieces.reduce((sum, length) => sum + length, 0)).toBe(5000);
  expect(pieces.length).toBeLessThan(500);
  client.destroy();
});

it('An answer in chunks of one byte reaches the client in few chunks', async () => {
  const observer = await observed((_message, response) => {
    response.flushHeaders();
    response.socket?.write(`${'1\r\nx\r\n'.repeat(5000)}0\r\n\r\n`);
  });
  const client = connect(observer.inferencePort, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  const text = await textUntil(client, '\r\n0\r\n\r\n');
  expect(text.match(/^[0-9a-f]+\r$/gm)?.length).toBeLessThan(500);
  client.destroy();
});

it('The copies of bodies in chunks of one byte take no more memory than others', async () => {
  let passed = 0;
  const observer = await observed((message, response) => {
    message.on('data', ({ length }: Buffer) => (passed += length)).on('end', () => response.end('{}'));
  });
  const clients = Array.from({ length: 8 }, () => connect(observer.inferencePort, '127.0.0.1'));
  const head = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
  for (const client of clients) client.write(`${head}${'1\r\n \r\n'.repeat(9000)}`);
  while (passed < 8 * 9000) await pause(10);
  const answered = clients.map((client) => textUntil(client, '{}'));
  for (const client of clients) client.write('0\r\n\r\n');
  await Promise.all(answered);
  const text = await metricsOf(observer);
  expect(text).toContain(requestLine(200, 8));
  expect(text).toContain(skipLine('amount', 'Busy', 5));
  await Promise.all(clients.map((client) => once(client.destroy(), 'close')));
});

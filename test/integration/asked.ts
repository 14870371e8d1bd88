/** Servers that answer or hang, and a client that gives up, for what is measured of them. */
import { request } from 'node:http';
import type { RequestListener } from 'node:http';

/** Asks once, and gives up after so many milliseconds. */
export function one(port: number, patience: number, body: string): Promise<void> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json' };
    const outgoing = request({ host: '127.0.0.1', port, agent: false, method: 'POST', path: '/infer', headers });
    const timer = setTimeout(() => outgoing.destroy(), patience);
    outgoing.on('response', (answer) => answer.resume());
    outgoing.on('error', () => undefined);
    outgoing.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    outgoing.end(body);
  });
}

export const answers: RequestListener = (message, response) => {
  message.resume();
  response.end('{}');
};

/** A server that answers its health alone, or hangs in four of ten requests. */
export const hangs: RequestListener = (message) => void message.resume();
export function hangsAtTimes(): RequestListener {
  let count = 0;
  return (message, response) => ((count += 1) % 10 < 4 ? hangs : answers)(message, response);
}

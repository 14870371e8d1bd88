import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers in the server's stead, and lets the rest of the request run out. */
export function refuse(request: IncomingMessage, response: ServerResponse, code: number, message: string): void {
  request.resume();
  const headers = ['Content-Type', 'text/plain', 'Content-Length', String(message.length + 1)];
  response.sendDate = false;
  response.writeHead(code, STATUS_CODES[code] ?? '', code === 503 ? [...headers, 'Retry-After', '1'] : headers);
  response.end(`${message}\n`);
}

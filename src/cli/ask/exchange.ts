import { request as requestOverHTTP } from 'node:http';
import type { Duplex } from 'node:stream';

/** One request to a served model. */
export interface Question {
  readonly method: 'GET' | 'POST';
  /** One of the protocol's, or one that the person wrote. */
  readonly path: string;
  readonly body: Buffer | undefined;
  readonly contentType: string;
}

/** What the server said. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
  /** Whether the end of the body was left out. */
  readonly isCut: boolean;
}

/** More than a terminal or a person takes. */
const mostBytes = 16 * 1024 * 1024;

/** Sends one request over a connection to the server, which ends with it. @throws if there is no answer. */
export async function exchange(
  connection: Duplex,
  host: string,
  question: Question,
  stop: AbortSignal,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const sent = requestOverHTTP({
    createConnection: () => connection,
    method: question.method,
    path: question.path,
    headers: headersOf(host, question),
    signal: stop,
  });
  sent.on('error', reject);
  connection.on('error', reject);
  sent.on('response', (response) => {
    gathered(response.statusCode ?? 0, response.headers['content-type'] ?? '', response).then(resolve, reject);
  });
  sent.end(question.body);
  return await promise.finally(() => connection.destroy());
}

/** Reads an answer, as far as anybody wants it. */
export async function gathered(status: number, contentType: string, body: AsyncIterable<Buffer>): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostBytes) break;
  }
  return { status, contentType, body: Buffer.concat(chunks).subarray(0, mostBytes), isCut: size > mostBytes };
}

/** The headers of a question, without those of the connection. */
export function headersOf(host: string, { body, contentType }: Question): Record<string, string> {
  return {
    host,
    accept: 'application/json, text/plain;q=0.9, */*;q=0.5',
    'user-agent': 'kubectl-flyball',
    connection: 'close',
    ...(body !== undefined && { 'content-type': contentType, 'content-length': String(body.length) }),
  };
}

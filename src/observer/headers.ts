import type { IncomingMessage } from 'node:http';

/** Fields of one connection, RFC 9110 section 7.6.1, and Expect, which the proxy has answered itself. Trailers are dropped. */
const hopByHop = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Fields that frame or route a message: a Connection field that names them would make two parties read different messages. */
const indispensable = new Set(['content-length', 'host']);

/**
 * The fields of a message that go on to the next hop, in their order and spelling.
 * @param raw names and values alternating, as in IncomingMessage.rawHeaders.
 */
export function endToEnd(raw: readonly string[]): string[] {
  const pairs = pairsOf(raw);
  const named = new Set(
    pairs
      .filter(([name]) => name.toLowerCase() === 'connection')
      .flatMap(([, value]) => value.split(',').map((token) => token.trim().toLowerCase())),
  );
  return pairs
    .filter(([name]) => {
      const key = name.toLowerCase();
      return !hopByHop.has(key) && (indispensable.has(key) || !named.has(key));
    })
    .flat();
}

function pairsOf(raw: readonly string[]): readonly (readonly [string, string])[] {
  return Array.from({ length: Math.floor(raw.length / 2) }, (_, index) => [
    raw[index * 2] ?? '',
    raw[index * 2 + 1] ?? '',
  ]);
}

/** Methods for which Node sends no body unless the headers announce one. */
const bodiless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

/**
 * The headers of a request as the server sees them. The framing is the proxy's own: what came in chunks goes on in chunks.
 * @param authority what the server is told to be if the client, by HTTP/1.0, has not said: HTTP/1.1 demands it.
 */
export function onwardHeaders(request: IncomingMessage, authority: string): string[] {
  const named = endToEnd(request.rawHeaders);
  const headers = request.headers.host === undefined ? ['Host', authority, ...named] : named;
  if (request.headers['transfer-encoding'] !== undefined) return [...headers, 'Transfer-Encoding', 'chunked'];
  if (request.headers['content-length'] !== undefined || bodiless.has(request.method ?? '')) return headers;
  return [...headers, 'Content-Length', '0'];
}

/** Chunks are of HTTP/1.1. Two parties could read a message of HTTP/1.0 that announces them differently: RFC 9112 section 6.1. */
export function isFramed({ httpVersion, headers }: IncomingMessage): boolean {
  return httpVersion !== '1.0' || headers['transfer-encoding'] === undefined;
}

/** The headers of an answer as the client sees them. */
export function answerHeaders(answer: IncomingMessage, draining: boolean): string[] {
  const headers = endToEnd(answer.rawHeaders);
  return draining ? [...headers, 'Connection', 'close'] : headers;
}

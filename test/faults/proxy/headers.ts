import type { IncomingHttpHeaders } from 'node:http';

type Headers = Record<string, string | string[]>;

/** Headers of one connection. Those of the host and of encodings are not for the API server either: it shall answer in plain JSON. */
const notPassed = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'accept-encoding',
  'expect',
  'upgrade',
]);

export function requestHeaders(headers: IncomingHttpHeaders): Headers {
  const passed = answerHeaders(headers);
  const { accept } = passed;
  // Protobuf could be neither counted nor kept by the proxy.
  if (typeof accept === 'string' && accept.includes('protobuf')) passed['accept'] = withoutProtobuf(accept);
  return passed;
}

export function answerHeaders(headers: IncomingHttpHeaders): Headers {
  const entries = Object.entries(headers).filter(([name, value]) => value !== undefined && !notPassed.has(name));
  return Object.fromEntries(entries) as Headers;
}

function withoutProtobuf(accept: string): string {
  const rest = accept.split(',').filter((type) => !type.includes('protobuf'));
  return rest.length === 0 ? 'application/json' : rest.join(',');
}

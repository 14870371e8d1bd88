import { request } from 'undici';
import { shortened } from '../api/condition.ts';
import { oneLine } from '../api/text.ts';
import { type Access, type AccessFiles, createAccess } from './access.ts';

/** One element of an instant vector. `value` may be NaN or infinite, as Prometheus answers 0/0; callers treat that as no data. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What decisions ask a metrics store. Faults throw `PrometheusError`; an empty answer is no error. */
export interface PrometheusClient {
  /** The instant vector of a PromQL expression at `at`, by default at the server's present. A scalar is one sample without labels. */
  query(expression: string, at?: Date): Promise<readonly Sample[]>;
}

export interface PrometheusOptions {
  /** Base URL that the administrator set, with or without a path prefix. */
  readonly url: string;
  /** Longest time for one query, in milliseconds, from connecting to the last byte of the answer. */
  readonly timeout: number;
  /** For a server that is reached by HTTPS with a certificate of its own authority, or that asks who asks. */
  readonly files?: AccessFiles | undefined;
}

/**
 * Why there is no answer: the server could not be reached, or reached and not understood; or it answered that the query is no
 * question to it, so that asking it again is no use.
 */
export type Fault = 'Unreachable' | 'Refused';

/** Prometheus could not be asked, or did not answer the question. The message names the server's own words, shortened. */
export class PrometheusError extends Error {
  override readonly name = 'PrometheusError';
  readonly fault: Fault;

  constructor(fault: Fault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

/** Several times what a built-in question about 32 signals gets; reading more would keep everybody waiting. */
const largestAnswer = 1024 * 1024;
const longestExplanation = 300;

/**
 * A client of Prometheus' HTTP API, see https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries.
 * The answer is read up to 1 MiB, so that a query of a user exhausts neither the operator's memory nor its time.
 */
export function createPrometheusClient({ url, timeout, files = {} }: PrometheusOptions): PrometheusClient {
  const endpoint = new URL('api/v1/query', url.endsWith('/') ? url : `${url}/`);
  const access = createAccess(files, timeout);
  return {
    async query(expression, at) {
      const form = new URLSearchParams({ query: expression, timeout: `${timeout}ms` });
      if (at !== undefined) form.set('time', (at.getTime() / 1000).toFixed(3));
      const answer = await ask(endpoint, form, access, timeout);
      return samplesOf(answer);
    },
  };
}

async function ask(
  endpoint: URL,
  form: URLSearchParams,
  access: () => Promise<Access>,
  timeout: number,
): Promise<unknown> {
  try {
    const signal = AbortSignal.timeout(timeout);
    const { dispatcher, headers } = await access();
    const response = await request(endpoint, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: form.toString(),
      dispatcher,
      signal,
    });
    return parsed(await bounded(response.body), response.statusCode);
  } catch (error) {
    if (error instanceof PrometheusError) throw error;
    throw new PrometheusError('Unreachable', `Prometheus at ${endpoint.host} did not answer: ${explanation(error)}`, {
      cause: error,
    });
  }
}

/** Reads a body, but never more than the largest answer; leaving the loop destroys the stream. */
async function bounded(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > largestAnswer)
      throw new PrometheusError('Refused', `Prometheus' answer is larger than ${largestAnswer} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string, statusCode: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PrometheusError('Unreachable', `Prometheus answered HTTP ${statusCode} without JSON: ${quoted(text)}`);
  }
}

function samplesOf(answer: unknown): readonly Sample[] {
  if (!isRecord(answer)) throw malformed('not an object');
  if (answer['status'] !== 'success') {
    throw new PrometheusError(faultOf(answer), `Prometheus refused the query: ${quoted(reasonOf(answer))}`);
  }
  const data = answer['data'];
  if (!isRecord(data) || !Array.isArray(data['result'])) throw malformed('no data.result');
  const result: readonly unknown[] = data['result'];
  if (data['resultType'] === 'scalar') return [{ labels: {}, value: valueOf(result) }];
  if (data['resultType'] === 'vector') return result.map(sampleOf);
  throw new PrometheusError(
    'Refused',
    `The query gives a ${quoted(typeof data['resultType'] === 'string' ? data['resultType'] : 'nameless result')}, but a check needs an instant vector or a scalar`,
  );
}

function reasonOf(answer: Readonly<Record<string, unknown>>): string {
  return typeof answer['error'] === 'string' ? answer['error'] : 'no reason given';
}

function sampleOf(element: unknown): Sample {
  if (!isRecord(element) || !isRecord(element['metric'])) throw malformed('an element without metric');
  const labels = Object.fromEntries(Object.entries(element['metric']).map(([name, value]) => [name, String(value)]));
  return { labels, value: valueOf(element['value']) };
}

/** Prometheus writes a value as [unix seconds, string], the string in Go's notation. */
function valueOf(pair: unknown): number {
  if (!Array.isArray(pair) || typeof pair[1] !== 'string') throw malformed('an element without value');
  if (pair[1] === '+Inf') return Number.POSITIVE_INFINITY;
  if (pair[1] === '-Inf') return Number.NEGATIVE_INFINITY;
  return Number(pair[1]);
}

function malformed(what: string): PrometheusError {
  return new PrometheusError('Unreachable', `Prometheus' answer is malformed: ${what}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of its error types these are about the query; the others are about the server, such as timeout and internal. */
function faultOf({ errorType }: Readonly<Record<string, unknown>>): Fault {
  return errorType === 'bad_data' || errorType === 'execution' ? 'Refused' : 'Unreachable';
}

function quoted(words: string): string {
  return shortened(oneLine(words), longestExplanation);
}

function explanation(error: unknown): string {
  return quoted(error instanceof Error ? error.message : String(error));
}

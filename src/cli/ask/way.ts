import { isFields } from '../../domain/canonical.ts';
import { keyOf } from '../../api/resource.ts';
import { request } from 'undici';
import type { IPod } from 'kubernetes-models/v1';
import { KubernetesError } from '../../kube/errors.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { forwarded, NotForwarded, type PodPort } from '../cluster/portforward.ts';
import { type Answer, exchange, gathered, headersOf, type Question } from './exchange.ts';

/** A revision that answers: one of its pods, and the Service that leads to all of them. */
export interface Served {
  /** The ModelDeployment's. */
  readonly name: string;
  readonly pod: IPod;
  readonly port: number;
  readonly service: string;
  /** Whether an observer counts what it is asked. */
  readonly isObserved: boolean;
}

/** An answer, and how it came here. */
export interface Reached {
  readonly answer: Answer;
  /** Why the port could not be forwarded, if the request went by the Service instead. */
  readonly instead: string | undefined;
}

/**
 * Asks a server: by a forwarded port of one of its pods, as everybody may who may debug; else by the API server's proxy to the Service. Nothing is
 * sent before it is certain which way it goes, so that nothing is asked twice.
 */
export async function ask(
  cluster: Cluster,
  { pod, port, service }: Served,
  question: Question,
  stop: AbortSignal,
): Promise<Reached> {
  const { namespace, name } = keyOf(pod);
  const at: PodPort = { namespace, pod: name, port };
  try {
    const connection = await forwarded(cluster, at, stop);
    return { answer: await exchange(connection, service, question, stop), instead: undefined };
  } catch (error) {
    if (!(error instanceof NotForwarded) || error.isOpen) throw error;
    const instead = (await whyForbidden(cluster, at)) ?? error.message;
    return { answer: await byService(cluster, { namespace, name: service }, question, stop), instead };
  }
}

/** Asked without an upgrade, the API server says whether it would forward. */
async function whyForbidden({ transport }: Cluster, { namespace, pod, port }: PodPort): Promise<string | undefined> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/portforward`;
  try {
    await transport.call({ method: 'GET', path, query: { ports: String(port) }, timeout: 10_000 });
  } catch (error) {
    if (error instanceof KubernetesError && error.code === 403) return error.message;
  }
  return undefined;
}

/** The Service's port is called http, and speaks HTTP. */
async function byService(
  cluster: Cluster,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  question: Question,
  stop: AbortSignal,
): Promise<Answer> {
  const { server, headers, tls } = await cluster.connect();
  const agent = cluster.agentOf({ connect: { ...tls }, allowH2: false });
  const root = `/api/v1/namespaces/${encodeURIComponent(namespace)}/services/http:${encodeURIComponent(name)}:http/proxy`;
  try {
    const answer = await request(`${server}${root}${question.path}`, {
      dispatcher: agent,
      method: question.method,
      headers: { ...withoutConnection(headersOf(name, question)), ...mutable(headers) },
      body: question.body ?? null,
      signal: stop,
    });
    return served(await gathered(answer.statusCode, String(answer.headers['content-type'] ?? ''), answer.body));
  } finally {
    await agent.destroy();
  }
}

/** An answer of the server. @throws KubernetesError if it is one of the API server, which got none. */
function served(answer: Answer): Answer {
  if (answer.status < 400 || !answer.contentType.startsWith('application/json')) return answer;
  const said = parsedStatus(answer.body);
  if (said === undefined) return answer;
  throw KubernetesError.fromStatus(said, answer.status);
}

function parsedStatus(body: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isFields(value) && value['kind'] === 'Status' && value['apiVersion'] === 'v1' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Those that are about the connection to the server are the API server's. */
function withoutConnection({
  host: _host,
  connection: _connection,
  ...rest
}: Record<string, string>): Record<string, string> {
  return rest;
}

function mutable(headers: Readonly<Record<string, string | readonly string[]>>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
}

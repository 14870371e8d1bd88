import { group } from '../../api/labels.ts';
import { written } from '../../api/message.ts';
import type { Kind, Resource } from '../../api/resource.ts';
import { Client } from '../../kube/client.ts';
import type { Chosen, Connect } from '../../kube/connection.ts';
import { KubernetesError } from '../../kube/errors.ts';
import { type AgentOf, type Call, straight, Transport } from '../../kube/transport.ts';
import { defaultSettings } from '../../settings.ts';
import { Refused } from '../refused.ts';
import { isUnserved, unserved } from '../failure.ts';

/** What was read, or why it could not be. */
export type Reading<T> = { readonly type: 'Read'; readonly value: T } | Unread;

/** Something that the user's rights or the cluster do not show. */
export interface Unread {
  readonly type: 'Unread';
  /** As people say it: "the events of Pod fraud-1-train-x7k2p". */
  readonly what: string;
  /** The API server's own words. */
  readonly why: string;
}

/** How the API server is reached. */
export interface Reach {
  /** Milliseconds that one request may take. */
  readonly timeout?: number | undefined;
  /** Absent for what leads straight there. */
  readonly agentOf?: AgentOf | undefined;
}

/** The longest that a timer takes. */
export const longestTimer = 2 ** 31 - 1;

/** As the operator's, but that whoever looks on waits for less. */
export const watchSettings = { ...defaultSettings, watchBackoffMax: 5_000, unservedRetry: 30_000 };

/** The cluster that a person works on, with that person's rights. */
export class Cluster {
  /** The API's verbs, which throw. */
  readonly client: Client;
  /** The same for watches, which are never silent for long while the connection lives. */
  readonly watching: Client;
  readonly transport: Transport;
  /** For what is neither a call nor a stream, such as a forwarded port. */
  readonly connect: Connect;
  readonly agentOf: AgentOf;
  /** Milliseconds that one answer may take, for calls by `transport`. */
  readonly timeout: number;
  readonly #watches: Transport;
  readonly context: string;
  readonly server: string;
  /** That of -n, else of the context, else `default`. */
  readonly namespace: string;

  constructor(chosen: Chosen, namespace: string | undefined, { timeout = 30_000, agentOf = straight }: Reach = {}) {
    // Logs may be silent for as long as they like.
    const patient = { watchStall: longestTimer, credentialsMaxAge: 600_000 };
    const settings = { ...defaultSettings, ...patient, readTimeout: timeout, writeTimeout: timeout };
    this.transport = new Transport(chosen.connect, settings, undefined, agentOf);
    this.client = new Client(this.transport, settings);
    this.timeout = timeout;
    this.connect = chosen.connect;
    this.agentOf = agentOf;
    this.#watches = new Transport(chosen.connect, watchSettings, undefined, agentOf);
    this.watching = new Client(this.#watches, watchSettings);
    this.context = chosen.context;
    this.server = chosen.server;
    this.namespace = namespace ?? chosen.namespace ?? 'default';
  }

  /** Reads what a command can do without: a refusal is told, everything else is thrown. */
  async reading<T>(what: string, read: () => Promise<T>): Promise<Reading<T>> {
    try {
      return { type: 'Read', value: await read() };
    } catch (error) {
      // Whoever is not known may read nothing.
      if (error instanceof KubernetesError && error.code !== 401) return { type: 'Unread', what, why: error.message };
      throw error;
    }
  }

  /** All objects of a kind in a namespace. @throws Refused where Flyball is not installed. */
  async all<R extends Resource>(
    kind: Kind<R>,
    namespace: string | undefined,
    labelSelector?: string,
  ): Promise<readonly R[]> {
    try {
      return (await this.client.list(kind, { namespace, labelSelector })).items;
    } catch (error) {
      const isOurs = kind.apiVersion.startsWith(`${group}/`);
      if (isOurs && error instanceof KubernetesError && isUnserved(error)) {
        throw new Refused(written(unserved(this.server)));
      }
      throw error;
    }
  }

  /** A stream of bytes, such as a log that is followed. */
  async stream(call: Call, stop: AbortSignal): Promise<AsyncIterable<Buffer>> {
    return await this.transport.stream(call, stop);
  }

  async close(): Promise<void> {
    await Promise.all([this.transport.close(), this.#watches.close()]);
  }
}

import type { Kind, Resource } from '../../api/resource.ts';
import { Client } from '../../kube/client.ts';
import type { Chosen } from '../../kube/connection.ts';
import { KubernetesError } from '../../kube/errors.ts';
import { type Call, Transport } from '../../kube/transport.ts';
import { defaultSettings } from '../../settings.ts';

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

/** The cluster that a person works on, with that person's rights. */
export class Cluster {
  /** The API's verbs, which throw. */
  readonly client: Client;
  readonly transport: Transport;
  readonly context: string;
  /** That of -n, else of the context, else `default`. */
  readonly namespace: string;

  constructor(chosen: Chosen, namespace: string | undefined) {
    // Logs may be silent for as long as they like.
    const settings = { ...defaultSettings, watchStall: 2 ** 31 - 1, writeTimeout: 30_000, credentialsMaxAge: 600_000 };
    this.transport = new Transport(chosen.connect, settings);
    this.client = new Client(this.transport, settings);
    this.context = chosen.context;
    this.namespace = namespace ?? chosen.namespace ?? 'default';
  }

  /** Reads what a command can do without: a refusal is told, everything else is thrown. */
  async reading<T>(what: string, read: () => Promise<T>): Promise<Reading<T>> {
    try {
      return { type: 'Read', value: await read() };
    } catch (error) {
      if (error instanceof KubernetesError) return { type: 'Unread', what, why: error.message };
      throw error;
    }
  }

  /** All objects of a kind in a namespace. */
  async all<R extends Resource>(
    kind: Kind<R>,
    namespace: string | undefined,
    labelSelector?: string,
  ): Promise<readonly R[]> {
    return (await this.client.list(kind, { namespace, labelSelector })).items;
  }

  /** A stream of bytes, such as a log that is followed. */
  async stream(call: Call, stop: AbortSignal): Promise<AsyncIterable<Buffer>> {
    return await this.transport.stream(call, stop);
  }

  async close(): Promise<void> {
    await this.transport.close();
  }
}

import type { Key, Kind, Resource } from '../api/resource.ts';
import { type ServerVersion, serverVersionOf } from '../api/serverversion.ts';
import type { Settings } from '../settings.ts';
import { hasReason } from './errors.ts';
import { isObject, type JsonObject } from './mergepatch.ts';
import type { Method, Transport } from './transport.ts';

export interface List<R extends Resource> {
  readonly items: readonly R[];
  /** The version of the whole list; a watch goes on from it. */
  readonly resourceVersion: string;
}

export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; readonly object: Resource }
  | { readonly type: 'ERROR'; readonly object: unknown };

/** Which objects of a kind. */
export interface Selection {
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** All namespaces if undefined. */
  readonly namespace?: string | undefined;
}

export interface WatchOptions extends Selection {
  readonly resourceVersion?: string;
}

/** What a delete left: the object, if it waits for finalizers or a grace period, or nothing. */
export type Deleted = { readonly type: 'Gone' } | { readonly type: 'Pending'; readonly object: Resource };

const fieldManager = 'flyball';

/**
 * The verbs of the Kubernetes API on raw JSON, which keeps fields that this program does not know. Replies come without
 * managedFields (half of an object's memory), only with Kind.specFields, and with apiVersion and kind (lists leave them out).
 */
export class Client {
  readonly #transport: Transport;
  readonly #settings: Settings;
  readonly #fence: (() => void) | undefined;
  #writesInFlight = 0;

  /** `fence` is asked right before each write is sent; it throws if this process must not write any more. */
  constructor(transport: Transport, settings: Settings, fence?: () => void) {
    this.#transport = transport;
    this.#settings = settings;
    this.#fence = fence;
  }

  /** Writes that were sent and not answered yet. */
  get writesInFlight(): number {
    return this.#writesInFlight;
  }

  /** All objects of a kind that are selected. Consistent: at least as new as every write that ended before the call. */
  async list<R extends Resource>(
    kind: Kind<R>,
    { namespace, ...selection }: Selection = {},
    signal?: AbortSignal,
  ): Promise<List<R>> {
    const items: R[] = [];
    let next: string | undefined;
    let resourceVersion = '';
    do {
      const limit = String(this.#settings.listPageSize);
      const page = await this.#read(collectionPath(kind, namespace), { ...selection, limit, continue: next }, signal);
      const { metadata, items: pageItems } = listShape(page);
      for (const item of pageItems) items.push(received(kind, item));
      next = metadata.continue === '' ? undefined : metadata.continue;
      resourceVersion = metadata.resourceVersion ?? '';
    } while (next !== undefined);
    return { items, resourceVersion };
  }

  /**
   * The changes after `resourceVersion`; without one what there is, then its changes. Resolves when the API server has accepted the
   * watch.
   */
  async watch(kind: Kind, options: WatchOptions, signal: AbortSignal): Promise<AsyncIterable<WatchEvent>> {
    const { namespace, ...selection } = options;
    const { watchTimeoutMin, watchTimeoutMax, readTimeout } = this.#settings;
    const timeout = watchTimeoutMin + Math.random() * (watchTimeoutMax - watchTimeoutMin);
    const query = {
      watch: 'true',
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(Math.ceil(timeout / 1000)),
      ...selection,
    };
    const call = { method: 'GET', path: collectionPath(kind, namespace), query, timeout: readTimeout } as const;
    return watchEvents(kind, await this.#transport.stream(call, signal));
  }

  /** One object, or undefined if there is none. */
  async get<R extends Resource>(kind: Kind<R>, key: Key, signal?: AbortSignal): Promise<R | undefined> {
    try {
      return received(kind, await this.#read(objectPath(kind, key), {}, signal));
    } catch (error) {
      if (hasReason(error, 'NotFound')) return undefined;
      throw error;
    }
  }

  /** Which Kubernetes the API server is. Everybody may ask that who has an account. @throws if it does not say. */
  async serverVersion(signal: AbortSignal): Promise<ServerVersion> {
    const version = serverVersionOf(await this.#read('/version', {}, signal));
    if (version === undefined) throw new Error('the API server does not say which Kubernetes it is');
    return version;
  }

  async create<R extends Resource>(kind: Kind<R>, object: R): Promise<R> {
    const path = collectionPath(kind, object.metadata?.namespace);
    return received(kind, await this.#write('POST', path, { fieldManager }, object));
  }

  /** A JSON merge patch. With `metadata.resourceVersion` in it another version is a Conflict, with `metadata.uid` another object is Invalid. */
  async patch<R extends Resource>(kind: Kind<R>, key: Key, patch: JsonObject): Promise<R> {
    return received(kind, await this.#write('PATCH', objectPath(kind, key), { fieldManager }, patch));
  }

  /** As `patch`, on the status subresource. */
  async patchStatus<R extends Resource>(kind: Kind<R>, key: Key, patch: JsonObject): Promise<R> {
    return received(kind, await this.#write('PATCH', `${objectPath(kind, key)}/status`, { fieldManager }, patch));
  }

  /** Deletes the object with this UID; one of that name with another UID is a Conflict, none is NotFound. */
  async delete(kind: Kind, key: Key, uid: string, propagationPolicy: 'Background' | 'Foreground'): Promise<Deleted> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid }, propagationPolicy };
    const reply = await this.#write('DELETE', objectPath(kind, key), {}, body);
    if (isObject(reply) && reply['kind'] === 'Status') return { type: 'Gone' };
    return { type: 'Pending', object: received(kind, reply) };
  }

  async #read(
    path: string,
    query: Readonly<Record<string, string | undefined>>,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return await this.#transport.call({ method: 'GET', path, query, timeout: this.#settings.readTimeout, signal });
  }

  async #write(method: Method, path: string, query: Readonly<Record<string, string>>, body: unknown): Promise<unknown> {
    const timeout = this.#settings.writeTimeout;
    this.#writesInFlight += 1;
    try {
      return await this.#transport.call({
        method,
        path,
        query: { ...query, timeout: `${timeout}ms` },
        body,
        contentType: method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
        timeout,
        ...(this.#fence === undefined ? {} : { fence: this.#fence }),
      });
    } finally {
      this.#writesInFlight -= 1;
    }
  }
}

function collectionPath(kind: Kind, namespace?: string): string {
  const root = kind.apiVersion.includes('/') ? `/apis/${kind.apiVersion}` : `/api/${kind.apiVersion}`;
  return `${root}${namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`}/${kind.plural}`;
}

/** Where the API server has one object. */
export function objectPath(kind: Kind, key: { readonly namespace?: string; readonly name: string }): string {
  return `${collectionPath(kind, key.namespace)}/${encodeURIComponent(key.name)}`;
}

/** The raw object as the rest of the program sees it. The one place where JSON from the wire gets its type. */
function received<R extends Resource>(kind: Kind<R>, raw: unknown): R {
  const object = raw as R & { metadata?: { managedFields?: unknown }; spec?: Record<string, unknown> };
  // Undefined, not deleted: an object that something was deleted from needs several times the memory.
  if (object.metadata?.managedFields !== undefined) object.metadata.managedFields = undefined;
  if (kind.specFields !== undefined && object.spec !== undefined) object.spec = picked(object.spec, kind.specFields);
  return Object.assign(object, { apiVersion: kind.apiVersion, kind: kind.kind });
}

function picked(object: JsonObject, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.flatMap((field) => (object[field] === undefined ? [] : [[field, object[field]]])));
}

interface ListShape {
  readonly metadata: { readonly continue?: string; readonly resourceVersion?: string };
  readonly items: readonly unknown[];
}

function listShape(page: unknown): ListShape {
  const list = page as Partial<ListShape>;
  return { metadata: list.metadata ?? {}, items: list.items ?? [] };
}

async function* watchEvents(kind: Kind, chunks: AsyncIterable<Buffer>): AsyncGenerator<WatchEvent> {
  for await (const line of lines(chunks)) {
    const event = JSON.parse(line) as WatchEvent;
    yield event.type === 'ERROR' ? event : { type: event.type, object: received(kind, event.object) };
  }
}

async function* lines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part !== '') yield part;
  }
}

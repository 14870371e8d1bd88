import type { IEvent, IPod } from 'kubernetes-models/v1';
import { keyOf, type Key, type Kind, type Resource, uidOf } from '../../api/resource.ts';
import { objectPath } from '../../kube/client.ts';
import { errorMessage, hasReason } from '../../kube/errors.ts';
import type { Asked, UnreadEvidence } from '../../product/why/evidence.ts';
import type { Cluster, Unread } from '../cluster/cluster.ts';
import { kindOf } from '../cluster/kinds.ts';
import { isTimeout, isUnanswered } from '../failure.ts';
import { lastLine } from '../logs/last.ts';
import { events, logs } from './kinds.ts';

/** Nobody waits longer for what an answer can do without. */
const patience = 5_000;

/** As an object comes, with what the client leaves out. */
interface Managed {
  readonly metadata?: {
    readonly managedFields?: readonly { readonly time?: string; readonly subresource?: string }[];
  };
}

interface Right {
  readonly verb: 'get' | 'list';
  readonly kind: Kind;
  readonly namespace: string | undefined;
}

/** Reads with the user's rights, and keeps what could not be read. */
export class Reading {
  readonly unread: UnreadEvidence[] = [];
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Objects of a kind; undefined if they could not be read. */
  async list<R extends Resource>(
    what: string,
    kind: Kind<R>,
    selection: {
      readonly namespace?: string;
      readonly fieldSelector?: string;
      readonly labelSelector?: string;
    } = {},
  ): Promise<readonly R[] | undefined> {
    const { namespace } = selection;
    return await this.#tried(what, { verb: 'list', kind, namespace }, async () => {
      return (await this.#cluster.client.list(kind, selection, AbortSignal.timeout(patience))).items;
    });
  }

  async get<R extends Resource>(what: string, kind: Kind<R>, key: Key): Promise<R | undefined> {
    const { namespace } = key;
    return await this.#tried(what, { verb: 'get', kind, namespace }, () =>
      this.#cluster.client.get(kind, key, AbortSignal.timeout(patience)),
    );
  }

  /** Whether an object exists, without what is in it; undefined if that could not be read. */
  async exists(kind: Kind, key: { readonly namespace?: string; readonly name: string }): Promise<boolean | undefined> {
    const { namespace } = key;
    return await this.#tried(`whether ${kind.kind} ${key.name} exists`, { verb: 'get', kind, namespace }, async () => {
      try {
        await this.#cluster.transport.call({
          method: 'GET',
          path: objectPath(kind, key),
          timeout: patience,
          accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
        });
        return true;
      } catch (error) {
        if (hasReason(error, 'NotFound')) return false;
        throw error;
      }
    });
  }

  /** The events of one object. */
  async eventsOf(object: Resource): Promise<readonly IEvent[]> {
    const { namespace } = keyOf(object);
    const fieldSelector = `involvedObject.uid=${uidOf(object)}`;
    return (await this.list(`the events of namespace ${namespace}`, events, { namespace, fieldSelector })) ?? [];
  }

  /** When somebody else than the operator last wrote an object, as its fields' managers tell; RFC 3339. */
  async editedAt(object: Asked): Promise<string | undefined> {
    const kind = kindOf(object.kind);
    const path = objectPath(kind, keyOf(object));
    const what = `when ${object.kind} ${keyOf(object).name} was edited`;
    return await this.#tried(what, { verb: 'get', kind, namespace: keyOf(object).namespace }, async () => {
      const whole = (await this.#cluster.transport.call({ method: 'GET', path, timeout: patience })) as Managed;
      const edits = whole.metadata?.managedFields?.filter(({ subresource }) => subresource !== 'status') ?? [];
      return edits.flatMap(({ time }) => time ?? []).toSorted((one, two) => Date.parse(two) - Date.parse(one))[0];
    });
  }

  /** What a container said last; undefined if it has not said anything, or that could not be read. */
  async lastLine(pod: IPod, container: string): Promise<string | undefined> {
    const { namespace, name } = keyOf(pod);
    const right = { verb: 'get', kind: logs, namespace } as const;
    return await this.#tried(`the log of container ${container} of Pod ${name}`, right, () =>
      lastLine(this.#cluster, pod, container),
    );
  }

  async #tried<T>(what: string, right: Right, read: () => Promise<T>): Promise<T | undefined> {
    const reading = await this.#cluster.reading(what, read).catch((error: unknown) => unanswered(what, error));
    if (reading.type === 'Read') return reading.value;
    if (!this.unread.some((one) => one.what === what))
      this.unread.push({ what, why: reading.why, right: rightOf(right) });
    return undefined;
  }
}

/** What does not answer leaves a gap, as what is refused does. @throws what is neither. */
function unanswered(what: string, error: unknown): Unread {
  if (isTimeout(error)) return { type: 'Unread', what, why: `no answer within ${patience / 1000} seconds` };
  if (isUnanswered(error)) return { type: 'Unread', what, why: errorMessage(error) };
  throw error;
}

function rightOf({ verb, kind: { apiVersion, plural }, namespace }: Right): NonNullable<UnreadEvidence['right']> {
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  return { verb, resource: `${plural}${group}`, ...(namespace !== undefined && { namespace }) };
}

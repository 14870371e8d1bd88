import { type Key, keyOf, type Kind, type Resource, uidOf } from '../api/resource.ts';
import type { Action, Milliseconds, Refusal } from '../controller.ts';
import type { Cache } from '../kube/cache.ts';
import type { Client } from '../kube/client.ts';
import { KubernetesError } from '../kube/errors.ts';

interface Denial {
  readonly refusal: Refusal;
  readonly parent: Resource;
  readonly at: number;
}

/** What became of the writes of earlier passes and the cache does not tell, by the object that they were made for. */
export class EarlierWrites {
  readonly #unread = new Map<string, { readonly kind: Kind; readonly key: Key }>();
  readonly #denied = new Map<string, Denial>();
  readonly #retry: Milliseconds;

  /** `retry`: how long a write that was denied is not sent again. */
  constructor(retry: Milliseconds) {
    this.#retry = retry;
  }

  /** A write failed; without a clear answer it may have been committed all the same. */
  failed(parent: Key, kind: Kind, key: Key, error: unknown): void {
    const isAnswered = error instanceof KubernetesError && error.code < 500;
    if (!isAnswered) this.#unread.set(idOf(parent), { kind, key });
  }

  /** A write to the parent was refused because it has changed or is gone: whatever builds on the cache would be refused again. */
  outdated(parent: Key, kind: Kind): void {
    this.#unread.set(idOf(parent), { kind, key: parent });
  }

  /** Until what the cache is known or feared to be behind is read, a plan would not know what was decided before. */
  async readAgain(parent: Key, client: Client, cache: Cache): Promise<void> {
    const unread = this.#unread.get(idOf(parent));
    if (unread === undefined) return;
    const cached = cache.get(unread.kind, unread.key);
    const object = await client.get(unread.kind, unread.key);
    if (object !== undefined) cache.applied(unread.kind, object);
    else if (cached !== undefined) cache.gone(unread.kind, unread.key, uidOf(cached));
    this.#unread.delete(idOf(parent));
  }

  /** The refusal of this very write, if that was lately and the parent was not edited since: our own status must not repeat it. */
  denied(parent: Resource, action: Action, now: Date): Refusal | undefined {
    const denial = this.#denied.get(idOf(keyOf(parent)));
    const isSame =
      denial !== undefined &&
      titleOf(denial.refusal.action) === titleOf(action) &&
      uidOf(denial.parent) === uidOf(parent) &&
      denial.parent.metadata?.generation === parent.metadata?.generation;
    return isSame && this.#left(denial, now) > 0 ? denial.refusal : undefined;
  }

  /** Remembers a refusal, unless it is the one that `denied` told. Returns for how long it stands. */
  refused(parent: Resource, refusal: Refusal, now: Date): Milliseconds {
    const id = idOf(keyOf(parent));
    const before = this.#denied.get(id);
    const denial = before?.refusal === refusal ? before : { refusal, parent, at: now.getTime() };
    this.#denied.set(id, denial);
    return this.#left(denial, now);
  }

  /** Nothing of this object is denied any more, or it is gone. */
  forgetRefusal(parent: Key): void {
    this.#denied.delete(idOf(parent));
  }

  /** A clock that was set back must not make it longer. */
  #left({ at }: Denial, now: Date): Milliseconds {
    const age = now.getTime() - at;
    return age < 0 ? 0 : this.#retry - age;
  }
}

/** What an action writes. */
export function targetOf(action: Action): Key {
  return action.type === 'Create' ? keyOf(action.object) : action.key;
}

/** Equal for what comes to the same: an object that is made anew at each pass bears the time of that pass. */
function titleOf(action: Action): string {
  const title = `${action.type} ${action.kind.kind} ${targetOf(action).name}`;
  return action.type === 'Patch' ? `${title} ${JSON.stringify(action.patch)}` : title;
}

function idOf({ namespace, name }: Key): string {
  return `${namespace}/${name}`;
}

import type { DeniedWrite } from '../api/refusal.ts';
import { idOf, type Key, keyOf, type Kind, type Resource, uidOf } from '../api/resource.ts';
import type { Action, Milliseconds } from '../controller.ts';
import type { Cache } from '../kube/cache.ts';
import { KubernetesError } from '../kube/errors.ts';

/** A denied write, and what makes another one the same. */
export interface Denial {
  readonly refusal: DeniedWrite;
  readonly action: Action;
}

interface Remembered extends Denial {
  readonly parent: Resource;
  readonly at: number;
}

/** What became of the writes of earlier passes and the cache does not tell, by the object that they were made for. */
export class EarlierWrites {
  readonly #unread = new Map<string, { readonly kind: Kind; readonly key: Key }>();
  readonly #denied = new Map<string, Remembered>();
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
  async readAgain(parent: Key, cache: Cache): Promise<void> {
    const unread = this.#unread.get(idOf(parent));
    // A kind that is not served cannot be read, and nothing is planned that needs it.
    if (unread === undefined || !cache.isServed(unread.kind)) return;
    const object = await cache.live(unread.kind, unread.key);
    if (object !== undefined) cache.applied(unread.kind, object);
    this.#unread.delete(idOf(parent));
  }

  /** The denial of this very write, if that was lately and the parent was not edited since: our own status must not repeat it. */
  denied(parent: Resource, action: Action, now: Date): Denial | undefined {
    const known = this.#denied.get(idOf(keyOf(parent)));
    const isSame =
      known !== undefined &&
      titleOf(known.action) === titleOf(action) &&
      uidOf(known.parent) === uidOf(parent) &&
      known.parent.metadata?.generation === parent.metadata?.generation;
    return isSame && this.#left(known, now) > 0 ? known : undefined;
  }

  /** Remembers a denial, unless it is the one that `denied` told. Returns for how long it stands. */
  remember(parent: Resource, denial: Denial, now: Date): Milliseconds {
    const id = idOf(keyOf(parent));
    const before = this.#denied.get(id);
    const known = before === denial ? before : { ...denial, parent, at: now.getTime() };
    this.#denied.set(id, known);
    return this.#left(known, now);
  }

  /** Nothing of this object is denied any more, or it is gone. */
  forgetDenial(parent: Key): void {
    this.#denied.delete(idOf(parent));
  }

  /** A clock that was set back must not make it longer. */
  #left({ at }: Remembered, now: Date): Milliseconds {
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

import type { Resource } from '../api/resource.ts';

/** Objects by the keys that a function of theirs gives, so that nothing is looked for by looking at all. */
export class Index {
  readonly #keysOf: (object: Resource) => readonly string[];
  readonly #objects = new Map<string, Set<Resource>>();

  constructor(keysOf: (object: Resource) => readonly string[]) {
    this.#keysOf = keysOf;
  }

  /** In the order in which they were added. */
  find(key: string): Resource[] {
    return [...(this.#objects.get(key) ?? [])];
  }

  add(object: Resource): void {
    for (const key of this.#keysOf(object)) {
      const objects = this.#objects.get(key);
      if (objects === undefined) this.#objects.set(key, new Set([object]));
      else objects.add(object);
    }
  }

  remove(object: Resource): void {
    for (const key of this.#keysOf(object)) {
      const objects = this.#objects.get(key);
      objects?.delete(object);
      if (objects?.size === 0) this.#objects.delete(key);
    }
  }
}

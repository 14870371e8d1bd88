import type { UnservedKind } from '../api/refusal.ts';
import type { Kind } from '../api/resource.ts';
import type { Settings } from '../settings.ts';
import type { Clock } from './clock.ts';
import { KubernetesError } from './errors.ts';

/** So many refusals in a row, about a second, decide about a kind that was never seen: others wait for that at a start. */
const decisive = 3;

/**
 * What it comes to that the API server refuses to list or watch a kind: a moment's confusion, since it knows neither all roles nor
 * all CRDs just after its own start, or a kind that is not served.
 */
export class Refusals {
  readonly #kind: Kind;
  readonly #settings: Settings;
  readonly #clock: Clock;
  #since: number | undefined;
  #count = 0;

  constructor(kind: Kind, settings: Settings, clock: Clock) {
    this.#kind = kind;
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Whether the API server has answered last, and refused. */
  get isRefused(): boolean {
    return this.#since !== undefined;
  }

  /** Whether it is no longer a matter of moments, so that the kind is asked for less often. */
  get areOld(): boolean {
    return this.#lastFor >= this.#settings.unservedGrace;
  }

  /**
   * Counts an error, if it is a refusal; any other ends the series. Returns what is certain by now; `wasSeen` if the kind was ever
   * listed.
   */
  add(error: unknown, wasSeen: boolean): UnservedKind | undefined {
    const cause = causeOf(error);
    if (cause === undefined || !(error instanceof Error)) {
      this.end();
      return undefined;
    }
    this.#since ??= this.#clock.monotonic();
    this.#count += 1;
    // What was seen is planned with a little longer, so that a restart of the API server changes no status.
    const isCertain = wasSeen ? this.#lastFor >= this.#settings.unreadyAfter : this.#count >= decisive;
    return isCertain ? { type: 'UnservedKind', kind: this.#kind, cause, message: error.message } : undefined;
  }

  /** The kind is seen, or it is not known whether it would be refused. */
  end(): void {
    this.#since = undefined;
    this.#count = 0;
  }

  get #lastFor(): number {
    return this.#since === undefined ? 0 : this.#clock.monotonic() - this.#since;
  }
}

/** What a collection is refused for; nothing of the kind has been told about a single object. */
export function causeOf(error: unknown): UnservedKind['cause'] | undefined {
  if (!(error instanceof KubernetesError)) return undefined;
  return error.code === 404 ? 'Absent' : error.code === 403 ? 'Forbidden' : undefined;
}

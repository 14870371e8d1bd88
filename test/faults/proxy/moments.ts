import type { Counts, Injection, Moment } from '../contract.ts';

/** Counts what passes, and tells which injections are due. Counts nothing before `begin`. */
export class Moments {
  readonly #counts: Record<Moment['count'], number> = { Request: 0, Write: 0, Event: 0, Query: 0 };
  readonly #events: Record<string, number> = {};
  readonly #writes: string[] = [];
  #due: Injection[] = [];
  #hasBegun = false;
  #struck = 0;

  begin(injections: readonly Injection[]): void {
    this.#hasBegun = true;
    this.#due = [...injections];
  }

  /** No injection is due any more; the counts go on. */
  end(): void {
    this.#due = [];
  }

  get struck(): number {
    return this.#struck;
  }

  get counts(): Counts {
    return { ...this.#counts, events: { ...this.#events }, writes: [...this.#writes] };
  }

  /** A request has arrived that is counted; `write` says of what sort it is if it is one, such as "POST jobs". */
  request(write: string | undefined): readonly Injection[] {
    if (!this.#hasBegun) return [];
    const isWrite = write !== undefined;
    this.#counts.Request += 1;
    if (isWrite) this.#counts.Write = this.#writes.push(write);
    const { Request, Write } = this.#counts;
    return this.#take(
      ({ at }) =>
        (at.count === 'Request' && at.number === Request) || (isWrite && at.count === 'Write' && at.number === Write),
    );
  }

  /** An event is about to be passed on. */
  event(plural: string): readonly Injection[] {
    if (!this.#hasBegun) return [];
    this.#counts.Event += 1;
    const ofKind = (this.#events[plural] ?? 0) + 1;
    this.#events[plural] = ofKind;
    return this.#take(({ at, kind }) => {
      if (at.count !== 'Event') return false;
      return kind === undefined ? at.number === this.#counts.Event : kind === plural && at.number === ofKind;
    });
  }

  /** A query to Prometheus has arrived. */
  query(): readonly Injection[] {
    if (!this.#hasBegun) return [];
    this.#counts.Query += 1;
    return this.#take(({ at }) => at.count === 'Query' && at.number === this.#counts.Query);
  }

  #take(isDue: (injection: Injection) => boolean): readonly Injection[] {
    if (this.#due.length === 0) return [];
    const taken = this.#due.filter(isDue);
    this.#due = this.#due.filter((injection) => !taken.includes(injection));
    this.#struck += taken.length;
    return taken;
  }
}

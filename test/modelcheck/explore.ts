/** One way on from a state. */
export interface Step<W> {
  /** Who does what, for the trace. */
  readonly label: string;
  readonly next: W;
  /** What this step broke that its result alone does not show. */
  readonly violation?: string | undefined;
}

/** A small world whose states can be searched one by one. */
export interface Model<W> {
  /** The states that the search begins from, each with what led there. */
  beginnings(): Promise<readonly Beginning<W>[]>;
  /** Equal for two states exactly if the same can happen from both. */
  key(world: W): string;
  steps(world: W): Promise<readonly Step<W>[]>;
  /** What must hold and does not. */
  violation(world: W): string | undefined;
  /** Switches the faults off and says what is wrong with the state in which everything comes to rest. */
  settles(world: W): Promise<string | undefined>;
}

/** A model of production code with one bug planted around it. */
export interface Broken {
  readonly bug: string;
  readonly model: Model<never>;
}

export interface Beginning<W> {
  readonly label: string;
  readonly world: W;
}

export interface Found {
  readonly violation: string;
  readonly trace: readonly string[];
}

export interface Exploration {
  readonly states: number;
  /** How many steps the deepest state is away from where the search began. */
  readonly depth: number;
  /** From how many states it was tried whether the world comes to rest. */
  readonly settled: number;
  /** Whether nothing is left to search. */
  readonly complete: boolean;
  readonly found: readonly Found[];
}

export interface Limits {
  readonly states: number;
  /** Every how manieth state is let come to rest. */
  readonly sampleEvery: number;
  /** After how many violations the search ends. */
  readonly violations: number;
}

/** Breadth first, so that the first trace to a violation is a shortest one. What lies behind a violation is not searched. */
export async function explore<W>(model: Model<W>, limits: Limits): Promise<Exploration> {
  const seen = new Set<string>();
  const history = new History();
  const found: Found[] = [];
  let settled = 0;
  let depth = 0;
  let level: { readonly world: W; readonly index: number }[] = [];
  for (const { label, world } of await model.beginnings()) {
    seen.add(model.key(world));
    level.push({ world, index: history.add(-1, label) });
  }
  while (level.length > 0) {
    const deeper: typeof level = [];
    for (const { world, index } of level) {
      for (const { label, next, violation } of await model.steps(world)) {
        const key = model.key(next);
        if (seen.has(key) && violation === undefined) continue;
        const isNew = !seen.has(key);
        seen.add(key);
        const nextIndex = history.add(index, label);
        const sampled = isNew && seen.size % limits.sampleEvery === 0;
        if (sampled) settled += 1;
        const wrong = violation ?? model.violation(next) ?? (sampled ? await model.settles(next) : undefined);
        if (wrong === undefined) deeper.push({ world: next, index: nextIndex });
        else found.push({ violation: wrong, trace: history.trace(nextIndex) });
        if (seen.size >= limits.states || found.length >= limits.violations) {
          return { states: seen.size, depth: depth + 1, settled, complete: false, found };
        }
      }
    }
    level = deeper;
    if (level.length > 0) depth += 1;
  }
  return { states: seen.size, depth, settled, complete: true, found };
}

/** How each state was reached, in little memory. */
class History {
  #before: number[] = [];
  #labels: string[] = [];

  add(before: number, label: string): number {
    this.#labels.push(label);
    return this.#before.push(before) - 1;
  }

  trace(index: number): string[] {
    const labels: string[] = [];
    for (let at = index; at >= 0; at = this.#before[at] ?? -1) labels.push(this.#labels[at] ?? '');
    return labels.toReversed();
  }
}

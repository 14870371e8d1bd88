import type { Milliseconds } from '../api/duration.ts';
import { Tally } from '../api/tally.ts';
import { questionsAtOnce } from './access.ts';
import { PrometheusError } from './prometheus.ts';
import type { PrometheusClient, Sample } from './prometheus.ts';

/** A metrics store that many namespaces ask. */
export interface MetricsStore {
  /** As a Prometheus is asked, for an object of this namespace. */
  query(expression: string, at: Date, namespace: string): Promise<readonly Sample[]>;
}

/** How many of them may be of one namespace, so that slow answers to one leave room for others. */
const questionsOfNamespace = 4;

/**
 * Asks a store a bounded number of questions at the same time, for which namespaces take turns. So one that asks thousands, or slow
 * ones, keeps another waiting for one of its own at most. What had no turn within `patience` is not asked, which is no answer.
 */
export function inTurns(client: PrometheusClient, patience: Milliseconds): MetricsStore {
  const turns = new Turns(patience);
  return {
    async query(expression, at, namespace) {
      await turns.wait(namespace);
      try {
        return await client.query(expression, at);
      } finally {
        turns.end(namespace);
      }
    },
  };
}

/** Begins one turn. */
type Waiting = () => void;

class Turns {
  readonly #patience: Milliseconds;
  readonly #underWay = new Tally();
  /** By namespace, those first that wait for their turn the longest. */
  readonly #lines = new Map<string, Set<Waiting>>();

  constructor(patience: Milliseconds) {
    this.#patience = patience;
  }

  wait(namespace: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const line = this.#lines.get(namespace) ?? new Set<Waiting>();
      const begin = () => {
        clearTimeout(deadline);
        resolve();
      };
      const deadline = setTimeout(() => {
        line.delete(begin);
        if (line.size === 0) this.#lines.delete(namespace);
        reject(new PrometheusError('Unreachable', unasked(this.#patience)));
      }, this.#patience);
      // Who waits in vain keeps no process from ending.
      deadline.unref();
      this.#lines.set(namespace, line.add(begin));
      this.#beginNext();
    });
  }

  end(namespace: string): void {
    this.#underWay.less(namespace);
    this.#beginNext();
  }

  #beginNext(): void {
    const namespace = this.#whoseTurn();
    const line = namespace === undefined ? undefined : this.#lines.get(namespace);
    const [first] = line ?? [];
    if (namespace === undefined || line === undefined || first === undefined) return;
    line.delete(first);
    this.#lines.delete(namespace);
    if (line.size > 0) this.#lines.set(namespace, line);
    this.#underWay.more(namespace);
    first();
  }

  /** Of those that wait who has the fewest questions under way. */
  #whoseTurn(): string | undefined {
    if (this.#underWay.total >= questionsAtOnce) return undefined;
    let found: string | undefined;
    let fewest = questionsOfNamespace;
    for (const namespace of this.#lines.keys()) {
      const count = this.#underWay.of(namespace);
      if (count >= fewest) continue;
      found = namespace;
      fewest = count;
    }
    return found;
  }
}

function unasked(patience: Milliseconds): string {
  return `the question was not asked: its turn did not come within ${patience / 1000}s, since those before it are many, or slow to answer`;
}

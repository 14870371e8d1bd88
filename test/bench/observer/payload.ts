/** What clients send in the benchmark of the observer, and what the observer is to count of it. */
import type { Signal } from '../../../src/api/types.ts';
import type { ObserverConfiguration } from '../../../src/observer/index.ts';

/** One number of each request and one category of each answer, as people watch them. */
const signals: readonly Signal[] = [
  { name: 'amount', from: 'Request', pointer: '/inputs/0/data/0', type: 'Number' },
  { name: 'class', from: 'Response', pointer: '/outputs/0/data/0', type: 'Category' },
];

const edges = [10, 20, 30, 40, 50, 60, 70, 80, 90];

/** The amounts of the bodies, in all tenths. */
const amounts = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 0.5);

/** Requests of the Open Inference Protocol with 128 features each, about 1.3 KB. */
export const bodies: readonly string[] = amounts.map((amount, index) =>
  JSON.stringify({
    id: `transaction-${index}`,
    parameters: { content_type: 'np' },
    inputs: [{ name: 'features', shape: [1, 128], datatype: 'FP64', data: [amount, ...features(index)] }],
    outputs: [{ name: 'class' }, { name: 'score' }],
  }),
);

/** Numbers as they are after scaling, with four digits. */
function features(seed: number): readonly number[] {
  return Array.from({ length: 127 }, (_, index) => Math.round(Math.sin(seed * 127 + index) * 30_000) / 10_000);
}

/** How many of the bodies fall into each bin of `amount`, by the definition of deciles and not by the observer's code. */
export function amountsByBin(): ReadonlyMap<string, number> {
  return new Map(
    Array.from({ length: 10 }, (_, bin) => [
      String(bin),
      amounts.filter((amount) => amount > bin * 10 && amount <= bin * 10 + 10).length,
    ]),
  );
}

/** @param watches whether there are signals; without them requests are counted and timed alone. */
export function configuration(upstreamPort: number, watches: boolean): ObserverConfiguration {
  const profile = { amount: { edges: edges.map(String) }, class: { categories: { fraud: '0.1', legitimate: '0.9' } } };
  return {
    namespace: 'payments',
    modelDeployment: 'fraud',
    revision: '0a1b2c3d',
    upstreamPort,
    signals: watches ? signals : [],
    profile: watches ? profile : {},
  };
}

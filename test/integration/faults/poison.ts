import type { TrainingRunSpec } from '../../../src/api/types.ts';

/** Right-to-left override, combining marks, an astral character, half a surrogate pair, NUL, quotes, line ends, a reference. */
const odd = '\u202Ee\u0301\u{1F4A5}\uD800\u0000"\'\\\r\n\u2028$(HOME){{.}}';

const many = (count: number, name: string) => Array.from({ length: count }, (_, index) => `${name}${index}`);

/** As many and as long as the schema allows. */
const metrics = many(16, 'm').map((name) => name.padEnd(63, '/'));

function spec(text: string) {
  return {
    image: `${'r'.repeat(500)}/train:1`.slice(0, 512),
    command: many(64, text).map((word) => word.slice(0, 2048)),
    args: many(64, text).map((word) => word.slice(0, 2048)),
    env: many(64, 'V').map((name) => ({ name: name.padEnd(128, '_'), value: text })),
    resources: { cpu: '4095.999999999', memory: '999999999999999' },
    source: { repository: 'h'.repeat(512), revision: 'r'.repeat(256) },
    datasets: many(16, 'd').map((name) => ({
      name: name.padEnd(40, 'x'),
      uri: `pvc://${'c'.repeat(253)}/${'p'.repeat(252)}`,
      digest: `sha256:${'0'.repeat(64)}`,
    })),
    parameters: Object.fromEntries(many(64, 'p').map((name) => [name.padEnd(63, '.'), text.slice(0, 1024)])),
    seed: 0,
    output: { uri: `pvc://${'c'.repeat(253)}/${'o'.repeat(390 - 260)}` },
    gate: metrics.map((metric) => ({ metric, min: -999999999999999, max: 999999999999999 })),
    attemptHistoryLimit: 20,
  } satisfies TrainingRunSpec;
}

/** Two recipes that the schema lets through at its very limits. */
export const poison = {
  metrics,
  /** All lists are full, and all texts odd. */
  spec: spec(odd),
  /** All texts are at their longest too: more than a Job can carry. */
  refused: spec('x'.repeat(2048)),
} as const;

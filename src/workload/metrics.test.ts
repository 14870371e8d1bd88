import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hostileWords } from '../../test/builders/hostile.ts';
import { Malformed, isMetricName } from './document.ts';
import { parseMetrics } from './metrics.ts';

const path = '/app/metrics.json';
const parse = (text: string, gate: readonly string[] = []) => parseMetrics(text, path, gate);
const names = fc.oneof(
  fc.constantFrom('accuracy', 'eval', 'loss', 'a.b', '', '__proto__', 'top-1 accuracy', hostileWords),
  fc.string({ unit: 'binary', maxLength: 70 }),
);
const { tree } = fc.letrec<{ tree: unknown; object: unknown; leaf: unknown }>((tie) => ({
  tree: fc.dictionary(names, fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('object'))),
  object: fc.dictionary(names, fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('object')), { maxKeys: 20 }),
  leaf: fc.oneof(
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, '0.93', 'NaN', 'Infinity'),
    fc.array(fc.double()),
  ),
}));
const gates = fc.array(fc.oneof(names, fc.constantFrom('eval.accuracy', 'eval.loss')), { maxLength: 8 });

/** As json.dump of Python writes it: what is no finite number stays a word. */
function python(value: unknown): string {
  const marked = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'number' && !Number.isFinite(inner) ? `\u0001${inner}\u0001` : inner,
  );
  return marked.replace(/"\\u0001([^"\\]+)\\u0001"/g, '$1');
}

describe("A program's own numbers", () => {
  it('are metrics by their dotted names; text, lists and truths are none', () => {
    const file = {
      accuracy: 0.93,
      eval: { loss: 1e-7, 'top@5': { mean: 1 } },
      losses: [0.5, 0.4],
      device: 'cpu',
      converged: true,
      note: null,
    };
    expect(parse(JSON.stringify(file))).toEqual({ accuracy: '0.93', 'eval.loss': '0.0000001', 'eval.top@5.mean': '1' });
  });

  it('are passed over where no metric can be called so', () => {
    expect(parse('{"top-1 accuracy": 1, "1st": 2, "__proto__": 3, "é": 4, "": 5, "f1": 6}')).toEqual({ f1: '6' });
  });

  it('are sixteen, of which those that the gate judges come first and the others as they were written', () => {
    const file = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`m${index}`, index]));
    const metrics = parse(JSON.stringify({ ...file, accuracy: 0.9 }), ['accuracy', 'm19', 'accuracy', 'absent']);
    const wantNames = ['accuracy', 'm19', ...Array.from({ length: 14 }, (_, index) => `m${index}`)];
    expect(Object.keys(metrics)).toEqual(wantNames);
  });

  it('may be NaN or infinite, as Python writes them, unless the gate judges them', () => {
    const text = '{"accuracy": 0.9, "loss": NaN, "best": -Infinity, "worst": Infinity, "said": "NaN \\" Infinity"}';
    expect(parse(text, ['accuracy'])).toEqual({ accuracy: '0.9' });
    for (const name of ['loss', 'best', 'worst']) {
      expect(() => parse(text, [name])).toThrow(
        `the gate judges "${name}", which is NaN, infinite or beyond 15 digits before the point`,
      );
    }
    expect(() => parse('{"loss": 1e300}', ['loss'])).toThrow('beyond 15 digits before the point');
  });

  it('are told if two of them bear the name that the gate judges', () => {
    const text = '{"eval.loss": 1, "eval": {"loss": 2}}';
    expect(() => parse(text, ['eval.loss'])).toThrow('two numbers are called so');
    expect(parse(text)).toEqual({ 'eval.loss': '1' });
  });

  it.each(['', 'accuracy 0.93', '[0.93]', '0.93', 'null', '{"a": 1}\n{"a": 2}', '{"a": 1', "{'a': 1}"])(
    'are told if they are not in one JSON object: %j',
    (text) => {
      expect(() => parse(text)).toThrow('what was left in /app/metrics.json is not one JSON object: write one such as');
    },
  );

  it('are bounded decimals with names that can be shown, whatever a program writes', () => {
    fc.assert(
      fc.property(fc.oneof(tree.map(python), fc.string()), gates, (text, gate) => {
        const metrics = metricsOf(text, gate);
        expect(Object.keys(metrics).length).toBeLessThanOrEqual(16);
        for (const [name, value] of Object.entries(metrics)) {
          expect(isMetricName(name)).toBe(true);
          expect(value).toMatch(/^-?[0-9]{1,15}(\.[0-9]{1,15})?$/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('have none of the gate left out for another one', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.integer(), { minKeys: 17, maxKeys: 40 }),
        (file) => {
          const gate = Object.keys(file).slice(-16);
          expect(Object.keys(parse(JSON.stringify(file), gate)).toSorted()).toEqual(gate.toSorted());
        },
      ),
    );
  });
});

function metricsOf(text: string, gate: readonly string[]): Record<string, string> {
  try {
    return parse(text, gate);
  } catch (error) {
    if (error instanceof Malformed) return {};
    throw error;
  }
}

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hostileWords } from '../../test/builders/hostile.ts';
import { Malformed, parseDocument } from './document.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom(hostileWords, '__proto__', 'constructor', 'f1', '', 'x'.repeat(64), digest),
);
const numbers = fc.oneof(fc.double(), fc.constantFrom(0.5, 1, 1e300, '1', null));
const named = <T>(values: fc.Arbitrary<T>) => fc.dictionary(anyText, values, { maxKeys: 20 });

/** Documents that are nearly right, so that most of them get far. */
const documents = fc.record(
  {
    metrics: named(numbers),
    model: fc.record({ digest: fc.oneof(anyText, fc.constant(5)) }),
    datasets: named(fc.oneof(anyText, fc.constant(digest))),
    champion: fc.record({ metrics: named(numbers) }),
    profile: named(
      fc.record({ edges: fc.array(numbers, { maxLength: 10 }), categories: named(numbers) }, { requiredKeys: [] }),
    ),
  },
  { requiredKeys: [] },
);

function parsed(document: unknown): ReturnType<typeof parseDocument> | undefined {
  try {
    return parseDocument(JSON.stringify(document));
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** Names with the marks that join letters or part them, which some languages write with, are names. */
const acting = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/u;

describe('A results document', () => {
  it('gives bounded names and values that can be shown, or is malformed, whatever a container writes', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const {
          metrics,
          datasets,
          profile,
          championMetrics,
          digest: model,
        } = parsed(document) ?? { metrics: {}, datasets: {} };
        for (const [map, most] of [
          [metrics, 16],
          [datasets, 16],
          [championMetrics ?? {}, 16],
          [profile ?? {}, 32],
        ] as const) {
          expect(Object.keys(map).length).toBeLessThanOrEqual(most);
          for (const name of Object.keys(map)) expect([name.length <= 126, acting.test(name)]).toEqual([true, false]);
        }
        for (const { categories = {} } of Object.values(profile ?? {})) {
          for (const name of Object.keys(categories)) expect(name).not.toMatch(acting);
        }
        for (const value of Object.values(metrics)) expect(value).toMatch(/^-?[0-9]{1,15}(\.[0-9]{1,15})?$/);
        if (model !== undefined) expect(model).toMatch(/^[A-Za-z0-9:+._-]{1,128}$/);
      }),
      { numRuns: 500 },
    );
  });

  it('may name signals and categories in any language', () => {
    const profile = { 'Betrag in €': { categories: { 'Île-de-France': 0.5, می‌روم: 0.25, Other: 0.25 } } };
    expect(parsed({ profile })?.profile).toEqual({
      'Betrag in €': { categories: { 'Île-de-France': '0.5', می‌روم: '0.25', Other: '0.25' } },
    });
  });

  it.each([
    [{ model: { digest: '\u001B[2J' } }, 'model.digest is no digest'],
    [{ model: { digest: 'sha256:$(FLYBALL_RUN)' } }, 'model.digest is no digest'],
    [{ datasets: { 'train\u202E': digest } }, 'datasets has the name'],
    [{ datasets: { ['x'.repeat(64)]: digest } }, 'datasets has the name'],
    [{ profile: { 'amount\u0007': { categories: { a: 1 } } } }, 'profile has the name'],
    [{ profile: { c: { categories: { ['x'.repeat(64)]: 1 } } } }, '"profile.c.categories" has the name'],
    [JSON.parse('{"metrics": {"__proto__": 1}}') as object, 'metrics has the name "__proto__"'],
  ])('refuses %j in words', (document, want) => {
    expect(() => parseDocument(JSON.stringify(document))).toThrow(want);
  });
});

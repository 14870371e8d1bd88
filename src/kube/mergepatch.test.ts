import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { merged } from '../../test/builders/apiserver.ts';
import { type JsonObject, mergePatch } from './mergepatch.ts';

const scalar = fc.oneof(fc.string({ maxLength: 2 }), fc.integer({ min: 0, max: 3 }), fc.boolean());
const name = fc.constantFrom('a', 'b', 'c', 'd');
const { tree } = fc.letrec<{ tree: JsonObject; value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('tree')),
  tree: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
}));

describe('A merge patch', () => {
  it('turns the one object into the other', () => {
    fc.assert(
      fc.property(tree, tree, (from, to) => expect(merged(from, mergePatch(from, to) ?? {})).toEqual({ ...to })),
    );
  });

  it('is absent between equal objects', () => {
    fc.assert(fc.property(tree, (object) => expect(mergePatch(object, structuredClone(object))).toBeUndefined()));
  });

  it('removes what is undefined or missing in the wanted object', () => {
    expect(mergePatch({ a: 1, b: { c: 2, d: 3 } }, { a: undefined, b: { d: 3 } })).toEqual({ a: null, b: { c: null } });
  });

  it('replaces arrays as a whole', () => {
    expect(mergePatch({ a: [{ b: 1 }, { c: 2 }] }, { a: [{ b: 1 }, { c: 3 }] })).toEqual({ a: [{ b: 1 }, { c: 3 }] });
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sizeOf } from '../api/size.ts';
import { parseHardwareProfiles } from './profiles.ts';
import { everyField, profileRefusals } from '../../test/builders/profiles.ts';

const parse = (...profiles: readonly object[]) => parseHardwareProfiles(JSON.stringify(profiles));
const refusal = (...profiles: readonly unknown[]) => {
  try {
    parseHardwareProfiles(JSON.stringify(profiles));
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
};

describe('the hardware profiles of an installation', () => {
  it('are none if none are written down', () => {
    expect(parseHardwareProfiles(undefined)).toEqual([]);
    expect(parseHardwareProfiles('')).toEqual([]);
    expect(parse()).toEqual([]);
  });

  it('are read as they were written down', () => {
    expect(parse(everyField, { name: 'slice', resource: 'nvidia.com/mig-1g.10gb' })).toEqual([
      everyField,
      { name: 'slice', resource: 'nvidia.com/mig-1g.10gb' },
    ]);
  });

  it.each(profileRefusals)('are refused with field and value: %s', (_, profiles, words) => {
    expect(refusal(...profiles)).toBe(`FLYBALL_ACCELERATORS ${words}`);
  });

  it.each<[unknown, string]>([
    ['h100', 'item 0 is no object'],
    [{ name: 'a' }, 'item 0 has no resource: write one'],
    [{ resource: 'a.b/c' }, 'item 0 has no name: write one'],
    [{ name: 1, resource: 'a.b/c' }, 'item 0 has name 1: write a text'],
    [{ ...everyField, nodeSelector: { pool: 8 } }, 'item 0 has nodeSelector {"pool":8}: write an object of texts'],
    [
      { ...everyField, tolerations: [{ key: 'a', effect: 'Never' }] },
      'item 0 has tolerations [{"key":"a","effect":"Never"}]: write a list of tolerations, as pods have them',
    ],
    [
      { ...everyField, env: [{ name: 'A', value: 1 }] },
      'item 0 has env [{"name":"A","value":1}]: write a list of objects with name and value, both texts',
    ],
    [
      { ...everyField, toString: 'x' },
      'item 0 has the unknown field "toString": known are name, resource, product, nodeSelector, tolerations, runtimeClassName, sharedMemory, extended, env',
    ],
  ])('are refused where a field is of another form, or unknown: %j', (item, words) => {
    expect(refusal(item)).toBe(`FLYBALL_ACCELERATORS ${words}`);
  });

  it('are refused with the variable named if they are no list', () => {
    expect(() => parseHardwareProfiles('{')).toThrow(/^FLYBALL_ACCELERATORS is not JSON: /);
    expect(() => parseHardwareProfiles('{"name": "h100"}')).toThrow(
      /^FLYBALL_ACCELERATORS must be a JSON list such as/,
    );
  });

  it('are small enough that all of them fit in one environment variable', () => {
    const filled = (rest: number) =>
      ['A', 'B'].map((name) => ({ name, value: 'x'.repeat(name === 'A' ? 2000 : rest) }));
    const profile = (index: number) => {
      const named = { name: `p${String(index).padStart(2, '0')}`, resource: 'nvidia.com/gpu' };
      return { ...named, env: filled(4000 - sizeOf({ ...named, env: filled(0) })) };
    };
    const most = Array.from({ length: 32 }, (_, index) => profile(index));
    expect(refusal(...most)).toBe('accepted');
    expect(`FLYBALL_ACCELERATORS=${JSON.stringify(most)}`.length).toBeLessThan(131_072);
  });

  it('are read or refused with words, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.jsonValue(), fc.record({ name: fc.string(), resource: fc.string() }))),
        (items) => {
          const said = refusal(...items);
          expect(said === 'accepted' || said.startsWith('FLYBALL_ACCELERATORS ')).toBe(true);
        },
      ),
    );
  });
});

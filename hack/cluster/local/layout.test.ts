import { describe, expect, test } from '@jest/globals';
import { addressesOf, chooseSlot, layoutOf, slots } from './layout.ts';

describe('the addresses of local clusters', () => {
  test('no two slots share an address or a range', () => {
    const all = Array.from({ length: slots }, (_, slot) => addressesOf(slot));
    const want = slots;
    expect(new Set(all.map((addresses) => addresses.host)).size).toBe(want);
    expect(new Set(all.map((addresses) => addresses.node)).size).toBe(want);
    expect(new Set(all.map((addresses) => addresses.serviceRange)).size).toBe(want);
  });

  test('the last slot still lies in its ranges', () => {
    const want = {
      host: '10.89.3.253',
      node: '10.89.3.254',
      serviceRange: '10.111.240.0/20',
      apiService: '10.111.240.1',
    };
    expect(addressesOf(slots - 1)).toEqual(want);
  });

  test('a cluster gets the same addresses each time as long as they are free', () => {
    const free = (): boolean => false;
    expect(chooseSlot('dev', free)).toBe(chooseSlot('dev', free));
  });

  test('a cluster whose addresses are taken gets the next ones', () => {
    const preferred = chooseSlot('dev', () => false);
    const taken = addressesOf(preferred).host;
    const want = (preferred + 1) % slots;
    expect(chooseSlot('dev', (addresses) => addresses.host === taken)).toBe(want);
  });

  test('a machine without a free slot is told what to do', () => {
    expect(() => chooseSlot('dev', () => true)).toThrow(/remove a cluster/);
  });
});

test('the longest name still makes an interface name that Linux accepts', () => {
  const wantAtMost = 15;
  expect(layoutOf('a'.repeat(30)).hostInterface.length).toBeLessThanOrEqual(wantAtMost);
});

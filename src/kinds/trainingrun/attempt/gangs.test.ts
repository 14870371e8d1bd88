import { describe, expect, it } from '@jest/globals';
import { Places } from '../../../../test/simulate/gangs.ts';

const output = { uri: 'pvc://models/fraud' };
const gang = (uid: string, nodes = 8, gangWait = '5m') => ({ uid, nodes, output, gangWait });
const single = (uid: string) => ({ uid, output });
const uids = (count: number, seed: number) => Array.from({ length: count }, (_, index) => `uid-${seed}-${index}`);
const ended: unknown = expect.any(Number);

describe('Gangs that compete for places', () => {
  it('would wait for one another for ever if none gave back', async () => {
    const places = new Places(8, [gang('uid-a', 8, '9999h'), gang('uid-b', 8, '9999h')]);
    expect(await places.run(24 * 60)).toEqual([undefined, undefined]);
  });

  it('all end, be they two, three or five, whatever their UIDs are', async () => {
    for (const count of [2, 3, 5]) {
      for (const seed of [1, 2]) {
        const places = new Places(
          8,
          uids(count, seed).map((uid) => gang(uid)),
        );
        expect(await places.run(24 * 60)).toEqual(Array.from({ length: count }, () => ended));
      }
    }
  });

  it('all end though one is smaller, and though there are places that are too few for any', async () => {
    const places = new Places(11, [gang('uid-a', 8), gang('uid-b', 6), gang('uid-c', 7)]);
    expect(await places.run(24 * 60)).toEqual([ended, ended, ended]);
  });

  it('end beside runs of one pod each, which nobody keeps from going on', async () => {
    const places = new Places(8, [gang('uid-a'), ...uids(12, 1).map(single)]);
    const [first, ...others] = await places.run(24 * 60);
    expect(first).toEqual(ended);
    expect(others).toEqual(Array.from({ length: 12 }, () => ended));
  });

  it('wait for places that nobody has yet, without giving anything back', async () => {
    const places = new Places(0, [gang('uid-a')]);
    expect(await places.run(60)).toEqual([undefined]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { fault, mend } from './ends.ts';
import { defaultLimits } from './limits.ts';
import { patiently } from './patience.ts';

const limits = { ...defaultLimits, patience: 200, backoffMin: 5, backoffMax: 20 };

function trying(act: (count: number, further: () => void) => void) {
  const lines: string[] = [];
  let count = 0;
  const patience = { limits, say: (line: string) => void lines.push(line), stop: new AbortController().signal };
  const result = patiently(async (further) => {
    act((count += 1), further);
    return count;
  }, patience);
  return { result, lines, count: () => count };
}

describe('Patience', () => {
  it('tries again what a store failed at, and says why', async () => {
    const { result, lines } = trying((count) => {
      if (count < 3) throw fault('The store is away');
    });
    expect(await result).toBe(3);
    expect(lines).toEqual(Array.from({ length: 2 }, () => 'Trying again in 1 s: The store is away'));
  });

  it('ends with the last words of the store', async () => {
    const { result, count } = trying((number) => {
      throw fault(`The store is away ${number > 1 ? 'still' : ''}`);
    });
    await expect(result).rejects.toMatchObject({ exit: 1, message: 'The store is away still' });
    expect(count()).toBeGreaterThan(2);
  });

  it('does not try what people have to mend, nor what is a mistake of ours', async () => {
    for (const error of [mend('no such bucket'), new TypeError('x is undefined')]) {
      const { result, count } = trying(() => {
        throw error;
      });
      await expect(result).rejects.toBe(error);
      expect(count()).toBe(1);
    }
  });

  it('lasts for as long as each try gets further', async () => {
    const tries = 30;
    const { result } = trying((count, further) => {
      further();
      if (count < tries) throw fault('cut');
    });
    expect(await result).toBe(tries);
  });

  it('counts from the last step of a try, however long that try took', async () => {
    const lines: string[] = [];
    const patience = { limits, say: (line: string) => void lines.push(line), stop: new AbortController().signal };
    let count = 0;
    const result = patiently(async (further) => {
      count += 1;
      if (count > 1) return count;
      await new Promise((resolve) => setTimeout(resolve, limits.patience + 50));
      further();
      throw fault('cut');
    }, patience);
    expect(await result).toBe(2);
    expect(lines).toEqual(['Trying again in 1 s: cut']);
  });
});

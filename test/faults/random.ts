/** Chance that is the same for the same seed. */
export interface Random {
  /** From 0 to less than 1. */
  next(): number;
  chance(probability: number): boolean;
  /** @throws if there is nothing to pick. */
  pick<T>(items: readonly T[]): T;
}

/** Mulberry32: small, and good enough to spread plans. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('there is nothing to pick from');
      return item;
    },
  };
}

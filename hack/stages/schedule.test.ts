import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type Claim, startable } from './schedule.ts';
import { stages } from './stages.ts';

const quick: Claim = { name: 'quick' };
const other: Claim = { name: 'other' };
const builder: Claim = { name: 'builder', writes: ['dist'] };
const reader: Claim = { name: 'images', writes: ['dist'] };
const timed: Claim = { name: 'timed', alone: 'it measures times' };

const names = (waiting: readonly Claim[], running: readonly Claim[], places: number) =>
  startable(waiting, running, places).map(({ name }) => name);

describe('which stages may start', () => {
  it('starts as many as there are places, in their order', () => {
    expect(names([quick, other, builder], [], 2)).toEqual(['quick', 'other']);
    expect(names([other, builder], [quick], 2)).toEqual(['other']);
    expect(names([builder], [quick, other], 2)).toEqual([]);
  });

  it('starts one where there is no place for two', () => {
    expect(names([quick, other], [], 1)).toEqual(['quick']);
    expect(names([quick, other], [], 0)).toEqual(['quick']);
  });

  it('starts what is alone only when nothing runs', () => {
    expect(names([timed], [quick], 8)).toEqual([]);
    expect(names([timed], [], 8)).toEqual(['timed']);
  });

  it('starts nothing beside what is alone', () => {
    expect(names([timed, quick], [], 8)).toEqual(['timed']);
    expect(names([quick, other], [timed], 8)).toEqual([]);
  });

  it('lets what may run pass what has to wait', () => {
    expect(names([timed, quick, other], [builder], 8)).toEqual(['quick', 'other']);
  });

  it('never lets two write the same files', () => {
    expect(names([builder, reader, quick], [], 8)).toEqual(['builder', 'quick']);
    expect(names([reader, quick], [builder], 8)).toEqual(['quick']);
    expect(names([reader], [quick], 8)).toEqual(['images']);
  });
});

/** Plays all stages, of which one ends at a time, and tells which ran together. */
function played(places: number, ends: (running: readonly Claim[]) => Claim | undefined): readonly (readonly Claim[])[] {
  const seen: (readonly Claim[])[] = [];
  let waiting: readonly Claim[] = stages;
  let running: readonly Claim[] = [];
  while (waiting.length > 0 || running.length > 0) {
    const started = startable(waiting, running, places);
    waiting = waiting.filter((stage) => !started.includes(stage));
    running = [...running, ...started];
    if (running.length === 0) throw new Error(`stuck before ${waiting.map(({ name }) => name).join(', ')}`);
    seen.push(running);
    const over = ends(running);
    running = running.filter((stage) => stage !== over);
  }
  return seen;
}

describe.each([1, 2, 3, 16])('with %i processors', (places) => {
  it.each([
    ['first', (running: readonly Claim[]) => running[0]],
    ['last', (running: readonly Claim[]) => running.at(-1)],
  ])('every stage has its turn, and those that are alone are alone, when the %s ends before the others', (_, ends) => {
    const seen = played(places, ends);
    expect(new Set(seen.flat().map(({ name }) => name)).size).toBe(stages.length);
    for (const together of seen) {
      expect(together.length).toBeLessThanOrEqual(places);
      if (together.some(({ alone }) => alone !== undefined)) expect(together).toHaveLength(1);
    }
  });
});

describe('the stages', () => {
  it('have names of their own', () => {
    expect(new Set(stages.map(({ name }) => name)).size).toBe(stages.length);
  });

  it('are all in the help, which is read without running anything', () => {
    const program = readFileSync(join(import.meta.dirname, '..', 'test.ts'), 'utf8');
    expect(program).toContain(`Stages: ${stages.map(({ name }) => name).join(', ')}`);
  });

  it('say why they are alone, and yield to nobody then', () => {
    for (const { alone, yields } of stages.filter((stage) => stage.alone !== undefined)) {
      expect(alone).toMatch(/ /);
      expect(yields).toBeUndefined();
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plantAlso, type SeededBug, seededBugs, whyNot } from '../faults/bugs.ts';
import { copySources } from '../faults/copy.ts';

const repository = join(import.meta.dirname, '..', '..');

/** What the compiler says of a copy of the sources; nothing if they are right. */
function typesOf(copy: string): string {
  const extended = join(repository, 'tsconfig.json');
  writeFileSync(
    join(copy, 'tsconfig.json'),
    JSON.stringify({ extends: extended, include: ['src'], exclude: ['**/*.test.ts'] }),
  );
  return spawnSync(join(repository, 'node_modules/.bin/tsc'), ['--noEmit', '-p', copy], { encoding: 'utf8' }).stdout;
}

describe('The seeded bugs, by which the judge of the fault rig is judged', () => {
  const bugs = seededBugs();

  it('have numbers of their own, of which none is left out', () => {
    expect(bugs.map(({ name }) => Number.parseInt(name, 10))).toEqual(bugs.map((_, index) => index + 1));
    expect(bugs.length).toBeGreaterThanOrEqual(60);
  });

  it.each(bugs)('$name applies to the operator as it is', (bug) => {
    expect(whyNot(bug)).toBeUndefined();
  });

  it('pass types, as far as they can be planted side by side, and the others for themselves', () => {
    let left: readonly SeededBug[] = bugs;
    while (left.length > 0) {
      const into = mkdtempSync(join(tmpdir(), 'flyball-bugs-'));
      copySources(into);
      const planted = left.filter((bug) => plantAlso(bug, into));
      expect({ planted: planted.map(({ name }) => name), types: typesOf(into) }).toMatchObject({ types: '' });
      expect(planted).not.toEqual([]);
      left = left.filter((bug) => !planted.includes(bug));
      rmSync(into, { recursive: true });
    }
  }, 120_000);

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13])('violate invariant %d in three ways at least', (number) => {
    const those = bugs.filter(({ violated }) => violated === `Invariant ${number}`);
    expect(those.length).toBeGreaterThanOrEqual(3);
  });
});

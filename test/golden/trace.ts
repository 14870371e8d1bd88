import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { World } from '../simulate/trainingrun.ts';

/** Holds a trace against its file. `UPDATE_GOLDEN=1 npm test` writes the files anew, for review as a diff. */
export function expectTrace(name: string, world: World): void {
  const file = join(import.meta.dirname, 'trainingrun', `${name}.txt`);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, world.text());
  expect(existsSync(file)).toBe(true);
  expect(world.text()).toEqual(readFileSync(file, 'utf8'));
}

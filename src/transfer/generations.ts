import type { Location } from '../storage/storage.ts';
import { byBytes } from './folder.ts';

/** What was uploaded of a checkpoint at one time: a folder below that of the run, and a marker beside it once it is whole. */
export interface Generation {
  readonly name: string;
  readonly at: Location;
  readonly isWhole: boolean;
}

/** Digits of a number, so that names sort like numbers. */
const digits = 9;

const pattern = /^(\d{9})-([0-9a-z-]+)$/;

/** The generations of a run, the newest first; two pods may have one of the same number. What is called otherwise is nobody's. */
export function generationsIn(names: readonly string[], of: Location): readonly Generation[] {
  const markers = new Set(names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : [])));
  const folders = names.flatMap((name) => (name.endsWith('/') ? [name.slice(0, -1)] : []));
  return [...new Set([...markers, ...folders])]
    .filter((name) => pattern.test(name))
    .sort((one, other) => byBytes(other, one))
    .map((name) => ({ name, at: { ...of, path: `${of.path}/${name}` }, isWhole: markers.has(name) }));
}

/** The next generation after all that there are, half ones too. In its name is the pod that writes it, so that no two ever meet in one folder. */
export function nextGeneration(generations: readonly Generation[], of: Location, writer: string): Generation {
  const newest = Number(generations[0]?.name.slice(0, digits) ?? 0);
  const name = `${String(newest + 1).padStart(digits, '0')}-${writer}`;
  return { name, at: { ...of, path: `${of.path}/${name}` }, isWhole: false };
}

/** How many whole generations are kept. */
const kept = 2;

/** What is no longer needed: whole generations older than those that are kept, and what a pod itself has left half. */
export function obsolete(generations: readonly Generation[], writer: string): readonly Generation[] {
  const needed = new Set(generations.filter(({ isWhole }) => isWhole).slice(0, kept));
  return generations.filter((one) => !needed.has(one) && (one.isWhole || one.name.endsWith(`-${writer}`)));
}

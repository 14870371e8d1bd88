/** The seeded bugs: mistakes that a good engineer could make, as patches to the operator, by which the judge is judged. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copySources } from './copy.ts';

const repository = join(import.meta.dirname, '..', '..');
const directory = join(import.meta.dirname, 'bugs');

/** One mistake. */
export interface SeededBug {
  /** The patch's file name without its ending. */
  readonly name: string;
  /** Such as "Invariant 3", of the design; or "Versions", which are neither changed nor lost. */
  readonly violated: string;
  /** What is wrong, in one sentence. */
  readonly sentence: string;
  readonly patch: string;
  /** The folders of src that it changes, and of the kinds those of each. */
  readonly folders: readonly string[];
}

/** All of them, in the order of their names. @throws if a patch does not begin with what it violates. */
export function seededBugs(): readonly SeededBug[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.patch'))
    .toSorted()
    .map((file) => {
      const patch = join(directory, file);
      const text = readFileSync(patch, 'utf8');
      const [, violated, sentence] = /^(Invariant \d+|Versions): (.+\.)\n/.exec(text) ?? [];
      const folders = new Set(
        [...text.matchAll(/^\+\+\+ b\/src\/(?:kinds\/)?([a-z]+)\//gm)].map(([, folder = '']) => folder),
      );
      if (violated === undefined || sentence === undefined) throw new Error(`${file} does not say what it violates`);
      return { name: file.replace(/\.patch$/, ''), violated, sentence, patch, folders: [...folders] };
    });
}

/** Why a bug does not apply to the operator as it is, in git's words; undefined if it does. */
export function whyNot({ patch }: SeededBug): string | undefined {
  return applied(['--check', patch], repository);
}

/** Makes a copy of the operator's sources that has this bug, and can be bundled there. */
export function plant({ name, patch }: SeededBug, into: string): void {
  copySources(into);
  const why = applied([patch], into);
  if (why !== undefined) throw new Error(`the bug ${name} cannot be planted: ${why}`);
}

/** Plants a bug into a copy that may have others; whether it could be. */
export function plantAlso({ patch }: SeededBug, copy: string): boolean {
  return applied([patch], copy) === undefined;
}

function applied(args: readonly string[], where: string): string | undefined {
  // The copy may be inside of another repository, to which git would apply the patch.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(where) };
  // One line of context tells the place: an edit nearby leaves a mistake what it is.
  const all = ['apply', '-p1', '-C1', ...args];
  const { status, stderr, error } = spawnSync('git', all, { cwd: where, env, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return status === 0 ? undefined : stderr.trim();
}

import type { LintedFile } from './lint.ts';

export interface Summary {
  readonly files: number;
  /** Objects of ours, and those of others, which nobody judged. */
  readonly objects: number;
  readonly others: number;
  readonly errors: number;
  readonly notes: number;
}

export function summaryOf(files: readonly LintedFile[]): Summary {
  const findings = files.flatMap((file) => file.findings);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return {
    files: files.length,
    objects: files.reduce((sum, { objects }) => sum + objects, 0),
    others: files.reduce((sum, { others }) => sum + others, 0),
    errors,
    notes: findings.length - errors,
  };
}

/** One sentence without full stop. */
export function summaryWords({ files, objects, others, errors, notes }: Summary): string {
  const kinds = [counted(errors, 'error'), counted(notes, 'note')].filter((words) => !words.startsWith('0 '));
  const found = kinds.length === 0 ? 'nothing is wrong' : kinds.join(', ');
  const passed = others === 0 ? '' : `; ${counted(others, 'object')} of other kinds passed over`;
  return `${found} with ${counted(objects, 'object')} in ${counted(files, 'file')}${passed}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

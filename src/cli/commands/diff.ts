import type { CommandDefinition } from '../command.ts';
import { outputOption } from '../flags.ts';

export const diff: CommandDefinition = {
  purpose: 'judge',
  usage: 'diff <version> [other]',
  summary: 'Compare two versions: parameters, data, code, metrics and profiles',
  description:
    'A version is named as fraud-3 or fraud@3; one alone is compared with the version before it. Ends with 1 if they differ.',
  options: [{ flags: '--all', description: 'Show what is the same, too' }, outputOption],
  examples: [
    ['kubectl flyball diff fraud@3', 'what changed since the version before'],
    ['kubectl flyball diff fraud@3 fraud@5', 'between any two'],
  ],
  load: async () => (await import('../diff/diff.ts')).diff,
};

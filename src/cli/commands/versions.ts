import type { CommandDefinition } from '../command.ts';
import { outputOption } from '../flags.ts';

export const versions: CommandDefinition = {
  purpose: 'judge',
  usage: 'versions <run> [name]',
  summary: 'List the versions of a TrainingRun, how they were judged and who serves them',
  options: [outputOption],
  examples: [['kubectl flyball versions fraud', 'newest first']],
  load: async () => (await import('../versions/versions.ts')).versions,
};

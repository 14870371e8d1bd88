import type { CommandDefinition } from '../command.ts';
import { outputOption } from '../flags.ts';

export const why: CommandDefinition = {
  purpose: 'see',
  usage: 'why <kind> [name]',
  summary: 'Say what is happening, since when, why, whose move it is and what comes next',
  description:
    'It reads events, nodes, claims and what pods name with your own rights, where the operator may not, and says what it could not read.',
  options: [outputOption],
  examples: [
    ['kubectl flyball why trun fraud', 'why a training does not get on'],
    ['kubectl flyball why mver fraud-3', 'where a version comes from, and whether it serves'],
  ],
  load: async () => (await import('../why/why.ts')).why,
};

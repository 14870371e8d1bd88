import type { CommandDefinition } from '../command.ts';
import { allNamespacesOption, outputOption, selectorOption } from '../flags.ts';

export const get: CommandDefinition = {
  purpose: 'see',
  usage: 'get [kind] [name]',
  summary: 'Show products from their training to their pods as a tree',
  description:
    'A product is a TrainingRun with its attempts and ModelVersions, the ModelDeployments that serve them, and their Monitors.\n' +
    'Of attempts, versions and revisions that are past people see how many there are; name their object to see them all.',
  options: [
    allNamespacesOption,
    selectorOption,
    outputOption,
    {
      flags: '-w, --watch',
      description: 'Go on, and show each change: on a terminal by drawing the tree anew, else as a line',
    },
  ],
  examples: [
    ['kubectl flyball get', 'all that Flyball keeps in this namespace'],
    ['kubectl flyball get --watch', 'the same, as it changes'],
    ['kubectl flyball get mdep fraud', 'one object and all that lies below it'],
  ],
  load: async () => (await import('../get/get.ts')).get,
};

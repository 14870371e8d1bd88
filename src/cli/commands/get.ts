import type { CommandDefinition } from '../command.ts';
import { allNamespacesOption, outputOption, selectorOption } from '../flags.ts';

export const get: CommandDefinition = {
  purpose: 'see',
  usage: 'get [kind] [name]',
  summary: 'Show products from their training to their pods as a tree',
  options: [allNamespacesOption, selectorOption, outputOption],
  examples: [
    ['kubectl flyball get', 'all that Flyball keeps in this namespace'],
    ['kubectl flyball get mdep fraud', 'one product, down to its pods'],
  ],
  load: async () => (await import('../get/get.ts')).get,
};

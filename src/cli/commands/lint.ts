import type { CommandDefinition } from '../command.ts';

export const lint: CommandDefinition = {
  purpose: 'judge',
  usage: 'lint <file...>',
  summary: 'Check manifests before they are applied, without a cluster',
  description:
    'Files are YAML or JSON, also several objects in one; of a folder its files .yaml, .yml and .json; - is the standard input. Objects of other kinds are passed over. ' +
    'Ends with 0 if nothing is wrong, with 1 if something is, and with 2 if a file cannot be read.',
  options: [
    { flags: '-R, --recursive', description: 'Also what lies in folders of folders' },
    { flags: '--server', description: 'Ask the API server as well, which keeps nothing (a dry run)' },
    {
      flags: '-o, --output <format>',
      description: 'A document for programs instead of text for people',
      choices: ['json', 'yaml', 'sarif'],
    },
  ],
  examples: [
    ['kubectl flyball lint fraud.yaml', 'one file'],
    ['kubectl flyball lint -R deploy', 'all manifests below a folder'],
    ['kubectl kustomize deploy | kubectl flyball lint -', 'what kustomize makes'],
    ['kubectl flyball lint -R deploy -o sarif > lint.sarif', 'for code scanning'],
  ],
  load: async () => (await import('../lint/lint.ts')).lintFiles,
};

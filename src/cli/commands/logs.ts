import type { CommandDefinition } from '../command.ts';

export const logs: CommandDefinition = {
  purpose: 'see',
  usage: 'logs <kind> [name]',
  summary: 'Print the logs of all stages, retries and ranks of a training, or of all pods of a model that is served',
  description:
    'Each line has in front which it is of: 3/train/0 is rank 0 of the stage train of attempt 3, v4 stable/x7k2p a pod of the revision that serves. ' +
    'Lines of pods that run side by side are put in the order of their times, with --follow as they come. Of what is gone it prints the last ' +
    'words. Of a pod it reads the container main and those that fail.',
  options: [
    {
      flags: '-f, --follow',
      description: 'Go on with what comes, retries, new attempts and new revisions included, until it is over',
    },
    { flags: '--attempt <number>', description: 'Of which attempt of a training, or all; by default the newest' },
    { flags: '--stage <stage>', description: 'Of which stage of a training, such as train; by default of all' },
    {
      flags: '--rank <number>',
      description: 'Of which pod of a training on several nodes, from 0 on; by default of all',
    },
    {
      flags: '--revision <revision>',
      description:
        'Of which revision of a ModelDeployment: stable, candidate, previous or its digits; by default of all',
    },
    { flags: '-c, --container <container>', description: 'Of which container instead' },
    { flags: '--all-containers', description: 'Of all containers, init containers and sidecars included' },
    { flags: '--tail <lines>', description: 'How many of the last lines of each log; by default all' },
    { flags: '--since <duration>', description: 'Not older than that, such as 10m; by default all' },
    { flags: '--timestamps', description: 'With the time of each line' },
  ],
  examples: [
    ['kubectl flyball logs -f trun fraud', 'what the newest attempt says, until it is over'],
    ['kubectl flyball logs trun/fraud --attempt all --tail 20', 'the last lines of each attempt'],
    [
      'kubectl flyball logs mdep fraud --revision candidate --since 10m',
      'what the candidate said in the last ten minutes',
    ],
  ],
  load: async () => (await import('../logs/logs.ts')).logs,
};

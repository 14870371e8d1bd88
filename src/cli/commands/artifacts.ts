import type { CommandDefinition } from '../command.ts';
import { outputOption } from '../flags.ts';

export const artifacts: CommandDefinition = {
  purpose: 'judge',
  usage: 'artifacts <run>',
  summary: 'Show what lies in the folders of a TrainingRun, and what of it nothing refers to any more',
  description:
    'A pod in the namespace lists the claims, with your rights: it mounts them read-only, has no account, and is deleted when it is done. ' +
    'Nothing is removed; the command that removes what nothing refers to is printed.',
  options: [
    { flags: '--image <image>', description: "With a shell, find and stat, for the pod; by default the run's" },
    { flags: '--timeout <duration>', description: 'How long to wait for the pod; by default 2m' },
    outputOption,
  ],
  examples: [
    ['kubectl flyball artifacts fraud', 'folders with size, age and what refers to each'],
    ['kubectl flyball artifacts fraud --image busybox:1.37', 'the same for an image without a shell'],
  ],
  load: async () => (await import('../artifacts/artifacts.ts')).artifacts,
};

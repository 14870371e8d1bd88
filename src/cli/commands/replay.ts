import type { CommandDefinition } from '../command.ts';
import { outputOption } from '../flags.ts';

export const replay: CommandDefinition = {
  purpose: 'judge',
  usage: 'replay <version>',
  summary: 'Print a TrainingRun that trains a version again, and check afterwards whether it is the same',
  description:
    'The manifest has the image by its digest, the data with its digests, the parameters and the seed as they are recorded; what is not is said in its ' +
    'comments. It has no gate and no schedule, and a name of its own. A version is named as fraud-3 or fraud@3.',
  options: [
    { flags: '--check <run>', description: 'Say whether the newest version of this TrainingRun is the same model' },
    outputOption,
  ],
  examples: [
    ['kubectl flyball replay fraud@3 | kubectl apply -f -', 'train it again'],
    ['kubectl flyball replay fraud@3 --check fraud-3-replay', 'whether it came to the same, by the exit code, too'],
  ],
  load: async () => (await import('../replay/replay.ts')).replay,
};

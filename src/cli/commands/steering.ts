import type { CommandDefinition, Run } from '../command.ts';
import { type Option, outputOption } from '../flags.ts';

const options: readonly Option[] = [
  {
    flags: '--dry-run <how>',
    description: 'client: only show what would be patched; server: have the API server check it, too; none by default',
    choices: ['none', 'client', 'server'],
  },
  { flags: '--wait', description: 'Wait until it has taken effect, and end with 1 if it ended badly' },
  { flags: '--timeout <duration>', description: 'How long to wait, such as 10m; for ever by default' },
  outputOption,
];

type Steer = typeof import('../steer/steer.ts');

const load = (name: keyof Steer) => async (): Promise<Run> => (await import('../steer/steer.ts'))[name];

const ofRun = 'The TrainingRun is named as NAME, trun/NAME or trun NAME.';
const ofRollout = 'The ModelDeployment is named as NAME, mdep/NAME or mdep NAME.';

/** They patch fields of a spec, with the user's own rights, and say who will undo it. */
export const steering: readonly CommandDefinition[] = [
  {
    purpose: 'steer',
    usage: 'rerun <run> [name]',
    summary: 'Train once more with the recipe as it is',
    description: `Sets spec.rerunAt to now. ${ofRun}`,
    options,
    examples: [
      ['kubectl flyball rerun fraud', 'start another attempt, when the present one has ended'],
      ['kubectl flyball rerun fraud --wait', 'and say how it ended, by the exit code, too'],
    ],
    load: load('rerun'),
  },
  {
    purpose: 'steer',
    usage: 'suspend <run> [name]',
    summary: 'Start no attempt any more, and end the pods of the one that runs',
    description: `Sets spec.suspend. ${ofRun}`,
    options,
    examples: [['kubectl flyball suspend fraud', 'give its devices back until it is resumed']],
    load: load('suspend'),
  },
  {
    purpose: 'steer',
    usage: 'resume <object> [name]',
    summary: 'Let a suspended TrainingRun or a paused ModelDeployment go on',
    description:
      'Takes spec.suspend or spec.rollout.paused away: of the one of that name which is held, or as KIND/NAME.',
    options,
    examples: [
      ['kubectl flyball resume fraud', 'whichever of that name is held'],
      ['kubectl flyball resume mdep/fraud', 'its rollouts'],
    ],
    load: load('resume'),
  },
  {
    purpose: 'steer',
    usage: 'pause <deployment> [name]',
    summary: 'Begin no rollout and take none to its next step',
    description: `Sets spec.rollout.paused. What fails is rejected still. ${ofRollout}`,
    options,
    examples: [['kubectl flyball pause fraud', 'keep the candidate at its step until it is resumed']],
    load: load('pause'),
  },
  {
    purpose: 'steer',
    usage: 'promote <deployment> [name]',
    summary: 'Let the candidate take over without the rest of its steps, holds and checks',
    description: `Names it in spec.rollout.promotedRevision, approves it where that is asked for, and ends a pause. ${ofRollout}`,
    options,
    examples: [['kubectl flyball promote fraud --wait', 'and wait until it serves alone']],
    load: load('promote'),
  },
  {
    purpose: 'steer',
    usage: 'approve <deployment> [name]',
    summary: 'Approve what waits for approval',
    description: `Names the candidate in spec.rollout.approvedRevision. ${ofRollout}`,
    options,
    examples: [['kubectl flyball approve fraud', 'promote it once it has passed its steps and checks']],
    load: load('approve'),
  },
  {
    purpose: 'steer',
    usage: 'abort <deployment> [name]',
    summary: 'Reject the candidate; what serves goes on serving',
    description: `Names it in spec.rollout.abortedRevision. ${ofRollout}`,
    options,
    examples: [['kubectl flyball abort fraud', 'end the rollout']],
    load: load('abort'),
  },
  {
    purpose: 'steer',
    usage: 'rollback <deployment> [name]',
    summary: 'Go back to what served before, at once; or to a version by name',
    description:
      'Without --to it rejects what serves, by spec.rollout.abortedRevision, so that the revision before it takes over without steps. With --to ' +
      `it pins the version in spec.model.versionRef, which goes through the steps and checks. ${ofRollout}`,
    options: [
      { flags: '--to <version>', description: 'A ModelVersion, as fraud-3, fraud@3, or 3 of the run that is followed' },
      ...options,
    ],
    examples: [
      ['kubectl flyball rollback fraud', 'what served before takes over'],
      ['kubectl flyball rollback fraud --to fraud-3', 'serve this version, and follow its run no longer'],
    ],
    load: load('rollback'),
  },
  {
    purpose: 'steer',
    usage: 'retry <deployment> [name]',
    summary: 'Try once more what was rejected',
    description: `Sets spec.rollout.retryAt to now, if what the spec asks for was rejected. ${ofRollout}`,
    options,
    examples: [['kubectl flyball retry fraud', 'after what made it fail was mended']],
    load: load('retry'),
  },
];

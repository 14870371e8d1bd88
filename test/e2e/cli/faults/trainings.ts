/** Trainings that end badly, and results that are no version. */
import type { Faults } from '../fault.ts';
import { forEver, patched, python, reporting, run } from './objects.ts';

const traceback =
  'import csv\nrows = list(csv.DictReader(["amount,label", "12,0"]))\nprint(len(rows), "rows", flush=True)\nrows[0]["price"]';
const champion =
  "import os; f1 = os.environ['FLYBALL_PARAMETER_F1']; open(os.environ['FLYBALL_RESULTS'], 'w').write('{\"metrics\": {\"f1\": %s}}' % f1)";
const trained = patched(python(reporting('{"f1": 0.95}')));

export const trainingFaults: Faults = {
  'command-missing': {
    title: 'The command is not in the image',
    about: 'trun/fraud',
    objects: [run({ command: ['pyhton', 'train.py'] })],
    shows: [/CommandNotStarted/],
    expect: { cause: [/pyhton/, /not found/, /spec\.command/], actor: 'Author', fix: trained },
    works: /Succeeded=True/,
  },
  'command-not-executable': {
    title: 'The command is a file that may not be executed',
    about: 'trun/fraud',
    objects: [run({ command: ['/app/train.py'] })],
    shows: [/CommandNotStarted/],
    expect: { cause: [/permission denied/, /spec\.command/], actor: 'Author', fix: trained },
  },
  traceback: {
    title: 'The training ends with a traceback',
    about: 'trun/fraud',
    objects: [run(python(traceback))],
    shows: [/CommandFailed/],
    expect: { cause: [/exit code 1/, /KeyError: 'price'/], actor: 'Author', fix: trained },
    works: /Succeeded=True/,
  },
  'out-of-memory': {
    title: 'The training needs more memory than it may have',
    about: 'trun/fraud',
    objects: [
      run({ ...python(`rows = bytearray(200 << 20); ${reporting('{"f1": 0.95}')}`), resources: { memory: '64Mi' } }),
    ],
    shows: [/OutOfMemory/],
    expect: {
      cause: [/OOMKilled/, /64Mi/, /spec\.resources\.memory/],
      actor: 'Author',
      fix: patched({ resources: { memory: '512Mi' } }),
    },
    works: /Succeeded=True/,
  },
  timeout: {
    title: 'The training takes longer than it may',
    about: 'trun/fraud',
    objects: [run({ ...python(forEver), timeout: '1m' })],
    shows: [/TimedOut/],
    expect: { cause: [/timeout/, /1m|1 minute/], actor: 'Author', fix: trained },
  },
  'results-missing': {
    title: 'The training reports nothing, though it has a gate',
    about: 'trun/fraud',
    objects: [run({ ...python('pass'), gate: [{ metric: 'f1', min: 0.8 }] })],
    shows: [/Results|Metric/],
    expect: { cause: [/FLYBALL_RESULTS|no results|results/i, /f1|gate/], actor: 'Author', fix: trained },
  },
  'metric-missing': {
    title: 'The gate asks for a metric that is not reported',
    about: 'trun/fraud',
    objects: [run({ ...python(reporting('{"f1_score": 0.95}')), gate: [{ metric: 'f1', min: 0.8 }] })],
    shows: [/GateFailed|MetricMissing/],
    expect: {
      cause: [/no metric f1/, /f1_score/],
      actor: 'Author',
      fix: patched({ gate: [{ metric: 'f1_score', min: 0.8 }], rerunAt: '2026-11-30T00:00:00Z' }),
    },
  },
  'metric-nan': {
    title: 'The training diverged: its metric is NaN',
    about: 'trun/fraud',
    objects: [run({ ...python(reporting('{"f1": NaN}')), gate: [{ metric: 'f1', min: 0.8 }] })],
    shows: [/ResultsMalformed/],
    expect: { cause: [/NaN/, /f1|JSON/], actor: 'Author', fix: trained },
  },
  'gate-failed': {
    title: 'The model is not good enough for the gate',
    about: 'trun/fraud',
    objects: [run({ ...python(reporting('{"f1": 0.62}')), gate: [{ metric: 'f1', min: 0.8 }] })],
    shows: [/GateFailed/],
    expect: { cause: [/f1/, /0\.62/, /0\.8/], actor: 'Author', fix: trained },
    works: /Succeeded=True/,
  },
  'worse-than-champion': {
    title: 'The model is worse than its champion',
    about: 'trun/fraud',
    objects: [
      run({
        ...python(champion),
        parameters: { f1: '0.95' },
        gate: [{ metric: 'f1', against: 'Champion', maxDecrease: 0.01 }],
      }),
    ],
    afterwards: async (place) => {
      await place.until('a champion', ({ versions }) => versions.length === 1);
      await place.kubectl.run([
        'patch',
        'trainingrun',
        'fraud',
        '--namespace',
        place.namespace,
        '--type=merge',
        '--patch={"spec":{"parameters":{"f1":"0.91"}}}',
      ]);
    },
    shows: [/GateFailed/],
    expect: {
      cause: [/f1/, /0\.91/, /0\.95/, /fraud-1/],
      actor: 'Author',
      fix: patched({ parameters: { f1: '0.96' } }),
    },
  },
};

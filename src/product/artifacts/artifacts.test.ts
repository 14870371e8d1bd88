import { describe, expect, it } from '@jest/globals';
import { job } from '../../../test/builders/job.ts';
import { modelDeployment } from '../../../test/builders/modeldeployment.ts';
import { modelVersion } from '../../../test/builders/modelversion.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import type { Attempt, ITrainingRun, RevisionStatus } from '../../api/types.ts';
import { noObjects, type ProductObjects } from '../objects.ts';
import { artifactsOf, unreferenced } from './artifacts.ts';
import { listingOf } from './listing.ts';
import { folderOf, placesOf } from './places.ts';
import { removeCommand } from './pods.ts';
import { referenceText } from './references.ts';

const uid = '11111111-2222-4333-8444-555555555555';
const gone = '99999999-2222-4333-8444-555555555555';

function run(attempts: readonly Partial<Attempt>[] = [], spec: Partial<ITrainingRun['spec']> = {}): ITrainingRun {
  const made = trainingRun({
    spec: { output: { uri: 'pvc://models/fraud' }, checkpoint: { claimName: 'scratch' }, ...spec },
    status: {
      attempts: attempts.map((attempt, index) => ({
        name: `fraud-${index + 1}`,
        number: index + 1,
        recipeDigest: `sha256:${'1'.repeat(64)}`,
        trigger: { type: 'Created', time: '2026-11-24T10:00:00Z' },
        coversUntil: '2026-11-24T10:00:00Z',
        startTime: '2026-11-24T10:00:00Z',
        ...attempt,
      })),
    },
  });
  return { ...made, metadata: { ...made.metadata, uid } };
}

const ended = { endTime: '2026-11-24T11:00:00Z', verdict: 'Failed' } as const;
const uri = (number: number, of = uid) => `pvc://models/fraud/fraud-${number}-${of}`;
const role = (number: number): RevisionStatus => ({
  revision: 'aaaaaaaa',
  uri: uri(number),
  since: '2026-11-24T10:00:00Z',
});

function version(number: number, of = uid) {
  const made = modelVersion(number);
  return { ...made, spec: { ...made.spec, trainingRunUID: of, uri: uri(number, of) } };
}

/** What refers to the folder of an attempt, in words. */
function told(subject: ITrainingRun, objects: Partial<ProductObjects>, number: number, of = uid): string[] {
  const listing = listingOf(`folder 0 100 2 1790000000 fraud-${number}-${of}\nend\n`);
  const all = { ...noObjects, runs: [subject], ...objects };
  const [artifact] = artifactsOf(subject, all, placesOf(subject, all), listing);
  return (artifact?.references ?? []).map(referenceText);
}

describe('the places of a run', () => {
  it('are those of its spec, of its Jobs and of its versions, which people may have changed in between', () => {
    const before = job(run([], { output: { uri: 'pvc://models/before' } }));
    const objects = { ...noObjects, jobs: [before], versions: [version(1)] };
    expect(placesOf(run([], { output: { uri: 'pvc://other/fraud' } }), objects)).toEqual([
      { what: 'Output', claim: 'other', path: 'fraud' },
      { what: 'Output', claim: 'models', path: 'before' },
      { what: 'Output', claim: 'models', path: 'fraud' },
      { what: 'Checkpoint', claim: 'scratch', path: 'checkpoints' },
    ]);
  });

  it('are none for a run that keeps nothing', () => {
    expect(placesOf(trainingRun(), noObjects)).toEqual([]);
  });
});

describe('a folder', () => {
  it('is of a run by its whole name, which tells an earlier run of that name apart', () => {
    const output = { what: 'Output' } as const;
    expect(folderOf('fraud', output, `fraud-3-${gone}`)).toEqual({ number: 3, runUID: gone });
    expect(folderOf('fraud', { what: 'Checkpoint' }, `fraud-${uid}`)).toEqual({ number: undefined, runUID: uid });
    for (const name of [
      `fraud-${uid}`,
      `fraud-03-${uid}`,
      `fraud-3-${uid}-x`,
      `other-3-${uid}`,
      `fraud-new-3-${uid}`,
      'fraud',
    ]) {
      expect(folderOf('fraud', output, name)).toBeUndefined();
    }
  });
});

describe('what refers to a folder', () => {
  it('is nothing once its attempt has failed', () => {
    expect(told(run([ended, ended]), {}, 1)).toEqual([]);
    expect(told(run([ended, ended]), {}, 2)).toEqual([]);
  });

  it('is the attempt that has not ended, also while status does not tell of it yet', () => {
    expect(told(run([ended, {}]), {}, 2)).toEqual(['written by attempt 2']);
    expect(told(run([ended]), {}, 2)).toEqual(['written by attempt 2']);
  });

  it('is the newest attempt if only its gate failed: an edited one judges it again', () => {
    const judged = { ...ended, verdict: 'GateFailed' } as const;
    expect(told(run([judged, judged]), {}, 1)).toEqual([]);
    expect(told(run([judged, judged]), {}, 2)).toEqual(['may pass once its gate is edited: attempt 2']);
  });

  it('is what serves, served before, or shall serve, before the version', () => {
    const passed = { ...ended, verdict: 'Registered' } as const;
    const objects = {
      versions: [version(1), version(2), version(3)],
      deployments: [
        modelDeployment({ status: { stable: role(2), previous: role(1) } }),
        modelDeployment({ spec: { model: { uri: uri(1) } } }),
      ],
    };
    const subject = run([passed, passed, passed]);
    expect(told(subject, objects, 1)).toEqual(['previous of fraud', 'declared by fraud', 'version fraud-1']);
    expect(told(subject, objects, 2)).toEqual(['served by fraud', 'version fraud-2']);
    expect(told(subject, objects, 3)).toEqual(['champion of fraud', 'version fraud-3']);
  });

  it('is what an earlier run of the name left, if a version tells of it', () => {
    expect(told(run(), { versions: [version(7, gone)] }, 7, gone)).toEqual(['version fraud-7']);
    expect(told(run(), {}, 7, gone)).toEqual([]);
  });

  it('is a run that reads it, or a folder around it', () => {
    const reader = trainingRun({ name: 'reader', spec: { datasets: [{ name: 'x', uri: 'pvc://models/fraud' }] } });
    expect(told(run([ended, ended]), { runs: [reader] }, 1)).toEqual(['read by reader']);
  });
});

describe('what nothing refers to', () => {
  it('is removed by one command, which removes nothing else', () => {
    const subject = run([ended, ended, {}]);
    const listing = listingOf([1, 2, 3].map((number) => `folder 0 100 2 1790000000 fraud-${number}-${uid}`).join('\n'));
    const found = artifactsOf(subject, noObjects, placesOf(subject, noObjects), listing);
    const useless = unreferenced(found);
    expect(useless.map(({ path }) => path)).toEqual([`fraud/fraud-1-${uid}`, `fraud/fraud-2-${uid}`]);
    const command = removeCommand({ run: subject, language: 'Shell' }, useless) ?? '';
    const overrides = JSON.parse(/'--overrides=(.*)'$/.exec(command)?.[1] ?? '');
    expect(command).toMatch(
      /^kubectl -n team run fraud-remove-artifacts --image=registry\/fraud-train:1 --restart=Never --rm -i /,
    );
    expect(overrides.spec.containers[0].command).toEqual([
      'rm',
      '-rf',
      '--',
      `/claims/0/fraud/fraud-1-${uid}`,
      `/claims/0/fraud/fraud-2-${uid}`,
    ]);
    expect(overrides.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      volumes: [{ persistentVolumeClaim: { claimName: 'models' } }],
    });
    expect(removeCommand({ run: subject, language: 'Shell' }, [])).toBeUndefined();
  });
});

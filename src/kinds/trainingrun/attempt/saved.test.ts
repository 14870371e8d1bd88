import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { completed, failed, job } from '../../../../test/builders/job.ts';
import { podOf, taken } from '../../../../test/builders/pod.ts';
import { measured, ran, runs, savedPod, type SavedStates } from '../../../../test/builders/savedpod.ts';
import { entry, names, newestOf, now, observed, runWith } from '../../../../test/builders/trainingplan.ts';
import type { ITrainingRun } from '../../../api/types.ts';
import { usualStorage } from '../../../storage/installation.ts';
import { plan } from '../plan.ts';
import { snapshotOf } from '../start/snapshot.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const other = `sha256:${'fedcba9876543210'.repeat(4)}`;
const spec = { datasets: [{ name: 'train', uri: 's3://data/train' }], output: { uri: 's3://models/fraud' } };
const run = runWith(spec, {});
const jobOf = (of: ITrainingRun = run) => job(of, { installation: usualStorage });
const planOf = (one: IJob, pods: readonly IPod[], of = run) => plan(observed(of, { jobs: [one], pods }), now);
const podIn = (phase: Parameters<typeof savedPod>[0], states: SavedStates, one = jobOf()) =>
  podOf(one, savedPod(phase, states));
const made = (planned: ReturnType<typeof plan>) =>
  planned.actions.flatMap((action) => (action.type === 'Create' ? [action.object] : [])).at(-1);

const fetched = ran(0, '2026-11-24T10:01:00Z', measured({ path: '/flyball/storage/datasets/train', digest: other }));
const trained = ran(0, '2026-11-24T10:03:00Z', JSON.stringify({ metrics: { f1: 0.93 }, model: { digest: 'mine' } }));
const saved = ran(0, '2026-11-24T10:05:00Z', measured({ path: '/flyball/storage/output', digest }));

describe('An attempt whose model was saved', () => {
  it('is registered by what main reported, what was measured, and the folder of the pod that did', () => {
    const one = completed(jobOf());
    const planned = planOf(one, [podIn('Succeeded', { fetch: fetched, main: trained, save: saved }, one)]);
    expect(made(planned)).toMatchObject({
      spec: {
        uri: 's3://models/fraud/fraud-1-run-uid/uid-fraud-1-train-pod-0',
        digest,
        digestSource: 'Measured',
        size: 2048,
        metrics: { f1: '0.93' },
        datasets: [{ name: 'train', uri: 's3://data/train', digest: other }],
        imageDigest: 'registry/main:1@sha256:1f',
      },
    });
  });

  it('is not registered if nobody tells what was saved', () => {
    const one = completed(jobOf());
    const silent = podIn('Succeeded', { fetch: fetched, main: trained, save: ran(0) }, one);
    expect(newestOf(planOf(one, [silent]))).toMatchObject({ verdict: 'Failed', reason: 'SaveMalformed' });
  });

  it('by itself is registered at the URI that it was told, and its digest is what it says', () => {
    const by = runWith({ output: { ...spec.output, by: 'Container' } }, {});
    const one = completed(jobOf(by));
    const state = { terminated: { ...trained.terminated, exitCode: 0 } };
    const main = { name: 'main', image: '', imageID: '', ready: false, restartCount: 0, state };
    const pod = podOf(one, { phase: 'Succeeded', containerStatuses: [main] });
    expect(made(planOf(one, [pod], by))).toMatchObject({
      spec: {
        uri: 's3://models/fraud/fraud-1-run-uid/uid-fraud-1-train-pod-0',
        digest: 'mine',
        digestSource: 'Reported',
      },
    });
  });
});

describe('A pod whose model is to be saved', () => {
  const evicted = '2026-11-24T10:04:00Z';
  const killed = ran(143, '2026-11-24T10:04:02Z');

  it.each<[string, SavedStates]>([
    ['while it fetches', { fetch: killed }],
    ['while main runs, be it that it ends well', { fetch: fetched, main: ran(0, '2026-11-24T10:04:02Z') }],
    ['while it saves', { fetch: fetched, main: trained, save: killed }],
  ])('and is taken away %s is made again and not counted', (_, states) => {
    const one = failed(jobOf());
    const pod = podOf(one, taken(savedPod('Failed', states), evicted));
    expect(names(planOf(one, [pod]).actions)).toEqual(['Create fraud-1-train-r1']);
    const next = made(planOf(one, [pod])) as IJob;
    expect(snapshotOf(next)).toMatchObject({ failures: 0 });
  });

  it('and has saved it is registered, be it that it was taken away before its end was seen', () => {
    const one = completed(jobOf());
    const whole = savedPod('Succeeded', { fetch: fetched, main: trained, save: saved });
    expect(names(planOf(one, [podOf(one, taken(whole, evicted))]).actions)).toEqual(['Create fraud-1']);
  });

  it('whose node lost sight of it while it saved is made again and not counted', () => {
    const one = failed(jobOf());
    const lost = { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown' } };
    const pod = podIn('Failed', { fetch: fetched, main: trained, save: lost }, one);
    expect(names(planOf(one, [pod]).actions)).toEqual(['Create fraud-1-train-r1']);
  });

  it.each<[string, SavedStates]>([
    ['fetched', { fetch: ran(3, evicted, 'bucket data does not exist') }],
    ['saved', { fetch: fetched, main: trained, save: ran(3, evicted, 'bucket models does not exist') }],
  ])('and cannot be %s until somebody mends it fails the attempt at once', (_, states) => {
    const again = runWith({ ...spec, retry: { limit: 3 } }, {});
    const one = failed(jobOf(again), 'PodFailurePolicy');
    const planned = planOf(one, [podIn('Failed', states, one)], again);
    expect(newestOf(planned)?.verdict).toBe('Failed');
    expect(newestOf(planned)?.message).toContain('does not exist');
  });

  it('trains while main runs, though the pod is pending', () => {
    const tells = runWith(spec, { stages: [entry({ ran: true })] });
    const planned = planOf(jobOf(tells), [podIn('Pending', { fetch: fetched, main: runs() })], tells);
    expect(planned.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Reconciling', reason: 'Training' }),
    );
  });

  it('is said to be saved as long as it is, and not to wait for what saves while main runs', () => {
    const saving = podIn('Running', { fetch: fetched, main: trained, save: runs('2026-11-24T10:03:01Z') });
    const training = podIn('Pending', { fetch: fetched, main: runs() });
    const told = [saving, training].map((pod) => planOf(jobOf(), [pod]).status.conditions?.map(({ reason }) => reason));
    expect(told).toEqual([
      ['Saving', 'Saving'],
      ['Training', 'Training'],
    ]);
  });
});

describe('A gang whose model is to be saved', () => {
  const gang = runWith({ ...spec, nodes: 2, retry: { limit: 3 } }, {});
  const why = (words: string) => {
    const one = failed(jobOf(gang), 'PodFailurePolicy');
    const conditions = one.status?.conditions?.map((condition) => ({ ...condition, message: words }));
    return { ...one, status: { ...one.status, ...(conditions && { conditions }) } };
  };

  it('is made again if a pod was taken away, and not if somebody has to mend something', () => {
    const away = why('Pod team/fraud-1-train-0-abcde has condition DisruptionTarget matching FailJob rule at index 0');
    expect(names(planOf(away, [], gang).actions)).toContain('Create fraud-1-train-r1');
    const words =
      'Container save for pod team/fraud-1-train-0-abcde failed with exit code 3 matching FailJob rule at index 2';
    expect(newestOf(planOf(why(words), [], gang))).toMatchObject({ verdict: 'Failed' });
  });
});

describe('An attempt whose main never ran', () => {
  const ofOther = (storage: object) => runWith({ ...spec, storage }, {});
  const waits = podIn('Pending', { fetch: { waiting: { reason: 'CreateContainerConfigError' } } });

  it('is superseded by an edit of spec.storage, such as the right Secret', () => {
    const planned = planOf(
      { ...jobOf(), status: { startTime: '2026-11-24T10:00:00Z' } },
      [waits],
      ofOther({ secretRef: { name: 'keys' } }),
    );
    expect(newestOf(planned)).toMatchObject({
      verdict: 'Superseded',
      message: 'spec.storage was edited before main of attempt fraud-1 ever ran, so the edited one takes its place',
    });
  });

  it('is not superseded by what means the same, nor once main ran', () => {
    expect(newestOf(planOf(jobOf(), [waits], ofOther({ volume: { emptyDir: {} } })))?.verdict).toBeUndefined();
    const training = podIn('Pending', { fetch: fetched, main: runs() });
    const planned = planOf(jobOf(), [training], ofOther({ secretRef: { name: 'keys' } }));
    expect(newestOf(planned)?.verdict).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { change, found, object } from '../builders.ts';
import { endRules } from './ends.ts';

const labels = { 'flyball.dev/attempt': 'fraud-1' };
const time = (seconds: number) => `2026-11-24T10:00:${String(seconds).padStart(2, '0')}Z`;

const job = (
  version: number,
  type: string,
  more: { readonly name?: string; readonly failures?: number; readonly completions?: number } = {},
) => {
  const { name = 'fraud-1-train', failures, completions = 1 } = more;
  const annotations = failures === undefined ? {} : { 'flyball.dev/attempt': JSON.stringify({ failures }) };
  return change('jobs', 'Modified', {
    name,
    version,
    labels,
    owner: 'uid-trainingruns-fraud',
    meta: { annotations, creationTimestamp: time(version) },
    spec: { completions },
    status: { conditions: [{ type, status: 'True', reason: 'PodFailurePolicy' }] },
  });
};

const pod = (
  version: number,
  status: object,
  more: { readonly meta?: object; readonly job?: string; readonly index?: number } = {},
) => {
  const { meta = {}, job: owner = 'fraud-1-train', index = 0 } = more;
  return change('pods', 'Modified', {
    name: `${owner}-${index}`,
    version,
    labels,
    owner: `uid-jobs-${owner}`,
    meta: { annotations: { 'batch.kubernetes.io/job-completion-index': String(index) }, ...meta },
    status,
  });
};

const ended = (phase: string, exitCode: number, conditions: readonly object[] = []) => ({
  phase,
  conditions,
  containerStatuses: [{ name: 'main', state: { terminated: { exitCode, finishedAt: time(20) } } }],
});
const disrupted = (seconds: number) => [
  { type: 'DisruptionTarget', status: 'True', lastTransitionTime: time(seconds) },
];
const runs = { phase: 'Running', containerStatuses: [{ name: 'main', state: { running: {} } }] };
const asked = (seconds: number) => ({ deletionTimestamp: time(seconds + 30), deletionGracePeriodSeconds: 30 });

const run = (version: number, attempt: object, conditions: readonly object[] = []) =>
  change('trainingruns', 'Modified', { version, status: { attempts: [{ name: 'fraud-1', ...attempt }], conditions } });

describe('The judge of what was registered', () => {
  const version = change('modelversions', 'Added', { name: 'fraud-1', version: 50, spec: {} });
  const judged = (...pods: ReturnType<typeof pod>[]) =>
    found(endRules, { changes: [job(1, 'Complete'), ...pods, version] });

  it('wants the pod to have ended well, and by itself', () => {
    expect(judged(pod(2, ended('Succeeded', 0)))).toEqual([]);
    const lost = ['versions: ModelVersion fraud-1 is of Job fraud-1-train, whose pod 0 did not end well by itself'];
    expect(judged()).toEqual(lost);
    expect(judged(pod(2, runs))).toEqual(lost);
    expect(judged(pod(2, ended('Succeeded', 0, disrupted(10))))).toEqual(lost);
    expect(judged(pod(2, ended('Succeeded', 0), { meta: asked(10) }))).toEqual(lost);
  });

  it('lets a pod be taken away when it had ended', () => {
    expect(judged(pod(2, ended('Succeeded', 0)), pod(3, ended('Succeeded', 0, disrupted(10))))).toEqual([]);
    expect(judged(pod(2, ended('Succeeded', 0, disrupted(30))))).toEqual([]);
    expect(judged(pod(2, ended('Succeeded', 0), { meta: asked(25) }))).toEqual([]);
  });

  it('wants it of each member of a gang', () => {
    const members = [pod(2, ended('Succeeded', 0)), pod(3, ended('Succeeded', 0, disrupted(10)), { index: 1 })];
    expect(found(endRules, { changes: [job(1, 'Complete', { completions: 2 }), ...members, version] })).toEqual([
      'versions: ModelVersion fraud-1 is of Job fraud-1-train, whose pod 1 did not end well by itself',
    ]);
  });

  it('asks it of the last Job of an attempt that was made again', () => {
    const first = [job(1, 'Complete'), pod(2, ended('Succeeded', 0, disrupted(10)))];
    const again = job(30, 'Complete', { name: 'fraud-1-train-r1' });
    const judgedAgain = (status: object) =>
      found(endRules, { changes: [...first, again, pod(31, status, { job: 'fraud-1-train-r1' }), version] });
    expect(judgedAgain(ended('Succeeded', 0))).toEqual([]);
    expect(judgedAgain(runs)).toHaveLength(1);
  });

  it('asks nothing of a version that somebody else made', () => {
    const changes = [job(1, 'Complete'), version];
    expect(found(endRules, { changes, foreign: ['uid-modelversions-fraud-1'] })).toEqual([]);
  });
});

describe('The judge of failures', () => {
  const failed = run(50, { verdict: 'Failed', reason: 'PodFailed' });
  const judged = (...pods: ReturnType<typeof pod>[]) =>
    found(endRules, { changes: [job(1, 'Failed'), ...pods, failed] });
  const refused = { phase: 'Failed', reason: 'UnexpectedAdmissionError' };

  it('wants one to be of a container that had started', () => {
    expect(judged(pod(2, ended('Failed', 1)))).toEqual([]);
    const wrong = [
      'I9: TrainingRun fraud says that fraud-1 failed, by PodFailed, and no pod of Job fraud-1-train did by itself',
    ];
    expect(judged(pod(2, refused))).toEqual(wrong);
    expect(judged(pod(2, ended('Failed', 137, disrupted(10))))).toEqual(wrong);
    expect(judged(pod(2, refused), pod(3, ended('Failed', 1), { index: 1 }))).toEqual([]);
  });

  it('takes a snapshot that a forger changed for one that nothing can be made of again, and no other', () => {
    const invalid = run(50, { verdict: 'Failed', reason: 'SnapshotInvalid' });
    const changes = [job(1, 'Failed'), pod(2, refused), invalid];
    expect(found(endRules, { changes, changed: [object('jobs', { name: 'fraud-1-train' })] })).toEqual([]);
    expect(found(endRules, { changes })).toHaveLength(1);
  });

  it('counts those of the Jobs before', () => {
    const again = (failures: number) => job(30, 'Complete', { name: 'fraud-1-train-r1', failures });
    const counted = (status: object, failures: number) =>
      found(endRules, { changes: [job(1, 'Failed'), pod(2, status), again(failures)] });
    expect(counted(ended('Failed', 1), 1)).toEqual([]);
    expect(counted(refused, 0)).toEqual([]);
    expect(counted(refused, 1)).toEqual([
      'I9: Job fraud-1-train-r1 counts 1 failures, and 0 of the Jobs before it failed by themselves',
    ]);
  });
});

describe('The judge of what trains', () => {
  const says = (version: number, reason: string) => run(version, {}, [{ type: 'Succeeded', reason }]);

  it('wants the container to have begun', () => {
    const begun = pod(2, runs);
    expect(found(endRules, { changes: [begun, says(3, 'Training')] })).toEqual([]);
    expect(found(endRules, { changes: [says(3, 'Started')] })).toEqual([]);
    const waits = pod(2, { phase: 'Pending', containerStatuses: [{ name: 'main', state: { waiting: {} } }] });
    for (const changes of [[says(3, 'Training')], [waits, says(3, 'Training')], [says(1, 'Training'), begun]]) {
      expect(found(endRules, { changes })).toEqual([
        'I9: TrainingRun fraud says that fraud-1 trains before its container has begun',
      ]);
    }
  });

  it('sees what had begun given up for an edit', () => {
    const superseded = run(9, { verdict: 'Superseded' });
    const waits = pod(2, { phase: 'Pending' });
    expect(found(endRules, { changes: [waits, says(3, 'Started'), superseded] })).toEqual([]);
    expect(found(endRules, { changes: [pod(2, runs), says(3, 'Started'), superseded] })).toEqual([
      'I9: TrainingRun fraud gave fraud-1 up for an edit after its container had begun',
    ]);
  });
});

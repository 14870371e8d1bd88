import { describe, expect, test } from '@jest/globals';
import { ill, type Make } from '../../../test/builders/ill.ts';
import { illFetchingServers, illTransfers, overcome, trainsBeforeSaving } from '../../../test/builders/illtransfers.ts';
import { job } from '../../../test/builders/job.ts';
import { podOf } from '../../../test/builders/pod.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import type { Actor } from '../../api/reason.ts';
import { written } from '../../api/message.ts';
import { transferContainers } from '../transfers.ts';
import { actorOf } from './actor.ts';
import { findingOf, stillWaiting } from './index.ts';
import type { Place } from './place.ts';
import { told } from './words.ts';

const made = job(trainingRun());
const training: Place = { container: 'spec', claims: 'spec.output', pod: 'spec.pod', ours: transferContainers };
const serving: Place = {
  container: 'spec.server',
  claims: 'spec.model',
  pod: 'spec.server.pod',
  ours: ['observer', ...transferContainers],
  serves: true,
};
const source = { namespace: 'team', selector: 'flyball.dev/attempt=fraud-1' };
const now = new Date('2026-11-24T10:11:00Z');
const makeTraining: Make = (status, more = {}, index) => ill(status, { pod: podOf(made, status, index), ...more });
const makeServer: Make = (status, more = {}) => {
  const pod = makeTraining(status, more);
  return { ...pod, spec: { containers: [], ...pod.spec, restartPolicy: 'Always' } };
};

/** Whose move it is, the reason with the field to edit, and what is told. */
const want: Readonly<Record<keyof typeof illTransfers, readonly [Actor, string, string]>> = {
  'a dataset is fetched': [
    'Nobody',
    'Fetching',
    'container fetch fetches s3://data/train, and what needs it starts after that, for more than 10 minutes. See how far it is: `kubectl -n team logs fraud-1-train-abcde -c fetch --tail 1`',
  ],
  'several artifacts are fetched': [
    'Nobody',
    'Fetching',
    'container fetch fetches 2 artifacts, and what needs it starts after that, for more than 10 minutes. See how far it is: `kubectl -n team logs fraud-1-train-abcde -c fetch --tail 1`',
  ],
  'what another image has fetched is verified': [
    'Nobody',
    'Fetching',
    'container verify compares what was fetched with its digests, and what needs it starts after that, for more than 10 minutes. See how far it is: `kubectl -n team logs fraud-1-train-abcde -c verify --tail 1`',
  ],
  'the last checkpoint is fetched': [
    'Nobody',
    'Fetching',
    'container restore fetches the last checkpoint from s3://models/checkpoints/fraud-uid, if there is one, and the command starts after that, for more than 10 minutes. See how far it is: `kubectl -n team logs fraud-1-train-abcde -c restore --tail 1`',
  ],
  'a bucket does not exist': [
    'Author',
    'FetchFailed',
    'fetching s3://data/train failed (container fetch, exit code 3). Mend what it says: `kubectl -n team logs fraud-1-train-abcde -c fetch`; container fetch said: There is no such bucket, or nothing in it: s3://data/train: "NoSuchBucket"',
  ],
  'a store failed for too long': [
    'Administrator',
    'FetchFailed',
    'fetching s3://data/train failed (container fetch, exit code 1). See whether the store answers, and what was tried: `kubectl -n team logs fraud-1-train-abcde -c fetch`; container fetch said: Nothing answers at the store of s3://data/train: "connection refused"',
  ],
  'a volume was full': [
    'Author',
    'NoSpaceLeft spec.storage.volume',
    'fetching s3://data/train failed (container fetch, exit code 3). Give spec.storage.volume more room: a larger limit or claim, or a claim of the pod\'s own (ephemeral); container fetch said: There is no space left on the volume: "no space left on device"',
  ],
  'another image failed to fetch': [
    'Author',
    'FetchFailed',
    'fetching s3://data/train failed (container fetch, exit code 1). Mend what it says: `kubectl -n team logs fraud-1-train-abcde -c fetch`; container fetch said: Traceback (most recent call last): OSError: bucket?',
  ],
  'a fetch was killed for lack of memory': [
    'Administrator',
    'OutOfMemory',
    "fetching s3://data/train failed (container fetch, OOMKilled). The administrator of Flyball has to raise storage.resources in the chart's values",
  ],
  'a fetch was killed, and nobody knows why': [
    'Administrator',
    'CommandKilled',
    'the command of container fetch was killed (exit code 137), and the kubelet does not tell why. Read its log: `kubectl -n team logs fraud-1-train-abcde -c fetch`',
  ],
  'the Secret of the store does not exist': [
    'Author',
    'SecretMissing spec.storage.secretRef',
    'Secret store, which container fetch reads, does not exist, for more than 10 minutes. Create it: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
  ],
  'the image that fetches cannot be pulled': [
    'Administrator',
    'ImagePullFailed',
    "image localhost/flyball/storage of container fetch cannot be pulled, for more than 10 minutes. The administrator of Flyball has to push it or let the nodes read it; the chart's value storage.image names it: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`; the kubelet said: failed to resolve reference: not found",
  ],
  'an emptyDir that is fetched into reached its limit': [
    'Author',
    'Evicted spec.storage.volume',
    'the kubelet evicted the pod. Raise the limit of volume flyball-storage in spec.storage.volume, or write less to it; the kubelet said: Usage of EmptyDir volume "flyball-storage" exceeds the limit "1Gi"',
  ],
  'the place of the output is tried': [
    'Nobody',
    'InitRunning',
    'container check-output finds out whether the output can be written to s3://models/fraud/fraud-1-uid, and the command starts after that, for more than 10 minutes. See how far it is: `kubectl -n team logs fraud-1-train-abcde -c check-output --tail 1`',
  ],
  'the place of the output does not exist': [
    'Author',
    'OutputNotWritable',
    'the output cannot be written to s3://models/fraud/fraud-1-uid (container check-output, exit code 4), so the command was not started and nothing is lost. Mend what it says: `kubectl -n team logs fraud-1-train-abcde -c check-output`; container check-output said: There is no such bucket, or nothing in it: s3://models/fraud/fraud-1-uid/pod: "NoSuchBucket"',
  ],
  'what fetches found that the output may not be written': [
    'Author',
    'OutputNotWritable',
    'the output cannot be written to s3://models/fraud/fraud-1-uid (container fetch, exit code 4), so the command was not started and nothing is lost. Mend what it says: `kubectl -n team logs fraud-1-train-abcde -c fetch`; container fetch said: The credentials may not write: "AccessDenied"',
  ],
  'the store of the output is away': [
    'Administrator',
    'OutputNotWritable',
    'the output cannot be written to s3://models/fraud/fraud-1-uid (container fetch, exit code 5), so the command was not started and nothing is lost. See whether the store answers, and what was tried: `kubectl -n team logs fraud-1-train-abcde -c fetch`; container fetch said: Nothing answers at the store of s3://models/fraud',
  ],
  'an output is saved while checkpoints are uploaded': [
    'Nobody',
    'Saving',
    'container save uploads the output to s3://models/fraud/fraud-1-uid, since the command has ended well, for more than 10 minutes. See how far it is: `kubectl -n team logs fraud-1-train-abcde -c save --tail 1`',
  ],
  'an output is saved': [
    'Nobody',
    'Saving',
    'container save uploads the output to s3://models/fraud/fraud-1-uid, since the command has ended well, for more than 10 minutes. See how far it is: `kubectl -n team logs fraud-1-train-abcde -c save --tail 1`',
  ],
  'an output was refused': [
    'Author',
    'SaveFailed',
    'uploading the output to s3://models/fraud/fraud-1-uid failed (container save, exit code 3); the user\'s command ended with exit code 0. Mend what it says: `kubectl -n team logs fraud-1-train-abcde -c save`; container save said: The credentials may not write: "AccessDenied"',
  ],
  'checkpoints are refused while the command runs': [
    'Author',
    'CheckpointFailed',
    'uploading checkpoints to s3://models/checkpoints/fraud-uid failed (container checkpoint, exit code 3), and is tried again while the command goes on. Mend what it says: `kubectl -n team logs fraud-1-train-abcde -c checkpoint --previous`; container checkpoint said: The credentials may not write: "AccessDenied"',
  ],
  'checkpoints were refused and are tried again': [
    'Author',
    'CheckpointFailed',
    'uploading checkpoints to s3://models/checkpoints/fraud-uid failed (container checkpoint, exit code 3), and is tried again while the command goes on. Mend what it says: `kubectl -n team logs fraud-1-train-abcde -c checkpoint --previous`; container checkpoint said: The credentials may not write: "AccessDenied"',
  ],
  'the last checkpoint is uploaded': [
    'Nobody',
    'Saving',
    'container checkpoint uploads the last checkpoint to s3://models/checkpoints/fraud-uid, since the command has ended, for more than 2 minutes. See how far it is: `kubectl -n team logs fraud-1-train-abcde -c checkpoint --tail 1`',
  ],
};

const wantOfServers: Readonly<Record<keyof typeof illFetchingServers, readonly [Actor, string, string]>> = {
  'a model is fetched': [
    'Nobody',
    'Fetching',
    'container fetch fetches s3://data/train, and what needs it starts after that, for more than 10 minutes. See how far it is: `kubectl -n team logs fraud-1-train-abcde -c fetch --tail 1`',
  ],
  'a model is not there': [
    'Author',
    'FetchFailed',
    'fetching s3://data/train failed (container fetch, exit code 3), and is tried again. Mend what it says: `kubectl -n team logs fraud-1-train-abcde -c fetch --previous`; container fetch said: There is no such bucket, or nothing in it: s3://data/train: "NoSuchBucket"',
  ],
  'a model is fetched again after a failure': [
    'Author',
    'FetchFailed',
    'fetching s3://data/train failed (container fetch, exit code 3), and is tried again. Mend what it says: `kubectl -n team logs fraud-1-train-abcde -c fetch --previous`; container fetch said: There is no such bucket, or nothing in it: s3://data/train: "NoSuchBucket"',
  ],
  'a store fails while a server starts': [
    'Administrator',
    'FetchFailed',
    'fetching s3://data/train failed (container fetch, exit code 1), and is tried again. See whether the store answers, and what was tried: `kubectl -n team logs fraud-1-train-abcde -c fetch --previous`; container fetch said: Nothing answers at the store of s3://data/train: "connection refused"',
  ],
};

function answer(pods: ReturnType<(typeof illTransfers)[keyof typeof illTransfers]>, place: Place) {
  const finding = findingOf(pods, place) ?? stillWaiting(pods, place, now);
  if (finding === undefined) return undefined;
  const { reason, field } = finding;
  return [actorOf(finding), field === undefined ? reason : `${reason} ${field}`, written(told(finding, source, now))];
}

describe('What is told of artifacts that are fetched and saved', () => {
  test.each(Object.keys(illTransfers) as (keyof typeof illTransfers)[])('%s', (name) => {
    expect(answer(illTransfers[name](makeTraining), training)).toEqual(want[name]);
  });

  test.each(Object.keys(illFetchingServers) as (keyof typeof illFetchingServers)[])('%s', (name) => {
    expect(answer(illFetchingServers[name](makeServer), serving)).toEqual(wantOfServers[name]);
  });

  test('a command that runs before its output is saved waits for nothing', () => {
    expect(answer([trainsBeforeSaving(makeTraining)], training)).toBeUndefined();
  });

  test.each(Object.entries(overcome))('no checkpoint fails any more %s', (_, pod) => {
    expect(findingOf([pod(makeTraining)], training)).toBeUndefined();
  });

  test('a container of people is none of ours, whatever it is called', () => {
    const pods = illTransfers['a bucket does not exist'](makeTraining);
    const { ours: _, ...others } = training;
    expect(findingOf(pods, { ...others, declared: ['fetch'] })).toMatchObject({
      reason: 'CommandFailed',
      owner: 'User',
    });
  });
});

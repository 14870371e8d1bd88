/** Pods whose artifacts are fetched and saved, as the cluster shows them. All began at ten o'clock. */
import type { IContainer, IPod } from 'kubernetes-models/v1';
import { usualStorage } from '../../src/storage/installation.ts';
import {
  checkContainer,
  checkpointContainer,
  fetchContainers,
  restoreContainer,
  saveContainer,
} from '../../src/workload/transfers.ts';
import { endedWith, type Illnesses, initializing, type Make, minute, report, running, since } from './ill.ts';

const storage = { secretRef: { name: 'store' } };
const transfers = { installation: usualStorage, storage, pod: {} };
const foreign = { ...transfers, installation: { ...usualStorage, fetchImage: 'registry/initializer:1' } };
const data = { uri: 's3://data/train', folder: '/flyball/storage/datasets/train' };
const model = { uri: 'gs://models/base', folder: '/flyball/storage/datasets/base', digest: `sha256:${'a'.repeat(64)}` };
const output = 's3://models/fraud/fraud-1-uid';

const fetching = fetchContainers([data], transfers);
const save = saveContainer('output', output, transfers);
const checkpoint = checkpointContainer('checkpoint', 's3://models/checkpoints/fraud-uid', transfers);
const placed = since({ PodScheduled: 'True', PodReadyToStartContainers: 'True', Initialized: 'False' });
const refusedWrite = endedWith(3, minute, 'The credentials may not write: "AccessDenied"');
const noModels = 'There is no such bucket, or nothing in it: s3://models/fraud/fraud-1-uid/pod: "NoSuchBucket"';
const noBucket = 'There is no such bucket, or nothing in it: s3://data/train: "NoSuchBucket"';

type State = Parameters<typeof report>[1];
type Status = NonNullable<IPod['status']>;

/** While its first container is at work, or failed. */
function begun(state: State, fields: Parameters<typeof report>[2] = {}, name = 'fetch'): Status {
  return {
    phase: 'Pending',
    conditions: placed,
    initContainerStatuses: [report(name, state, fields)],
    containerStatuses: [initializing],
  };
}

/** Its pod failed. */
function over(state: State, name = 'fetch'): Status {
  return { ...begun(state, {}, name), phase: 'Failed' };
}

/** Where the output is saved, the command is the last init container. */
function saving(
  made: Make,
  command: State,
  saved: State,
  { phase = 'Pending', init = [] }: { phase?: Status['phase']; init?: readonly IContainer[] } = {},
): IPod {
  const pod = made(
    {
      phase,
      conditions: placed,
      initContainerStatuses: [
        ...init.map(({ name }) => report(name, running, { started: true, ready: true })),
        report('main', command),
      ],
      containerStatuses: [report('save', saved)],
    },
    { init },
  );
  const { initContainers = [], containers, ...spec } = pod.spec ?? { containers: [] };
  return { ...pod, spec: { ...spec, initContainers: [...initContainers, ...containers], containers: [save] } };
}

/** Its checkpoints were refused, or whatever else came before. */
function checkpointing(made: Make, state: State, before: State = refusedWrite, command: State = running): IPod {
  const pod = saving(made, command, command === running ? waits : running, { init: [checkpoint] });
  const sidecar = report('checkpoint', state, { restartCount: 1, lastState: before, started: true, ready: true });
  return { ...pod, status: { ...pod.status, initContainerStatuses: [sidecar, report('main', command)] } };
}

/** Trainings with whose checkpoints nothing is wrong any more. */
export const overcome: Readonly<Record<string, (made: Make) => IPod>> = {
  'since the sidecar has uploaded again, and ended well to tell so': (made) =>
    checkpointing(made, running, endedWith(0, minute)),
  'since the command has ended well': (made) => checkpointing(made, running, refusedWrite, endedWith(0, minute)),
};

/** A container before the command found that its output cannot be written. */
function refusing(made: Make, container: IContainer | undefined, end: State): IPod {
  const init = container === undefined ? [] : [container];
  const pod = saving(made, waits, waits, { phase: 'Failed', init });
  const initContainerStatuses = [...init.map(({ name }) => report(name, end)), report('main', waits)];
  return { ...pod, status: { ...pod.status, initContainerStatuses } };
}

const waits: State = { waiting: { reason: 'PodInitializing' } };
const backsOff: State = {
  waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s restarting failed container' },
};

/** Pods of trainings, which start nothing again. */
export const illTransfers = {
  'a dataset is fetched': (made) => [made(begun(running), { init: fetching })],
  'several artifacts are fetched': (made) => [
    made(begun(running), { init: fetchContainers([data, model], transfers) }),
  ],
  'what another image has fetched is verified': (made) => [
    made(begun(running, {}, 'verify'), { init: fetchContainers([model], foreign) }),
  ],
  'the last checkpoint is fetched': (made) => [
    made(begun(running, {}, 'restore'), {
      init: [restoreContainer('s3://models/checkpoints/fraud-uid', 'checkpoint', transfers)],
    }),
  ],
  'a bucket does not exist': (made) => [made(over(endedWith(3, minute, noBucket)), { init: fetching })],
  'a store failed for too long': (made) => [
    made(over(endedWith(1, minute, 'Nothing answers at the store of s3://data/train: "connection refused"')), {
      init: fetching,
    }),
  ],
  'a volume was full': (made) => [
    made(over(endedWith(3, minute, 'There is no space left on the volume: "no space left on device"')), {
      init: fetching,
    }),
  ],
  'another image failed to fetch': (made) => [
    made(over(endedWith(1, minute, 'Traceback (most recent call last):\nOSError: bucket?')), {
      init: fetchContainers([data], foreign),
    }),
  ],
  'a fetch was killed for lack of memory': (made) => [
    made(over({ terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: minute } }), { init: fetching }),
  ],
  'a fetch was killed, and nobody knows why': (made) => [made(over(endedWith(137, minute)), { init: fetching })],
  'the Secret of the store does not exist': (made) => [
    made(begun({ waiting: { reason: 'CreateContainerConfigError', message: 'secret "store" not found' } }), {
      init: fetching,
    }),
  ],
  'the image that fetches cannot be pulled': (made) => [
    made(begun({ waiting: { reason: 'ErrImagePull', message: 'failed to resolve reference: not found' } }), {
      init: fetching,
    }),
  ],
  'an emptyDir that is fetched into reached its limit': (made) => {
    const message = 'Usage of EmptyDir volume "flyball-storage" exceeds the limit "1Gi". ';
    return [made({ phase: 'Failed', reason: 'Evicted', message, conditions: placed }, { init: fetching })];
  },
  'the place of the output is tried': (made) => [
    made(begun(running, {}, 'check-output'), { init: [checkContainer(output, transfers)] }),
  ],
  'the place of the output does not exist': (made) => [
    refusing(made, checkContainer(output, transfers), endedWith(4, minute, noModels)),
  ],
  'what fetches found that the output may not be written': (made) => [
    refusing(made, fetching[0], endedWith(4, minute, 'The credentials may not write: "AccessDenied"')),
  ],
  'the store of the output is away': (made) => [
    refusing(made, fetching[0], endedWith(5, minute, 'Nothing answers at the store of s3://models/fraud')),
  ],
  'an output is saved while checkpoints are uploaded': (made) => [
    saving(made, endedWith(0, minute), running, { init: [checkpoint] }),
  ],
  'an output is saved': (made) => [saving(made, endedWith(0, minute), running)],
  'an output was refused': (made) => {
    const end = endedWith(3, '2026-11-24T10:02:00Z', 'The credentials may not write: "AccessDenied"');
    return [saving(made, endedWith(0, minute), end, { phase: 'Failed' })];
  },
  'checkpoints are refused while the command runs': (made) => [checkpointing(made, backsOff)],
  'checkpoints were refused and are tried again': (made) => [checkpointing(made, running)],
  'the last checkpoint is uploaded': (made) => [
    made(
      {
        phase: 'Running',
        conditions: placed,
        initContainerStatuses: [report('checkpoint', running, { ready: true, started: true })],
        containerStatuses: [report('main', endedWith(0, minute))],
      },
      { init: [checkpoint] },
    ),
  ],
} as const satisfies Illnesses;

/** Pods of servers, which start their containers again. */
export const illFetchingServers = {
  'a model is fetched': (made) => [made(begun(running), { init: fetching })],
  'a model is not there': (made) => [
    made(begun(backsOff, { restartCount: 1, lastState: endedWith(3, minute, noBucket) }), { init: fetching }),
  ],
  'a model is fetched again after a failure': (made) => [
    made(begun(running, { restartCount: 1, lastState: endedWith(3, minute, noBucket) }), { init: fetching }),
  ],
  'a store fails while a server starts': (made) => [
    made(
      begun(backsOff, {
        restartCount: 1,
        lastState: endedWith(1, minute, 'Nothing answers at the store of s3://data/train: "connection refused"'),
      }),
      { init: fetching },
    ),
  ],
} as const satisfies Illnesses;

/** A training whose command runs and whose output will be saved: nothing is wrong with it. */
export function trainsBeforeSaving(made: Make): IPod {
  return saving(made, running, waits);
}

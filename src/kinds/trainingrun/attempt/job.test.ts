import { describe, expect, it } from '@jest/globals';
import { job, snapshot } from '../../../../test/builders/job.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { attemptAnnotation } from '../../../api/labels.ts';
import type { TrainingRunSpec } from '../../../api/types.ts';
import { gangService } from './job.ts';
import { checkpointFolder, outputFolder } from './names.ts';
import { train } from '../stages/train.ts';
import { snapshotOf } from '../start/snapshot.ts';

const full: Partial<TrainingRunSpec> = {
  command: ['python'],
  args: ['train.py', '$(FLYBALL_OUTPUT)'],
  env: [
    { name: 'LEVEL', value: 'debug' },
    { name: 'TOKEN', secretKeyRef: { name: 'hub', key: 'token' } },
  ],
  resources: { cpu: 8, memory: '32Gi' },
  accelerator: { resource: 'nvidia.com/gpu', count: 8, product: 'NVIDIA-H100-80GB-HBM3' },
  source: { repository: 'https://git/fraud', revision: 'abc' },
  datasets: [
    { name: 'train', uri: 'pvc://data/2026/train' },
    { name: 'held-out', uri: 'pvc://data/test' },
  ],
  parameters: { lr: '0.1', 'max-depth': '$(HOME)' },
  seed: 42,
  checkpoint: { claimName: 'checkpoints' },
  output: { uri: 'pvc://models/fraud' },
};

const specOf = (spec: Partial<TrainingRunSpec>, more = {}, retry = 0) => job(trainingRun({ spec }), more, retry).spec;
const podOf = (spec: Partial<TrainingRunSpec>, more = {}) => specOf(spec, more)?.template.spec;
const mainOf = (spec: Partial<TrainingRunSpec>, more = {}) => podOf(spec, more)?.containers[0];
const valuesOf = (spec: Partial<TrainingRunSpec>, more = {}) =>
  Object.fromEntries((mainOf(spec, more)?.env ?? []).map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));

describe('The pod of an attempt', () => {
  it('passes the restricted Pod Security Standard and has no token', () => {
    expect(podOf({})).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      restartPolicy: 'Never',
      securityContext: {
        runAsNonRoot: true,
        fsGroup: 65532,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    expect(mainOf({})?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('requests what it is limited to, on a node with the product', () => {
    const wantAmounts = { cpu: '8', memory: '32Gi', 'nvidia.com/gpu': '8' };
    expect(mainOf(full)?.resources).toEqual({ requests: wantAmounts, limits: wantAmounts });
    expect(podOf(full)?.nodeSelector).toEqual({ 'nvidia.com/gpu.product': 'NVIDIA-H100-80GB-HBM3' });
  });

  it('says nothing about what the recipe does not say', () => {
    expect(Object.keys(mainOf({}) ?? {}).toSorted()).toEqual(
      [
        'env',
        'image',
        'imagePullPolicy',
        'name',
        'securityContext',
        'terminationMessagePath',
        'terminationMessagePolicy',
      ].toSorted(),
    );
    expect(podOf({})).not.toHaveProperty('volumes');
  });

  it('tells the container all that it needs by FLYBALL_ variables', () => {
    const champion = { name: 'fraud-7', uri: 'pvc://models/fraud/fraud-7' };
    expect(valuesOf(full, { number: 8, champion })).toEqual({
      FLYBALL_SNAPSHOT_DIGEST: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      FLYBALL_RUN: 'fraud',
      FLYBALL_ATTEMPT: 'fraud-8',
      FLYBALL_RESULTS: '/dev/termination-log',
      FLYBALL_SEED: '42',
      FLYBALL_OUTPUT: '/flyball/output',
      FLYBALL_CHECKPOINT: '/flyball/checkpoint',
      FLYBALL_SOURCE_REPOSITORY: 'https://git/fraud',
      FLYBALL_SOURCE_REVISION: 'abc',
      FLYBALL_CHAMPION: '/flyball/champion',
      FLYBALL_CHAMPION_VERSION: 'fraud-7',
      FLYBALL_CHAMPION_URI: 'pvc://models/fraud/fraud-7',
      FLYBALL_PARAMETERS: '{"lr":"0.1","max-depth":"$$(HOME)"}',
      FLYBALL_PARAMETER_LR: '0.1',
      FLYBALL_PARAMETER_MAX_DEPTH: '$$(HOME)',
      FLYBALL_DATASET_TRAIN: '/flyball/datasets/train',
      FLYBALL_DATASET_HELD_OUT: '/flyball/datasets/held-out',
      LEVEL: 'debug',
      TOKEN: { secretKeyRef: { name: 'hub', key: 'token' } },
    });
  });

  it('mounts each claim once: data and champion read-only, output in a folder of the attempt, checkpoint of the run', () => {
    const champion = { name: 'fraud-7', uri: 'pvc://models/fraud/fraud-7' };
    expect(podOf(full, { number: 8, champion })?.volumes).toEqual([
      { name: 'claim-0', persistentVolumeClaim: { claimName: 'data' } },
      { name: 'claim-1', persistentVolumeClaim: { claimName: 'models' } },
      { name: 'claim-2', persistentVolumeClaim: { claimName: 'checkpoints' } },
    ]);
    expect(mainOf(full, { number: 8, champion })?.volumeMounts).toEqual([
      { name: 'claim-0', mountPath: '/flyball/datasets/held-out', subPath: 'test', readOnly: true },
      { name: 'claim-0', mountPath: '/flyball/datasets/train', subPath: '2026/train', readOnly: true },
      { name: 'claim-1', mountPath: '/flyball/output', subPath: 'fraud/fraud-8-run-uid' },
      { name: 'claim-2', mountPath: '/flyball/checkpoint', subPath: 'checkpoints/fraud-run-uid' },
      { name: 'claim-1', mountPath: '/flyball/champion', subPath: 'fraud/fraud-7', readOnly: true },
    ]);
  });
});

describe('A run that was deleted and made again', () => {
  const volumes = { output: { uri: 'pvc://models/fraud' }, checkpoint: { claimName: 'models' } };
  const foldersOf = (uid: string) => {
    const run = trainingRun({ spec: volumes });
    const made = job({ ...run, metadata: { ...run.metadata, uid } });
    return made.spec?.template.spec?.containers[0]?.volumeMounts?.map(({ subPath }) => subPath) ?? [];
  };

  it('has the name of the old one, and none of its folders', () => {
    expect(foldersOf('old')).toEqual(['fraud/fraud-1-old', 'checkpoints/fraud-old']);
    expect(foldersOf('new').filter((folder) => foldersOf('old').includes(folder))).toEqual([]);
  });

  it.each(['models', 'checkpoints', 'fraud'])('is below the root of its claim, also if it is called %s', (name) => {
    const folders = [outputFolder(name, { number: 1, runUID: 'u' }), checkpointFolder(name, { runUID: 'u' })];
    expect(folders).toEqual([`${name}-1-u`, `checkpoints/${name}-u`]);
  });
});

describe('The Job of an attempt', () => {
  it('carries the snapshot that every later decision reads', () => {
    const run = trainingRun({ spec: full });
    expect(snapshotOf(job(run, { number: 8 }))).toEqual(snapshot(run, { number: 8 }));
  });

  it.each([{ failures: -1 }, { failures: 0.5 }, { attemptUID: 1 }, { before: { metrics: null } }, { number: '8' }])(
    'whose snapshot was changed to say %j has none',
    (change) => {
      const made = job(trainingRun());
      const changed = { [attemptAnnotation]: JSON.stringify({ ...snapshotOf(made), ...change }) };
      expect(snapshotOf(made)).toBeDefined();
      expect(snapshotOf({ ...made, metadata: { ...made.metadata, annotations: changed } })).toBeUndefined();
    },
  );

  it.each(['', 'null', '{}', '{"number":"8"}', '[]'])('with the annotation %j has no snapshot', (text) => {
    const made = job(trainingRun());
    const tampered = { ...made, metadata: { ...made.metadata, annotations: { [attemptAnnotation]: text } } };
    expect(snapshotOf(tampered)).toBeUndefined();
  });

  it('is owned by its run and has the labels of the run that may be copied, of which none reaches its pods', () => {
    const run = trainingRun();
    const labelled = {
      ...run,
      metadata: { ...run.metadata, labels: { 'app.kubernetes.io/part-of': 'shop', 'kueue.x-k8s.io/queue-name': 'q' } },
    };
    const made = job(labelled);
    const wantLabels = {
      'app.kubernetes.io/managed-by': 'flyball',
      'flyball.dev/training-run': 'fraud',
      'flyball.dev/attempt': 'fraud-1',
      'flyball.dev/stage': 'train',
    };
    expect(made.metadata?.labels).toEqual({ 'app.kubernetes.io/part-of': 'shop', ...wantLabels });
    expect(made.spec?.template.metadata?.labels).toEqual(wantLabels);
    expect(made.metadata?.ownerReferences).toEqual([expect.objectContaining({ uid: 'run-uid', controller: true })]);
  });

  it('of one pod retries it, and does not count what the cluster took away', () => {
    expect(specOf({ retry: { limit: 2 } })).toMatchObject({
      backoffLimit: 2,
      completions: 1,
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
      },
    });
    expect(specOf({})).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  it('of a gang is indexed, fails as one, and tells a disruption by its reason', () => {
    expect(specOf({ nodes: 2, retry: { limit: 2 } })).toMatchObject({
      backoffLimit: 0,
      completions: 2,
      parallelism: 2,
      completionMode: 'Indexed',
      podFailurePolicy: { rules: [{ action: 'FailJob' }] },
      template: { spec: { subdomain: 'fraud-1-train' } },
    });
    expect(specOf({ nodes: 2 }, {}, 1)?.template.spec?.subdomain).toBe('fraud-1-train-r1');
    expect(podOf({ nodes: 2 })).not.toHaveProperty('affinity');
  });

  it('of a gang tells torchrun and JAX where they meet, unless the user does', () => {
    const env = [{ name: 'PET_NPROC_PER_NODE', value: 'gpu' }];
    const index = { fieldRef: { fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']" } };
    expect(valuesOf({ nodes: 4, env })).toMatchObject({
      MASTER_ADDR: 'fraud-1-train-0.fraud-1-train',
      MASTER_PORT: '29500',
      WORLD_SIZE: '4',
      RANK: index,
      PET_NNODES: '4',
      PET_NODE_RANK: index,
      PET_NPROC_PER_NODE: 'gpu',
      JAX_COORDINATOR_ADDRESS: 'fraud-1-train-0.fraud-1-train:29500',
      JAX_NUM_PROCESSES: '4',
      JAX_PROCESS_ID: index,
    });
    const names = mainOf({ nodes: 4, env })?.env?.map(({ name }) => name) ?? [];
    expect(new Set(names).size).toBe(names.length);
  });

  it('of a gang has a headless Service that names its pods before they are ready', () => {
    const run = trainingRun({ spec: { nodes: 2 } });
    expect(gangService(train, run, snapshot(run), 0)).toMatchObject({
      metadata: { name: 'fraud-1-train' },
      spec: {
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        selector: { 'batch.kubernetes.io/job-name': 'fraud-1-train', 'app.kubernetes.io/managed-by': 'flyball' },
      },
    });
  });
});

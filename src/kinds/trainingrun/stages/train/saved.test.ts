import { describe, expect, it } from '@jest/globals';
import type { IContainer, IPodTemplateSpec } from 'kubernetes-models/v1';
import { job } from '../../../../../test/builders/job.ts';
import { everyOption } from '../../../../../test/builders/podoptions.ts';
import { trainingRun } from '../../../../../test/builders/trainingrun.ts';
import type { TrainingRunSpec } from '../../../../api/types.ts';
import { usualStorage } from '../../../../storage/installation.ts';

const output = { uri: 's3://models/fraud' };
const inBucket = { datasets: [{ name: 'train', uri: 's3://data/train' }], output } satisfies Partial<TrainingRunSpec>;
const jobOf = (spec: Partial<TrainingRunSpec>, more = {}) =>
  job(trainingRun({ spec }), { installation: usualStorage, ...more }).spec;
const templateOf = (spec: Partial<TrainingRunSpec>, more = {}): IPodTemplateSpec => jobOf(spec, more)?.template ?? {};
const namesOf = (containers: readonly IContainer[] | undefined) => containers?.map(({ name }) => name);
const namesIn = (spec: Partial<TrainingRunSpec>) => {
  const { initContainers, containers } = templateOf(spec).spec ?? {};
  return [namesOf(initContainers), namesOf(containers)];
};
const mainIn = (spec: Partial<TrainingRunSpec>) =>
  templateOf(spec).spec?.initContainers?.find(({ name }) => name === 'main');
const valueOf = (container: IContainer | undefined, name: string) =>
  container?.env?.find((variable) => variable.name === name)?.value;

describe('The pod of an attempt whose model is saved', () => {
  it('has main as its last init container, behind what fetches and what runs beside it', () => {
    const { initContainers, sidecars } = everyOption;
    const pod = { initContainers, sidecars };
    const checkpoint = { uri: 's3://kept/fraud' };
    expect(namesIn({ ...inBucket, checkpoint, pod })).toEqual([
      ['fetch', 'restore', 'warm', 'proxy', 'checkpoint', 'main'],
      ['save'],
    ]);
    expect(namesIn({ output })).toEqual([['check-output', 'main'], ['save']]);
  });

  it('saves into a folder of its own below that of its attempt', () => {
    expect(templateOf(inBucket).spec?.containers[0]).toMatchObject({
      command: ['/usr/local/bin/node', '/app/transfer.mjs', 'save'],
      args: ['/flyball/storage/output', 's3://models/fraud/fraud-1-run-uid/$(FLYBALL_POD_UID)'],
    });
  });

  it('has all of main where it is: digest of the snapshot, results, mounts, what it asks for', () => {
    const main = mainIn({ ...inBucket, resources: { memory: '1Gi' }, nodes: 2 });
    expect(main).toMatchObject({
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'FallbackToLogsOnError',
      ports: [{ name: 'rendezvous' }],
      resources: { limits: { memory: '1Gi' } },
      volumeMounts: [
        { name: 'flyball-storage', mountPath: '/flyball/datasets/train', subPath: 'datasets/train', readOnly: true },
        { name: 'flyball-storage', mountPath: '/flyball/output', subPath: 'output' },
      ],
    });
    expect(valueOf(main, 'FLYBALL_SNAPSHOT_DIGEST')).toMatch(/^sha256:/);
    expect(valueOf(main, 'FLYBALL_OUTPUT')).toBe('/flyball/output');
    expect(valueOf(templateOf(inBucket).spec?.containers[0], 'FLYBALL_SNAPSHOT_DIGEST')).toBeUndefined();
  });

  it('is read and entered at main by default', () => {
    const shown = { 'kubectl.kubernetes.io/default-container': 'main' };
    expect(templateOf({ output, pod: { annotations: { team: 'risk' } } }).metadata?.annotations).toEqual({
      team: 'risk',
      ...shown,
    });
    expect(templateOf({ output: { uri: 'pvc://models/fraud' } }).metadata).not.toHaveProperty('annotations');
  });

  it('is not made again for what people have to mend first', () => {
    const rules = [
      { action: 'FailJob', onExitCodes: { containerName: 'fetch', operator: 'In', values: [3, 4] } },
      { action: 'FailJob', onExitCodes: { containerName: 'save', operator: 'In', values: [3, 4] } },
    ];
    expect(jobOf(inBucket)?.podFailurePolicy?.rules.slice(1)).toEqual(rules);
    expect(jobOf({ ...inBucket, nodes: 2 })?.podFailurePolicy?.rules.slice(1)).toEqual(rules);
    expect(jobOf({ output: { uri: 'pvc://models/fraud' } })?.podFailurePolicy?.rules).toHaveLength(1);
  });

  it('leaves the exit codes of another image that fetches to that', () => {
    const installation = { ...usualStorage, fetchImage: 'kserve/storage-initializer:1' };
    const rules = jobOf(inBucket, { installation })?.podFailurePolicy?.rules ?? [];
    expect(rules.map(({ onExitCodes }) => onExitCodes?.containerName)).toEqual([
      undefined,
      'check-output',
      'verify',
      'save',
    ]);
  });
});

describe('Whether the output can be written', () => {
  const initOf = (spec: Partial<TrainingRunSpec>, more = {}) => templateOf(spec, more).spec?.initContainers ?? [];
  const checkersOf = (spec: Partial<TrainingRunSpec>, more = {}) =>
    initOf(spec, more)
      .filter(
        (container) =>
          container.name === 'check-output' || /"output":/.test(valueOf(container, 'FLYBALL_TRANSFER') ?? ''),
      )
      .map(({ name }) => name);
  const checkpoint = { uri: 's3://kept/fraud' };
  const foreign = { installation: { ...usualStorage, fetchImage: 'kserve/storage-initializer:1' } };

  it.each([
    ['a container of its own', { output }, {}, ['check-output']],
    ['what fetches, so that results have as much room as before', inBucket, {}, ['fetch']],
    ['what brings the last checkpoint', { output, checkpoint }, {}, ['restore']],
    ['the first of these alone', { ...inBucket, checkpoint }, {}, ['fetch']],
    [
      'a container of its own before another image that fetches',
      { ...inBucket, checkpoint },
      foreign,
      ['check-output'],
    ],
    ['nobody where the container uploads by itself', { output: { ...output, by: 'Container' as const } }, {}, []],
    ['nobody where a claim takes it', { output: { uri: 'pvc://models/fraud' } }, {}, []],
  ])('is found out by %s', (_, spec: Partial<TrainingRunSpec>, more, want) => {
    expect(checkersOf(spec, more)).toEqual(want);
    if (want.length > 0) expect(initOf(spec, more)[0]?.name).toBe(want[0]);
  });

  it('is found out where save will write, with the same credentials and without any volume of artifacts', () => {
    const [check] = initOf({ output }, { storage: { secretRef: { name: 'bucket' } } });
    expect(check).toMatchObject({
      args: ['s3://models/fraud/fraud-1-run-uid/$(FLYBALL_POD_UID)'],
      envFrom: [{ prefix: 'FLYBALL_STORE_', secretRef: { name: 'bucket' } }],
      volumeMounts: [{ name: 'flyball-tmp', mountPath: '/tmp' }],
    });
    const [fetch] = initOf(inBucket);
    expect(JSON.parse(valueOf(fetch, 'FLYBALL_TRANSFER') ?? '')).toMatchObject({
      output: 's3://models/fraud/fraud-1-run-uid',
    });
  });
});

describe('The pod of an attempt that brings its model to a store by itself', () => {
  const uploads = { output: { ...output, by: 'Container' as const } };
  const main = (spec: Partial<TrainingRunSpec>) => templateOf(spec).spec?.containers[0];

  it('has the ordinary shape, and no folder that would be lost', () => {
    expect(namesIn(uploads)).toEqual([undefined, ['main']]);
    expect(main(uploads)).not.toHaveProperty('volumeMounts');
    expect(valueOf(main(uploads), 'FLYBALL_OUTPUT')).toBeUndefined();
    expect(templateOf(uploads).spec).not.toHaveProperty('volumes');
  });

  it.each([
    [undefined, 'metadata.uid'],
    [2, "metadata.labels['batch.kubernetes.io/controller-uid']"],
  ])('with nodes %s is told a URI that no other try has, by %s', (nodes, fieldPath) => {
    const env = main({ ...uploads, ...(nodes && { nodes }) })?.env ?? [];
    expect(env.filter(({ name }) => /UPLOAD|OUTPUT/.test(name))).toEqual([
      { name: 'FLYBALL_UPLOAD_UID', valueFrom: { fieldRef: { fieldPath } } },
      { name: 'FLYBALL_OUTPUT_URI', value: 's3://models/fraud/fraud-1-run-uid/$(FLYBALL_UPLOAD_UID)' },
    ]);
  });
});

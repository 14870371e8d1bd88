import { describe, expect, it } from '@jest/globals';
import type { IContainer, IPod } from 'kubernetes-models/v1';
import { isSameProgram, programIn, runsAsDeclared } from './origin.ts';

const sources = [{ prefix: 'A_', configMapRef: { name: 'settings' } }, { secretRef: { name: 'hub' } }];
const declared: IContainer = {
  name: 'main',
  image: 'registry/train:1',
  command: ['python', 'train.py'],
  workingDir: '/app',
  envFrom: sources,
  env: [
    { name: 'FLYBALL_RUN', value: 'fraud' },
    { name: 'LR', value: '0.1' },
    { name: 'EMPTY', value: '' },
    { name: 'RANK', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } },
  ],
};
const isSame = (change: Partial<IContainer>, images = false) =>
  isSameProgram({ ...declared, ...change }, declared, { images });
const withVariables = (...variables: NonNullable<IContainer['env']>) => ({
  env: [...(declared.env ?? []), ...variables],
});

describe('A container', () => {
  it('runs what was declared, whatever others add to it, and with what the API server adds', () => {
    expect(isSame({})).toBe(true);
    expect(isSame(withVariables({ name: 'HTTP_PROXY', value: 'http://proxy' }))).toBe(true);
    expect(isSame({ envFrom: [...sources, { secretRef: { name: 'vault' } }] })).toBe(true);
    expect(isSame({ args: [], volumeMounts: [{ name: 'ca', mountPath: '/etc/ca' }] })).toBe(true);
    const path = { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } };
    expect(isSame(withVariables({ name: 'EMPTY' }, { name: 'RANK', valueFrom: path }))).toBe(true);
  });

  it.each<[string, Partial<IContainer>]>([
    ['another command', { command: ['sh'] }],
    ['arguments', { args: ['--fake'] }],
    ['another value', withVariables({ name: 'LR', value: '0.15' })],
    [
      'another source of a value',
      withVariables({ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'x', key: 'y' } } }),
    ],
    ['more in a variable of ours', withVariables({ name: 'FLYBALL_RUN', value: 'x:fraud' })],
    ['no variables', { env: [] }],
    ['another folder to start in', { workingDir: '/tmp' }],
    ['no sources of variables', { envFrom: [] }],
    ['another source of variables', { envFrom: [{ configMapRef: { name: 'other' } }, ...sources.slice(1)] }],
    ['its sources in another order', { envFrom: sources.toReversed() }],
  ])('with %s does not', (_, change) => {
    expect(isSame(change)).toBe(false);
  });

  it('may have more in a list that was declared, as what instruments programs does', () => {
    const list = { ...declared, env: [{ name: 'PYTHONPATH', value: '/app' }] };
    const isListed = (value: string) =>
      isSameProgram({ ...list, env: [{ name: 'PYTHONPATH', value }] }, list, { images: false });
    expect(['/otel:/app', '/app:/otel', '/otel:/app:/more'].map(isListed)).toEqual([true, true, true]);
    expect(['/apps', '/otel:/apps', '/otel'].map(isListed)).toEqual([false, false, false]);
  });

  it('may have its image from another registry, unless images are compared', () => {
    expect(isSame({ image: 'mirror/train:1' })).toBe(true);
    expect(isSame({ image: 'mirror/train:1' }, true)).toBe(false);
  });
});

describe('A pod without main', () => {
  it('is none of ours, nor is any if nothing is known of what was declared', () => {
    const pod = (name: string): IPod => ({
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { containers: [{ ...declared, name }] },
    });
    const program = { main: declared, beside: [], after: [] };
    expect(runsAsDeclared(pod('main'), program, { images: true })).toBe(true);
    expect(runsAsDeclared(pod('other'), program, { images: true })).toBe(false);
    expect(runsAsDeclared(pod('main'), undefined, { images: true })).toBe(false);
  });
});

describe('A pod with containers that people declared beside main', () => {
  const warm: IContainer = { name: 'warm', image: 'registry/warm:1', command: ['warm'] };
  const proxy: IContainer = { name: 'proxy', image: 'registry/proxy:1', restartPolicy: 'Always' };
  const mesh: IContainer = { name: 'mesh', image: 'mesh:1' };
  const template = (initContainers: IContainer[], beside: unknown = { containers: ['warm', 'proxy'] }) => ({
    metadata: { annotations: { 'flyball.dev/beside': JSON.stringify(beside) } },
    spec: { containers: [declared], initContainers },
  });
  const runs = (initContainers: IContainer[], images = false) => {
    const pod: IPod = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [declared], initContainers } };
    return runsAsDeclared(pod, programIn(template([mesh, warm, proxy])), { images });
  };

  it('has each of them as it was declared, and may have others before and between', () => {
    expect(runs([warm, proxy])).toBe(true);
    expect(runs([mesh, warm, { ...mesh, name: 'otel' }, { ...proxy, image: 'mirror/proxy:1' }])).toBe(true);
    expect(runs([warm, { ...proxy, image: 'mirror/proxy:1' }], true)).toBe(false);
    expect(runs([{ ...warm, command: ['sh'] }, proxy])).toBe(false);
    expect(runs([warm, { name: 'proxy', image: 'registry/proxy:1' }])).toBe(false);
    expect(runs([warm])).toBe(false);
  });

  it.each([{}, null, [], { containers: 'warm' }, { containers: [{}, 'other'] }])(
    'tells of none by an annotation that says %j',
    (beside) => {
      expect(programIn(template([warm], beside))?.beside).toEqual([]);
    },
  );
});

describe('A pod whose model is saved', () => {
  const ours = { image: 'storage:1', env: [{ name: 'FLYBALL_TRANSFER', value: '{}' }] };
  const fetch: IContainer = { ...ours, name: 'fetch', args: ['s3://data/train', '/flyball/storage/train'] };
  const save: IContainer = { ...ours, name: 'save', args: ['/flyball/storage/output', 's3://models/fraud'] };
  const runs = (initContainers: IContainer[], containers: IContainer[]) => {
    const pod: IPod = { apiVersion: 'v1', kind: 'Pod', spec: { initContainers, containers } };
    const template = { spec: { initContainers: [fetch, declared], containers: [save] } };
    return runsAsDeclared(pod, programIn(template), { images: true });
  };

  it('has main before its end, and what fetches and saves, as they were declared', () => {
    const mesh: IContainer = { name: 'mesh', image: 'mesh:1' };
    expect(runs([fetch, declared], [save])).toBe(true);
    expect(runs([mesh, fetch, declared], [save, mesh])).toBe(true);
    expect(runs([declared], [save])).toBe(false);
    expect(runs([{ ...fetch, args: [] }, declared], [save])).toBe(false);
    expect(runs([fetch, declared], [{ ...save, args: ['/other', 's3://models/fraud'] }])).toBe(false);
    expect(runs([fetch, declared], [mesh])).toBe(false);
    expect(runs([fetch], [declared, save])).toBe(false);
  });
});

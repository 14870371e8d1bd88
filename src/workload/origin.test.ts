import { describe, expect, it } from '@jest/globals';
import type { IContainer, IPod } from 'kubernetes-models/v1';
import { isSameProgram, runsAsDeclared } from './origin.ts';

const declared: IContainer = {
  name: 'main',
  image: 'registry/train:1',
  command: ['python', 'train.py'],
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
    expect(runsAsDeclared(pod('main'), declared, { images: true })).toBe(true);
    expect(runsAsDeclared(pod('other'), declared, { images: true })).toBe(false);
    expect(runsAsDeclared(pod('main'), undefined, { images: true })).toBe(false);
  });
});

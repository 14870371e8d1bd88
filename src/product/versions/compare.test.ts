import { describe, expect, it } from '@jest/globals';
import { modelVersion } from '../../../test/builders/modelversion.ts';
import type { GateVerdict, ModelVersionSpec } from '../../api/types.ts';
import { compared } from './compare.ts';
import { profileDrift } from './drift.ts';

const differences = (from: Partial<ModelVersionSpec>, to: Partial<ModelVersionSpec>) =>
  compared(modelVersion(1, from), modelVersion(2, to)).filter(({ isSame }) => !isSame);
const verdict = (fields: Partial<GateVerdict>): GateVerdict => ({
  metric: 'f1',
  rule: 'min 0.9',
  passed: true,
  reason: 'Holds',
  message: '',
  ...fields,
});

describe('Two versions', () => {
  it('are the same in what made them, whatever their names, times and folders', () => {
    expect(
      differences({ uri: 'pvc://models/a/one' }, { uri: 'pvc://models/a/two', coversUntil: '2026-11-25T00:00:00Z' }),
    ).toEqual([]);
  });

  it('are the same whatever the order of their variables, also in containers beside', () => {
    const [one, other] = [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ];
    const of = (env: (typeof one)[]) => ({ env, pod: { initContainers: [{ name: 'mesh', image: 'mesh:1', env }] } });
    expect(differences(of([one, other]), of([other, one]))).toEqual([]);
    expect(differences(of([one]), of([{ ...one, value: '3' }])).map(({ name }) => name)).toEqual(['A', 'pod']);
  });

  it('differ by the order of their variables where one refers to another', () => {
    const [one, other] = [
      { name: 'HOST', value: 'a' },
      { name: 'URL', value: 'http://$(HOST)' },
    ];
    expect(differences({ env: [one, other] }, { env: [other, one] })).toEqual([
      { section: 'environment', name: 'order of variables', from: 'HOST, URL', to: 'URL, HOST', isSame: false },
    ]);
  });

  it('differ by parameter, seed, dataset, variable and device, each by its name', () => {
    const from = { parameters: { lr: '0.1', epochs: '3' }, seed: 1, env: [{ name: 'A', value: '1' }], nodes: 2 };
    const to = {
      parameters: { lr: '0.2', epochs: '3' },
      seed: 2,
      env: [{ name: 'A', secretKeyRef: { name: 'a', key: 'b' } }],
      nodes: 4,
      datasets: [{ name: 'train', uri: 'pvc://data/train' }],
    };
    expect(differences(from, to).map(({ section, name, from: one, to: other }) => [section, name, one, other])).toEqual(
      [
        ['parameters', 'lr', '0.1', '0.2'],
        ['parameters', 'seed', '1', '2'],
        ['data', 'train', undefined, 'pvc://data/train'],
        ['environment', 'A', '1', '{"secretKeyRef":{"key":"b","name":"a"}}'],
        ['hardware', 'nodes', '2', '4'],
      ],
    );
  });

  it('have better or worse metrics by what the gate asks for, and only changed ones where it asks for nothing', () => {
    const notes = (from: string, to: string, gate?: readonly GateVerdict[]) =>
      differences({ metrics: { f1: from } }, { metrics: { f1: to }, ...(gate && { gate: [...gate] }) }).map(
        ({ note }) => note,
      );
    expect(notes('0.93', '0.95', [verdict({})])).toEqual(['better: +0.02']);
    expect(notes('0.95', '0.93', [verdict({ rule: 'maxDecrease 0.1 against fraud-1' })])).toEqual(['worse: -0.02']);
    expect(notes('0.5', '0.4', [verdict({ rule: 'max 1' })])).toEqual(['better: -0.1']);
    expect(notes('0.5', '0.4')).toEqual(['-0.1']);
    expect(notes('0.5', '0.4', [verdict({ rule: 'min 0, max 1' })])).toEqual(['-0.1']);
  });

  it('are not compared by metrics of other data without a word, nor where the gate had both measured on the same', () => {
    const data = (digest: string) => [{ name: 'train', uri: 'pvc://data/train', digest }];
    const [from, to] = [{ datasets: data('a') }, { datasets: data('b'), metrics: { f1: '0.94' } }];
    const noteOf = (gate: GateVerdict[]) => differences(from, { ...to, gate }).find(({ name }) => name === 'f1')?.note;
    expect(noteOf([verdict({})])).toBe('better: +0.01, other data');
    expect(noteOf([verdict({ champion: 'fraud-1', championValue: '0.8' })])).toBe(
      'better: +0.14, from 0.8 on its data',
    );
  });

  it('drift apart by their training profiles', () => {
    const [change] = differences(
      { profile: { country: { categories: { DE: '0.6', Other: '0.4' } } } },
      { profile: { country: { categories: { DE: '0.1', Other: '0.9' } } } },
    );
    expect(change).toMatchObject({
      name: 'country',
      from: 'DE 0.6, Other 0.4',
      note: expect.stringMatching(/^PSI 1\.\d+$/),
    });
  });
});

describe('The drift between two profiles', () => {
  const deciles = (shift: number) => ({ edges: Array.from({ length: 9 }, (_, index) => String(index + 1 + shift)) });

  it('is none between equal ones, and grows with their distance', () => {
    expect(profileDrift(deciles(0), deciles(0))).toBeCloseTo(0, 3);
    const [near = 0, far = 0] = [profileDrift(deciles(0), deciles(1)), profileDrift(deciles(0), deciles(4))];
    expect(near).toBeGreaterThan(0.05);
    expect(far).toBeGreaterThan(near);
    expect(profileDrift(deciles(0), deciles(100))).toBeGreaterThan(1);
  });

  it('cannot be told of edges that are equal, nor of a number and a category', () => {
    expect(profileDrift({ edges: Array<string>(9).fill('1') }, deciles(0))).toBeUndefined();
    expect(profileDrift(deciles(0), { categories: { a: '1' } })).toBeUndefined();
  });
});

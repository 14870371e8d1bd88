import { describe, expect, it } from '@jest/globals';
import { trainingRun } from '../../test/builders/trainingrun.ts';
import type { TrainingRunSpec } from '../api/types.ts';
import { canonicalJSON } from './canonical.ts';
import { isDataPinned, isGang, recipeOf } from './recipe.ts';

const textOf = (spec: Partial<TrainingRunSpec>) => canonicalJSON(recipeOf(trainingRun({ spec }).spec));

describe('A recipe', () => {
  it.each<[string, Partial<TrainingRunSpec>]>([
    ['one node', { nodes: 1 }],
    ['empty lists', { command: [], args: [], env: [], datasets: [] }],
    ['empty objects', { parameters: {}, resources: {}, results: {}, pod: {} }],
    ['the usual results', { results: { path: '/dev/termination-log', format: 'Document' } }],
    ['no further resources', { envFrom: [], resources: { extended: {}, requests: {} } }],
    ['no volumes and init containers', { pod: { volumes: [], initContainers: [] } }],
  ])('is the same with %s as with nothing said', (_, spec) => {
    expect(textOf(spec)).toBe(textOf({}));
  });

  it.each<[string, Partial<TrainingRunSpec>]>([
    ['retry', { retry: { limit: 3 } }],
    ['gate', { gate: [{ metric: 'f1', min: 0.9 }] }],
    ['schedule', { schedule: '0 3 * * 1', timeZone: 'Europe/Berlin' }],
    ['rerunAt', { rerunAt: '2026-11-24T10:00:00Z' }],
    ['suspend', { suspend: true }],
    ['attemptHistoryLimit', { attemptHistoryLimit: 3 }],
    ['timeout', { timeout: '24h' }],
    ['who runs', { pod: { runAsUser: 1000, serviceAccountName: 'trainer' } }],
    ['where it runs', { pod: { nodeSelector: { pool: 'gpu' }, tolerations: [{ operator: 'Exists' }] } }],
    ['what runs beside', { pod: { sidecars: [{ name: 'proxy', image: 'registry/proxy' }] } }],
  ])('does not contain %s', (_, spec) => {
    expect(textOf(spec)).toBe(textOf({}));
  });

  it.each<[string, Partial<TrainingRunSpec>]>([
    ['image', { image: 'registry/other:1' }],
    ['command', { command: ['train'] }],
    ['args', { args: ['--fast'] }],
    ['env', { env: [{ name: 'A', value: 'b' }] }],
    ['resources', { resources: { cpu: 4 } }],
    ['accelerator', { accelerator: { resource: 'nvidia.com/gpu', count: 1 } }],
    ['nodes', { nodes: 2 }],
    ['rendezvous', { rendezvous: 'JAX' }],
    ['source', { source: { repository: 'r', revision: 'a' } }],
    ['datasets', { datasets: [{ name: 'train', uri: 'pvc://data/train' }] }],
    ['parameters', { parameters: { lr: '0.1' } }],
    ['seed', { seed: 0 }],
    ['checkpoint', { checkpoint: { claimName: 'checkpoints' } }],
    ['output', { output: { uri: 'pvc://models/fraud' } }],
    ['workingDir', { workingDir: '/app' }],
    ['envFrom', { envFrom: [{ configMapRef: { name: 'hub' } }] }],
    ['a profile', { accelerator: { profile: 'h100', count: 1 } }],
    ['further resources', { resources: { ephemeralStorage: '10Gi', extended: { 'rdma/hca': '1' } } }],
    ['requests', { resources: { requests: { cpu: 1 } } }],
    ['where results are', { results: { path: '/app/metrics.json' } }],
    ['what results are', { results: { format: 'Metrics' } }],
    ['volumes', { pod: { volumes: [{ name: 'code', mountPath: '/app', configMap: { name: 'code' } }] } }],
    ['init containers', { pod: { initContainers: [{ name: 'fetch-data', image: 'registry/fetch' }] } }],
  ])('contains %s', (_, spec) => {
    expect(textOf(spec)).not.toBe(textOf({}));
  });

  it('takes a quantity for the same as a number and as a text', () => {
    expect(textOf({ resources: { cpu: 4 } })).toBe(textOf({ resources: { cpu: '4' } }));
  });

  it('does not depend on the order of datasets, variables and parameters', () => {
    const datasets = [
      { name: 'a', uri: 'pvc://data/a' },
      { name: 'b', uri: 'pvc://data/b' },
    ];
    const one = textOf({ datasets, parameters: { x: '1', y: '2' } });
    expect(textOf({ datasets: datasets.toReversed(), parameters: { y: '2', x: '1' } })).toBe(one);
    const env = [
      { name: 'A', value: 'a' },
      { name: 'B', secretKeyRef: { name: 'hub', key: 'token' } },
    ];
    expect(textOf({ env: env.toReversed() })).toBe(textOf({ env }));
  });

  it('does not depend on the order of volumes and mounts, but on that of init containers and of sources of variables', () => {
    const volumes = [
      { name: 'code', configMap: { name: 'code' } },
      { name: 'tmp', emptyDir: {} },
    ];
    const volumeMounts = volumes.map(({ name }) => ({ name, mountPath: `/${name}`, readOnly: false }));
    const initContainers = ['b', 'a'].map((name) => ({ name, image: 'registry/init', volumeMounts }));
    const one = textOf({ pod: { volumes, initContainers } });
    const turned = initContainers.map((init) => ({ ...init, volumeMounts: volumeMounts.toReversed() }));
    expect(textOf({ pod: { volumes: volumes.toReversed(), initContainers: turned } })).toBe(one);
    expect(textOf({ pod: { volumes, initContainers: initContainers.toReversed() } })).not.toBe(one);
    const envFrom = [{ configMapRef: { name: 'a' } }, { configMapRef: { name: 'b' } }];
    expect(textOf({ envFrom: envFrom.toReversed() })).not.toBe(textOf({ envFrom }));
  });

  it('keeps what a volume is, though it says nothing more', () => {
    const volumes = [{ name: 'scratch', mountPath: '/scratch', emptyDir: {}, readOnly: false }];
    expect(recipeOf(trainingRun({ spec: { pod: { volumes } } }).spec).pod).toEqual({
      volumes: [{ name: 'scratch', mountPath: '/scratch', emptyDir: {} }],
    });
  });

  it('is trained by a gang if it has more than one node', () => {
    expect([undefined, 1, 2].map((nodes) => isGang({ image: 'i', ...(nodes && { nodes }) }))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is pinned only if it has datasets and all of them have a digest', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const pinned = { name: 'a', uri: 'pvc://data/a', digest };
    const open = { name: 'b', uri: 'pvc://data/b' };
    expect(isDataPinned({ image: 'i' })).toBe(false);
    expect(isDataPinned({ image: 'i', datasets: [pinned, open] })).toBe(false);
    expect(isDataPinned({ image: 'i', datasets: [pinned] })).toBe(true);
  });
});

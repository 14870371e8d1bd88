import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { ITrainingRun } from '../../../src/api/types.ts';
import { keyOf } from '../../../src/api/resource.ts';
import { environment } from '../../../src/kinds/trainingrun/stages/train/environment.ts';
import { parseResults } from '../../../src/workload/results.ts';
import { snapshot } from '../../builders/job.ts';
import {
  trainingExample,
  type TrainingExample,
  trainingExamples,
  withPackages,
} from '../../builders/trainingexample.ts';
import { type End, type Program, type Root, runTogether, unpacked } from './machines.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'examples', 'training');
const roots = new Map<string, Root>();
const isRoot = process.getuid?.() === 0;

afterAll(() => {
  for (const { directory } of roots.values()) rmSync(dirname(directory), { recursive: true, force: true });
}, 60_000);

/** Machines of one's own need rights that only root has. */
(isRoot ? describe : describe.skip)('The scripts of examples/training, which know nothing of Flyball', () => {
  it.each(trainingExamples)(
    'train together on all pods and pass their gate: $name',
    async (example) => {
      const { run } = trainingExample(example);
      const ends = await trained(example, withPackages(run, example.image));
      expect(ends.map(({ code, log }) => [code, code === 0 ? '' : log])).toEqual(ends.map(() => [0, '']));
      const gate = run.spec.gate?.map(({ metric }) => metric) ?? [];
      const declared = { path: '/tmp/metrics.json', format: 'Metrics', isWanted: true, gate } as const;
      const results = parseResults(ends[0]?.left('metrics.json'), 4096, declared);
      const metrics = results.type === 'Reported' ? results.document.metrics : {};
      expect(Number(metrics['accuracy'])).toBeGreaterThanOrEqual(0.9);
      const nodes = run.spec.nodes ?? 1;
      if (nodes > 1) expect(metrics['processes']).toBe(String(nodes));
      expect(ends.map((end) => end.left('metrics.json') !== undefined)).toEqual(ends.map((_, index) => index === 0));
    },
    300_000,
  );

  it('of torchrun start as many processes in each pod as it has accelerators', async () => {
    const example = { name: 'torchrun', image: 'torch' } as const;
    const { run } = trainingExample(example);
    const accelerator = { resource: 'nvidia.com/gpu', count: 2 };
    const ends = await trained(example, withPackages({ ...run, spec: { ...run.spec, accelerator } }, 'torch'));
    expect(ends.map(({ code, log }) => [code, code === 0 ? '' : log])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(JSON.parse(ends[0]?.left('metrics.json') ?? '{}')).toMatchObject({ processes: 4 });
  }, 300_000);
});

async function trained(example: TrainingExample, run: ITrainingRun): Promise<readonly End[]> {
  const root = roots.get(example.image) ?? (await unpacked(example.image));
  roots.set(example.image, root);
  const job = `${keyOf(run).name}-1-train`;
  const names = Array.from({ length: run.spec.nodes ?? 1 }, (_, index) => `${job}-${index}.${job}`);
  return await runTogether(root, names, (index) => program(run, index, join(folder, example.name)));
}

/** What the kubelet starts: variables from fields are the pod's, and the arguments name variables. */
function program(run: ITrainingRun, index: number, code: string): Program {
  const variables = environment(keyOf(run).name, snapshot(run), 0);
  const env = Object.fromEntries(variables.map(({ name, value }) => [name, value ?? String(index)]));
  const expanded = (text: string) => text.replace(/\$\((\w+)\)/g, (all, name: string) => env[name] ?? all);
  return { command: [...(run.spec.command ?? []), ...(run.spec.args ?? [])].map(expanded), env, code };
}

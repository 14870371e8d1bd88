import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ITrainingRun } from '../../src/api/types.ts';

/** The folders of examples/training, and the image that hack/images makes in place of the one that they name. */
export const trainingExamples = [
  { name: 'sklearn', image: 'training' },
  { name: 'xgboost', image: 'training' },
  { name: 'lightgbm', image: 'training' },
  { name: 'jax', image: 'training' },
  { name: 'torchrun', image: 'torch' },
  { name: 'accelerate', image: 'torch' },
] as const;

export type TrainingExample = (typeof trainingExamples)[number];

const folder = join(import.meta.dirname, '..', '..', 'examples', 'training');

/** What a person applies: the manifest, and the script that goes into its ConfigMap. */
export function trainingExample({ name }: TrainingExample): { readonly run: ITrainingRun; readonly script: string } {
  const read = (file: string) => readFileSync(join(folder, name, file), 'utf8');
  return { run: parse(read('trainingrun.yaml')) as ITrainingRun, script: read('train.py') };
}

/** The same on an image that has the packages, which its init container would get from a registry that no test reaches. */
export function withPackages(run: ITrainingRun, image: string): ITrainingRun {
  const { pod: { initContainers: _, ...pod } = {}, env = [], ...spec } = run.spec;
  const volumes = pod.volumes?.filter(({ name }) => name !== 'packages') ?? [];
  const others = env.filter(({ name }) => name !== 'PYTHONPATH');
  return { ...run, spec: { ...spec, image, env: others, pod: { ...pod, volumes } } };
}

/** The scripts of examples/training, as they are: they know nothing of Flyball, and find each other. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { example } from '../../../hack/loop/install.ts';
import type { ITrainingRun } from '../../../src/api/types.ts';
import { named, type Place, summary } from '../outcomes/place.ts';
import { taint } from './node.ts';

const tolerations = [{ key: taint.key, operator: 'Exists' as const }];
const folder = example('training');

/** No registry can be reached from here: images that have the packages stand in for the public ones, which install them. */
const images: Readonly<Record<string, string>> = {
  accelerate: 'localhost/flyball/torch:0.1.0',
  torchrun: 'localhost/flyball/torch:0.1.0',
};
const otherwise = 'localhost/flyball/training:0.1.0';

/** All at once. Each script's own numbers are its metrics, and the gate of its manifest judges them. */
export async function unchangedScripts(place: Place): Promise<void> {
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
  await place.apply(...names.flatMap(objectsOf));
  for (const name of names) {
    const run = await place.until(`the end of ${name}`, ({ runs }) => {
      const one = named(runs, name);
      return one?.status?.attempts?.[0]?.verdict !== undefined && one;
    });
    const [attempt] = run.status?.attempts ?? [];
    const told = `${attempt?.verdict}: ${JSON.stringify(attempt?.metrics)} ${summary(run)?.message ?? ''}`;
    place.expect(`${name} trains on ${run.spec.nodes ?? 1}`, attempt?.verdict === 'Registered', told);
  }
}

function objectsOf(name: string): readonly object[] {
  const run = parse(readFileSync(join(folder, name, 'trainingrun.yaml'), 'utf8')) as ITrainingRun;
  const { env = [], pod, ...spec } = run.spec;
  const { initContainers: _, volumes = [], ...options } = pod ?? {};
  const code = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${name}-code` },
    data: { 'train.py': readFileSync(join(folder, name, 'train.py'), 'utf8') },
  };
  return [
    code,
    {
      ...run,
      spec: {
        ...spec,
        image: images[name] ?? otherwise,
        // All of them share a node of two processors.
        resources: { cpu: '1', memory: '2Gi', requests: { cpu: '50m', memory: '512Mi' } },
        env: env.filter((variable) => variable.name !== 'PYTHONPATH'),
        pod: { ...options, tolerations, volumes: volumes.filter((volume) => volume.name !== 'packages') },
      },
    },
  ];
}

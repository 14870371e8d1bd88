/** The scripts of examples/training, as they are: they know nothing of Flyball, and find each other. */
import {
  type TrainingExample,
  trainingExample,
  trainingExamples,
  withPackages,
} from '../../builders/trainingexample.ts';
import { named, type Place, summary } from '../outcomes/place.ts';
import { taint } from './node.ts';

const tolerations = [{ key: taint.key, operator: 'Exists' as const }];

/** All at once. Each script's own numbers are its metrics, and the gate of its manifest judges them. */
export async function unchangedScripts(place: Place): Promise<void> {
  await place.apply(...trainingExamples.flatMap(objectsOf));
  for (const { name } of trainingExamples) {
    const run = await place.until(`the end of ${name}`, ({ runs }) => {
      const one = named(runs, name);
      return one?.status?.attempts?.[0]?.verdict !== undefined && one;
    });
    const [attempt] = run.status?.attempts ?? [];
    const told = `${attempt?.verdict}: ${JSON.stringify(attempt?.metrics)} ${summary(run)?.message ?? ''}`;
    place.expect(`${name} trains on ${run.spec.nodes ?? 1}`, attempt?.verdict === 'Registered', told);
  }
}

/** No registry can be reached from here: images that have the packages stand in for the public ones, which install them. */
function objectsOf(one: TrainingExample): readonly object[] {
  const { run, script } = trainingExample(one);
  const packed = withPackages(run, `localhost/flyball/${one.image}:0.1.0`);
  const metadata = { name: `${one.name}-code` };
  // All of them share a node of two processors.
  const resources = { cpu: '1', memory: '2Gi', requests: { cpu: '50m', memory: '512Mi' } };
  const pod = { ...packed.spec.pod, tolerations };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'train.py': script } },
    { ...packed, spec: { ...packed.spec, resources, pod } },
  ];
}

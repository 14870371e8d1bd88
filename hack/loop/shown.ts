/** What the demo shows of the command line, `kubectl flyball`, of its own product. */
import { dirname, join } from 'node:path';
import type { Cluster } from '../cluster/cluster.ts';
import { run } from '../cluster/command.ts';
import { namespaces } from './mark.ts';

const repository = join(import.meta.dirname, '..', '..');

/** What each answers, in the order in which one would ask. */
export const shown: readonly (readonly [line: string, what: string])[] = [
  [`get -n ${namespaces.loop}`, 'one tree, from the training to the pods'],
  [`get --watch -n ${namespaces.loop}`, 'the same while it changes'],
  [`why mdep biopsy -n ${namespaces.loop}`, 'why it is so, and whose move it is'],
  [`logs trun biopsy -n ${namespaces.loop}`, 'what its trainings said'],
  [`ask biopsy examples/quickstart/patient.json -n ${namespaces.loop}`, 'one request to the model that serves'],
];

/** Builds the command line that is shown. */
export async function buildCommandLine(): Promise<void> {
  await run(process.execPath, [join(repository, 'hack/build.ts')]);
}

/** How to run it from this checkout: by its own Node, and by the kubectl that the cluster was made with. */
export function commandLines({ kubectl }: Pick<Cluster, 'kubectl'>): string {
  const folders = [join(repository, 'dist/cli'), join(repository, 'node_modules/.bin')];
  const path = kubectl.includes('/') ? [...folders, dirname(kubectl)] : folders;
  const widest = Math.max(...shown.map(([line]) => line.length));
  const lines = shown.map(([line, what]) => `  kubectl flyball ${line.padEnd(widest)}   ${what}`);
  return [`  export PATH=${path.join(':')}:$PATH`, ...lines].join('\n');
}

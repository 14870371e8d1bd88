/** The cluster of the current kubeconfig context: someone else's, so that nothing of it is made, changed or removed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory, ensureBinaries } from './binaries.ts';
import type { Cluster, Provider } from './cluster.ts';
import { run } from './command.ts';

function directoryOf(name: string): string {
  return join(cacheDirectory(), 'current', name);
}

async function connect(name: string): Promise<Cluster> {
  const binaries = await ensureBinaries(['kubectl', 'helm']);
  const config = await run(binaries.kubectl, ['config', 'view', '--minify', '--flatten', '--raw']).catch((error) => {
    throw new Error('the current provider needs a kubeconfig with a current context: set KUBECONFIG.', {
      cause: error,
    });
  });
  // A copy of the context alone: a later change of the user's current context must not redirect a run half-way.
  const directory = directoryOf(name);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const kubeconfig = join(directory, 'kubeconfig');
  writeFileSync(kubeconfig, config, { mode: 0o600 });
  await run(binaries.kubectl, [`--kubeconfig=${kubeconfig}`, 'get', '--raw=/readyz', '--request-timeout=20s']);
  return {
    name,
    provider: 'current',
    kubeconfig,
    kubectl: binaries.kubectl,
    helm: binaries.helm,
    loadImage: async (archive) => {
      throw new Error(
        `the cluster of the current context takes its images from a registry: push the image of ${archive} ` +
          'to one that its nodes can reach (skopeo copy oci-archive:… docker://…), and name it in the chart values.',
      );
    },
    down: () => current.down(name),
  };
}

export const current: Provider = {
  up: connect,
  find: connect,
  down: async (name) => rmSync(directoryOf(name), { recursive: true, force: true }),
};

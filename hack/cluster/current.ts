/** The cluster of the current kubeconfig context: someone else's, so that the cluster itself is neither made nor removed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory, ensureBinaries } from './binaries.ts';
import type { Cluster, Provider } from './cluster.ts';
import { run } from './command.ts';

async function connect(name: string): Promise<Cluster> {
  const binaries = await ensureBinaries(['kubectl', 'helm']);
  const config = await run(binaries.kubectl, ['config', 'view', '--minify', '--flatten', '--raw']).catch((error) => {
    throw new Error('the current provider needs a kubeconfig with a current context: set KUBECONFIG.', {
      cause: error,
    });
  });
  // A copy of the context alone: a later change of the user's current context must not redirect a run half-way.
  const directory = join(cacheDirectory(), 'current', name);
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
      console.log(
        `  Bring this image to the nodes yourself, pods wait for it: ${archive}\n` +
          '  (minikube image load ARCHIVE; on a node with containerd: ctr -n k8s.io images import ARCHIVE)',
      );
    },
    down: async () => undefined,
  };
}

export const current: Provider = {
  up: connect,
  find: connect,
  down: async () => undefined,
};

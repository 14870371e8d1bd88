/** The cluster of the current kubeconfig context: someone else's, so that the cluster itself is neither made nor removed. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ensureBinaries } from './binaries.ts';
import type { Cluster, Provider } from './cluster.ts';
import { run } from './command.ts';
import { say } from './progress.ts';

type Binaries = Record<'kubectl' | 'helm', string>;

/** A copy of the context alone: a later change of the user's current context must not redirect a run, or a removal. */
function directoryOf(name: string): string {
  return join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'flyball', 'current', name);
}

const copyOf = (name: string) => join(directoryOf(name), 'kubeconfig');

async function contextNow(binaries: Binaries): Promise<string> {
  return run(binaries.kubectl, ['config', 'view', '--minify', '--flatten', '--raw']).catch((error) => {
    throw new Error('the current provider needs a kubeconfig with a current context: set KUBECONFIG.', {
      cause: error,
    });
  });
}

/** The API server that a kubeconfig of one context leads to. */
function serverOf(kubeconfig: string): string {
  return /^\s+server:\s*(\S+)\s*$/m.exec(kubeconfig)?.[1] ?? '';
}

function keep(name: string, kubeconfig: string): void {
  mkdirSync(directoryOf(name), { recursive: true, mode: 0o700 });
  rmSync(copyOf(name), { force: true });
  writeFileSync(copyOf(name), kubeconfig, { mode: 0o600 });
}

async function connect(name: string, binaries: Binaries): Promise<Cluster> {
  const kubeconfig = copyOf(name);
  await run(binaries.kubectl, [`--kubeconfig=${kubeconfig}`, 'get', '--raw=/readyz', '--request-timeout=20s']);
  return {
    name,
    provider: 'current',
    kubeconfig,
    kubectl: binaries.kubectl,
    helm: binaries.helm,
    loadImage: async (archive) => {
      say(
        `  Bring this image to the nodes yourself, pods wait for it: ${archive}\n` +
          '  (minikube image load ARCHIVE; on a node with containerd: ctr -n k8s.io images import ARCHIVE)',
      );
    },
    down: () => current.down(name),
  };
}

export const current: Provider = {
  async up(name) {
    const binaries = await ensureBinaries(['kubectl', 'helm']);
    const config = await contextNow(binaries);
    const isKept = existsSync(copyOf(name));
    if (isKept) {
      const [kept, now] = [serverOf(readFileSync(copyOf(name), 'utf8')), serverOf(config)];
      if (kept !== now) {
        throw new Error(
          `${copyOf(name)} leads to ${kept}, and the current context to ${now}: what was brought up there is removed by ` +
            './hack/demo --provider current --down. If that cluster is gone, remove the file. Then run this again.',
        );
      }
    }
    keep(name, config);
    return connect(name, binaries).catch((error: unknown) => {
      if (!isKept) rmSync(directoryOf(name), { recursive: true });
      throw error;
    });
  },
  async find(name) {
    if (!existsSync(copyOf(name))) return undefined;
    const binaries = await ensureBinaries(['kubectl', 'helm']);
    // Credentials may have been renewed since.
    const now = await contextNow(binaries).catch(() => '');
    if (serverOf(now) === serverOf(readFileSync(copyOf(name), 'utf8'))) keep(name, now);
    return connect(name, binaries).catch((error: unknown) => {
      throw new Error(
        `The cluster to which ${copyOf(name)} leads cannot be used. Make it answer, or if it is gone, remove that file. ` +
          (error instanceof Error ? error.message : String(error)),
        { cause: error },
      );
    });
  },
  async down(name) {
    rmSync(directoryOf(name), { recursive: true, force: true });
  },
};

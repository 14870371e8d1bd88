/** A cluster in Docker, by kind. Its node advertises GPUs as the local provider's does. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { auditPolicy } from './audit.ts';
import { ensureBinaries } from './binaries.ts';
import type { Cluster, Provider } from './cluster.ts';
import { run, waitFor } from './command.ts';
import { during, say } from './progress.ts';
import { advertiseGpus } from './gpus.ts';

const configuration = join(import.meta.dirname, 'kind.yaml');

/** The user of the kubeconfig that kubeadm makes. */
const personUser = 'kubernetes-admin';

type Binaries = Record<'kind' | 'kubectl' | 'helm', string>;

async function prepare(): Promise<Binaries> {
  const docker = spawnSync('docker', ['info'], { encoding: 'utf8' });
  if (docker.status !== 0) {
    const said = (docker.error?.message ?? docker.stderr).trim();
    throw new Error(
      `the kind provider needs Docker, which does not answer (${said}): start it, or use another provider.`,
    );
  }
  return ensureBinaries(['kind', 'kubectl', 'helm']);
}

function directoryOf(name: string): string {
  return join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'flyball', 'kind', name);
}

async function exists(name: string, binaries: Binaries): Promise<boolean> {
  return (await run(binaries.kind, ['get', 'clusters'])).split('\n').includes(name);
}

async function isReady(kubeconfig: string, binaries: Binaries): Promise<boolean> {
  const ask = [`--kubeconfig=${kubeconfig}`, 'get', '--raw=/readyz', '--request-timeout=10s'];
  return run(binaries.kubectl, ask).then(
    () => true,
    () => false,
  );
}

function cluster(name: string, binaries: Binaries): Cluster {
  const directory = directoryOf(name);
  const kubeconfig = join(directory, 'kubeconfig');
  return {
    name,
    provider: 'kind',
    kubeconfig,
    kubectl: binaries.kubectl,
    helm: binaries.helm,
    audit: { log: join(directory, 'audit', 'audit.log'), person: personUser },
    loadImage: async (archive) => {
      await run(binaries.kind, ['load', 'image-archive', resolve(archive), `--name=${name}`]);
    },
    restartApiServer: async () => {
      // The kubelet starts the static pod's container again.
      const script = 'crictl stop $(crictl ps --quiet --name kube-apiserver)';
      await run('docker', ['exec', `${name}-control-plane`, 'sh', '-c', script]);
      await waitFor('the API server to be ready again', 180, () => isReady(kubeconfig, binaries));
    },
    withoutDNS: async (act) => {
      const dns = ['deployment/coredns', '--namespace=kube-system', `--kubeconfig=${kubeconfig}`];
      const scale = (replicas: number) => run(binaries.kubectl, ['scale', ...dns, `--replicas=${replicas}`]);
      await scale(0);
      const gone = ['wait', '--for=delete', 'pods', '--selector=k8s-app=kube-dns', '--timeout=2m', ...dns.slice(1)];
      await run(binaries.kubectl, gone);
      try {
        await act();
      } finally {
        await scale(2);
        await run(binaries.kubectl, ['rollout', 'status', ...dns, '--timeout=2m']);
      }
    },
    down: () => kind.down(name),
  };
}

async function create(name: string, binaries: Binaries): Promise<void> {
  const directory = directoryOf(name);
  mkdirSync(join(directory, 'audit'), { recursive: true });
  writeFileSync(join(directory, 'audit', 'policy.yaml'), JSON.stringify(auditPolicy));
  // Made by us, so that we may read what the API server, which is root, appends to it.
  writeFileSync(join(directory, 'audit', 'audit.log'), '');
  say(`starting the kind cluster ${name} …`);
  const options = [`--name=${name}`, `--config=${configuration}`, '--wait=5m'];
  const kubeconfig = `--kubeconfig=${join(directory, 'kubeconfig')}`;
  await during(`starting the kind cluster ${name}`, () =>
    run(binaries.kind, ['create', 'cluster', ...options, kubeconfig], { directory }),
  );
}

export const kind: Provider = {
  async up(name) {
    const binaries = await prepare();
    const result = cluster(name, binaries);
    if (!(await isReady(result.kubeconfig, binaries))) {
      await kind.down(name);
      await create(name, binaries);
    }
    await advertiseGpus(binaries.kubectl, result.kubeconfig, `${name}-control-plane`);
    return result;
  },
  async find(name) {
    const binaries = await prepare();
    const result = cluster(name, binaries);
    const found = existsSync(result.kubeconfig) && (await isReady(result.kubeconfig, binaries));
    return found ? result : undefined;
  },
  async down(name) {
    const binaries = await prepare();
    if (await exists(name, binaries)) await run(binaries.kind, ['delete', 'cluster', `--name=${name}`]);
    rmSync(directoryOf(name), { recursive: true, force: true });
  },
};

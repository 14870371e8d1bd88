/** Kubernetes from its own programs, on Linux, as root, without Docker and without a registry. */
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { cacheDirectory, ensureBinaries } from '../binaries.ts';
import type { ProgramName } from '../binaries.ts';
import type { Cluster, Provider } from '../cluster.ts';
import { waitFor } from '../command.ts';
import { advertiseGpus, gpuProduct } from '../gpus.ts';
import { ensurePackages } from '../packages.ts';
import { during, say } from '../progress.ts';
import { makeCgroups, removeCgroups } from './cgroups.ts';
import { writeConfiguration } from './configuration.ts';
import { layoutOf } from './layout.ts';
import type { Addresses, Layout } from './layout.ts';
import { withLock } from './lock.ts';
import { closeNamespace, holderOf, inside, openNamespace, privateDirectories, runInside } from './namespace.ts';
import { applyObjects, setupKubectl } from './objects.ts';
import { makePauseArchive } from './pause.ts';
import { kubeconfigOf, makePki, personUser } from './pki.ts';
import { isRunning, logTail, recordOf, start, stop } from './processes.ts';
import type { ProcessRecord } from './processes.ts';
import { argumentsOf, graceSeconds, startOrder } from './programs.ts';
import type { ClusterFacts, RunningProgram } from './programs.ts';

const debianPackages = [
  { name: 'openssl', file: 'openssl' },
  { name: 'iproute2', file: 'ip' },
  { name: 'runc', file: 'runc' },
  { name: 'containernetworking-plugins', file: '/usr/lib/cni/bridge' },
  { name: 'iptables', file: 'iptables' },
  { name: 'conntrack', file: 'conntrack' },
  { name: 'socat', file: 'socat' },
  { name: 'umoci', file: 'umoci' },
  { name: 'skopeo', file: 'skopeo' },
];

const helpers = [
  'containerd-shim-runc-v2',
  'ctr',
  'kubectl',
  'helm',
  'pause',
] as const satisfies readonly ProgramName[];
const programs = [...startOrder, ...helpers] as const;

type Binaries = Record<(typeof programs)[number], string>;

/** The folder of the CNI programs: Debian's package puts them here. */
const cniPrograms = '/usr/lib/cni';

function requireRootOnLinux(): void {
  if (process.platform === 'linux' && process.getuid?.() === 0) return;
  throw new Error('the local provider needs root on Linux: run this as root, or use --provider kind with Docker.');
}

/** The cluster's programs do not see the machine's own files below the folders that they have for themselves. */
function requireVisible(path: string, variable: string): void {
  const real = realpathSync(path);
  const hidden = privateDirectories.find((directory) => real.startsWith(`${directory}/`));
  if (hidden)
    throw new Error(`${real} lies below ${hidden}: set ${variable} to a folder elsewhere, then run this again.`);
}

async function startProgram(
  facts: ClusterFacts,
  holder: ProcessRecord,
  binaries: Binaries,
  name: RunningProgram,
): Promise<void> {
  const path = `${dirname(binaries['containerd-shim-runc-v2'])}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;
  const command = ['env', `PATH=${path}`, binaries[name], ...argumentsOf(name, facts)];
  await start(facts.layout, name, inside(holder, command));
}

function isUp(layout: Layout, program: RunningProgram): boolean {
  const found = recordOf(layout, program);
  return found !== undefined && isRunning(found);
}

/** Waits for a condition, and says why in vain when the program it depends on has ended. */
async function ready(layout: Layout, program: RunningProgram, condition: () => Promise<unknown>): Promise<void> {
  let ended = false;
  await waitFor(`${program} (log: ${layout.file('logs', `${program}.log`)})`, 120, async () => {
    ended = !isUp(layout, program);
    if (ended) return true;
    await condition();
    return true;
  });
  if (ended) throw new Error(`${program} ended:\n${logTail(layout, program)}`);
}

async function apiServerReady(layout: Layout, kubectl: string): Promise<void> {
  await ready(layout, 'kube-apiserver', () => setupKubectl(layout, kubectl, ['get', '--raw=/readyz']));
}

async function dnsReady({ layout, addresses }: ClusterFacts): Promise<void> {
  await ready(layout, 'coredns', async () => {
    if (!(await fetch(`http://${addresses.node}:8181/ready`)).ok) throw new Error('it has not seen the Services yet');
  });
}

async function importImage(holder: ProcessRecord, ctr: string, archive: string): Promise<void> {
  // By standard input, since the archive may lie below a folder that the namespace hides.
  await runInside(holder, [ctr, '--namespace=k8s.io', 'images', 'import', '-'], { inputFile: archive });
}

function cluster(facts: ClusterFacts, holder: ProcessRecord, binaries: Binaries): Cluster {
  const { layout } = facts;
  return {
    name: layout.name,
    provider: 'local',
    kubeconfig: layout.kubeconfig,
    kubectl: binaries.kubectl,
    helm: binaries.helm,
    audit: { log: layout.auditLog, person: personUser },
    machine: facts.addresses.host,
    loadImage: (archive) => importImage(holder, binaries.ctr, archive),
    restartApiServer: async () => {
      await stop(layout, 'kube-apiserver', graceSeconds['kube-apiserver']);
      await startProgram(facts, holder, binaries, 'kube-apiserver');
      await apiServerReady(layout, binaries.kubectl);
    },
    withoutDNS: async (act) => {
      await stop(layout, 'coredns', graceSeconds.coredns);
      try {
        await act();
      } finally {
        await startProgram(facts, holder, binaries, 'coredns');
        await dnsReady(facts);
      }
    },
    down: () => local.down(layout.name),
  };
}

/** The cluster when all its programs run and its API server answers. */
async function findHealthy(layout: Layout): Promise<Cluster | undefined> {
  const holder = holderOf(layout);
  if (!holder || !startOrder.every((name) => isUp(layout, name)) || !existsSync(layout.file('addresses.json')))
    return undefined;
  const binaries = await ensureBinaries(programs);
  const answers = setupKubectl(layout, binaries.kubectl, ['get', '--raw=/readyz', '--request-timeout=10s']);
  if ((await answers.catch(() => undefined)) === undefined) return undefined;
  const addresses = JSON.parse(readFileSync(layout.file('addresses.json'), 'utf8')) as Addresses;
  return cluster({ layout, addresses, gpuProduct }, holder, binaries);
}

async function startPrograms(facts: ClusterFacts, holder: ProcessRecord, binaries: Binaries): Promise<void> {
  const { layout } = facts;
  const { kubectl } = binaries;
  const launch = (name: RunningProgram): Promise<void> => startProgram(facts, holder, binaries, name);
  await launch('etcd');
  await launch('kube-apiserver');
  await launch('containerd');
  await apiServerReady(layout, kubectl);
  await applyObjects(layout, kubectl);
  await launch('kube-controller-manager');
  await launch('kube-scheduler');
  await launch('kube-proxy');
  await launch('coredns');
  const archive = await makePauseArchive(layout, binaries.pause);
  await ready(layout, 'containerd', () => importImage(holder, binaries.ctr, archive));
  await launch('kubelet');
  const node = ['wait', '--for=condition=Ready', `node/${layout.nodeName}`, '--timeout=5s'];
  await ready(layout, 'kubelet', () => setupKubectl(layout, kubectl, node));
  await dnsReady(facts);
  // Pods of the namespace `default` are refused until the controller manager has made their account.
  const account = ['get', 'serviceaccount', 'default', '--namespace=default'];
  await ready(layout, 'kube-controller-manager', () => setupKubectl(layout, kubectl, account));
}

async function create(layout: Layout): Promise<Cluster> {
  await ensurePackages(debianPackages);
  const binaries = await ensureBinaries(programs);
  mkdirSync(layout.directory, { recursive: true });
  requireVisible(layout.directory, 'XDG_STATE_HOME');
  requireVisible(cacheDirectory(), 'XDG_CACHE_HOME');
  const began = Date.now();
  say(`starting the local cluster ${layout.name} …`);
  const { holder, addresses } = await openNamespace(layout);
  writeFileSync(layout.file('addresses.json'), JSON.stringify(addresses));
  const facts = { layout, addresses, gpuProduct };
  await makePki(layout, addresses);
  writeConfiguration(facts, cniPrograms);
  makeCgroups(layout);
  await during(`starting the local cluster ${layout.name}`, () => startPrograms(facts, holder, binaries));
  say(`the local cluster ${layout.name} is ready after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return cluster(facts, holder, binaries);
}

async function remove(layout: Layout): Promise<void> {
  for (const name of startOrder.toReversed()) await stop(layout, name, graceSeconds[name]);
  await closeNamespace(layout);
  await removeCgroups(layout);
  rmSync(layout.directory, { recursive: true, force: true });
}

export const local: Provider = {
  async up(name) {
    requireRootOnLinux();
    const layout = layoutOf(name);
    return withLock(`cluster/${layout.directory}`, async () => {
      const found = await findHealthy(layout);
      if (!found) await remove(layout);
      const result = found ?? (await create(layout));
      await applyObjects(layout, result.kubectl);
      await advertiseGpus(result.kubectl, kubeconfigOf(layout, 'setup'), layout.nodeName);
      return result;
    });
  },
  find: async (name) => findHealthy(layoutOf(name)),
  async down(name) {
    requireRootOnLinux();
    const layout = layoutOf(name);
    await withLock(`cluster/${layout.directory}`, () => remove(layout));
  },
};

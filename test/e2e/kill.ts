import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../hack/cluster/cluster.ts';
import { layoutOf } from '../../hack/cluster/local/layout.ts';
import { writes } from '../../hack/loop/audit.ts';
import { Kubectl } from '../../hack/loop/kubectl.ts';
import { namespaces } from '../../hack/loop/mark.ts';
import { checkLoop } from './loop.ts';
import type { Report } from './report.ts';
import type { Suite } from './suite.ts';

export const kill: Suite = {
  title: 'the loop, with the operator killed at 20 moments that --seed gives',
  images: ['workload'],
  installs: 'flyball',
  quick: 'none',
  play: async ({ cluster, report, seed }) => {
    const killer = killRepeatedly(cluster, seed);
    await report.part('The loop, with the operator killed', () => checkLoop(cluster, report));
    await report.part('The kills', async () => killer.stop(report));
  },
};

const wantKills = 20;
/** A leader lives between nothing and this long. */
const longestLife = 8_000;

/** Kills the leading operator by SIGKILL again and again, at moments that the seed gives, until 20 or until stopped. */
function killRepeatedly(cluster: Cluster, seed: number): { stop(report: Report): Promise<void> } {
  const kubectl = new Kubectl(cluster);
  let stopped = false;
  let kills = 0;
  const killing = (async () => {
    while (!stopped && kills < wantKills) {
      const pod = await leader(kubectl);
      await sleep(pod ? fraction(seed, kills) * longestLife : 500);
      const process = pod && operatorProcess(cluster.name, pod.uid);
      if (!pod || !process) continue;
      globalThis.process.kill(process, 'SIGKILL');
      kills++;
      console.log(`  killed ${pod.name} (${kills} of ${wantKills})`);
      // A new pod, since the kubelet would wait ever longer before it starts the killed one again.
      // Under a name of its own, so that it does not count as a person's write.
      const identity = ['--as', 'killer', '--as-group', 'system:masters'];
      const target = ['pod', pod.name, '--namespace', namespaces.operator];
      await kubectl.run(['delete', ...target, '--force', '--wait=false', ...identity]);
    }
  })();
  return {
    stop: async (report) => {
      stopped = true;
      await killing;
      report.record(`The operator was killed ${wantKills} times`, kills === wantKills, `${kills} kills, seed ${seed}`);
      await checkNothingDoubledOrLost(cluster, report);
    },
  };
}

async function checkNothingDoubledOrLost(cluster: Cluster, report: Report): Promise<void> {
  const all = writes(cluster.audit?.log ?? '');
  const of = (verb: string, resource: string) =>
    all.filter((request) => request.verb === verb && request.resource === resource && request.subresource === '');
  const made = of('create', 'modelversions').map(({ name }) => name);
  const jobs = await new Kubectl(cluster).list<{ metadata: { labels?: Record<string, string> } }>(
    'jobs',
    namespaces.loop,
  );
  const attempts = jobs.flatMap((job) => job.metadata.labels?.['flyball.dev/attempt'] ?? []);
  report.record('No attempt has a second Job', new Set(attempts).size === attempts.length, attempts.join(', '));
  report.record('No Job was deleted', of('delete', 'jobs').length === 0, '');
  report.record(
    'Each version was made once and none was deleted',
    of('delete', 'modelversions').length === 0,
    `${made.length} made`,
  );
}

/** The pod that holds the lease, if it runs. */
async function leader(kubectl: Kubectl): Promise<{ name: string; uid: string } | undefined> {
  const [lease] = await kubectl.list<{ spec?: { holderIdentity?: string } }>('leases', namespaces.operator);
  const pods = await kubectl.list<{ metadata: { name: string; uid: string } }>('pods', namespaces.operator);
  return pods.map(({ metadata }) => metadata).find(({ name }) => lease?.spec?.holderIdentity?.startsWith(name));
}

/** The operator's process in a pod, found by the pod's control group. */
function operatorProcess(clusterName: string, podUID: string): number | undefined {
  const { cgroup } = layoutOf(clusterName);
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .find((pid) => {
      try {
        const group = readFileSync(`/proc/${pid}/cgroup`, 'utf8');
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return group.includes(cgroup) && group.includes(podUID) && command.includes('flyball.mjs');
      } catch {
        return false;
      }
    });
}

/** The same number between 0 and 1 for the same seed and position. */
function fraction(seed: number, position: number): number {
  return createHash('sha256').update(`${seed}/${position}`).digest().readUInt32BE(0) / 2 ** 32;
}

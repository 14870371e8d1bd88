/**
 * Each cluster lives in a network, mount and process namespace of its own, which one process, the holder, keeps alive
 * as their first process. Its end ends every process of the cluster, and with the last of them go the mounts, the
 * interfaces, the routes and the iptables chains: the kernel forgets what a crash would make a script forget.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { run, waitFor } from '../command.ts';
import { addressesOf, bridgeAddress, chooseSlot } from './layout.ts';
import type { Addresses, Layout } from './layout.ts';
import { withLock } from './lock.ts';
import { isRunning, recordOf, start, startTimeOf, stop } from './processes.ts';
import type { ProcessRecord } from './processes.ts';

/** The recorded name of the process that keeps the namespaces alive. */
export const holderName = 'namespace';

/**
 * Programs keep state at fixed paths under these (shim sockets, CNI results, device plugins, links to logs), which two
 * clusters must not share and which must not stay behind.
 */
export const privateDirectories: readonly string[] = ['/run', '/var/run', '/var/log', '/var/lib'];

// The first process of a process namespace must collect orphans that ended, which the shell does while it waits.
const holderScript = `
set -e
mount --make-rshared /
for directory in /run /var/log /var/lib; do mount -t tmpfs -o mode=755 tmpfs $directory; done
while :; do sleep 86400 & wait; done
`;

/** Prefixes a command so that it runs in the cluster's namespaces. */
export function inside(holder: ProcessRecord, command: readonly string[]): readonly string[] {
  return ['nsenter', `--target=${holder.pid}`, '--net', '--mount', '--pid', '--', ...command];
}

/** Runs a command in the cluster's namespaces to its end; see `run`. */
export async function runInside(
  holder: ProcessRecord,
  command: readonly string[],
  options: Parameters<typeof run>[2] = {},
): Promise<string> {
  const [program = '', ...args] = inside(holder, command);
  return run(program, args, options);
}

/** The holder of a cluster's namespaces, when it runs. */
export function holderOf(layout: Layout): ProcessRecord | undefined {
  const holder = recordOf(layout, holderName);
  return holder && isRunning(holder) ? holder : undefined;
}

interface HostAddress {
  readonly addr_info?: readonly { readonly local?: string }[];
}

interface HostRoute {
  readonly dst?: string;
}

async function takenOnHost(): Promise<(addresses: Addresses) => boolean> {
  const interfaces = JSON.parse(await run('ip', ['-json', 'address'])) as readonly HostAddress[];
  const routes = JSON.parse(await run('ip', ['-json', 'route'])) as readonly HostRoute[];
  const local = interfaces.flatMap((entry) => entry.addr_info ?? []).map((info) => info.local);
  const destinations = routes.map((route) => route.dst);
  return (addresses) => local.includes(addresses.host) || destinations.includes(addresses.serviceRange);
}

async function connect(layout: Layout, holder: ProcessRecord, addresses: Addresses): Promise<void> {
  const { hostInterface } = layout;
  const pair = ['link', 'add', hostInterface, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', `${holder.pid}`];
  await run('ip', pair);
  await run('ip', ['address', 'add', `${addresses.host}/30`, 'dev', hostInterface]);
  await run('ip', ['link', 'set', hostInterface, 'up']);
  await run('ip', ['route', 'add', addresses.serviceRange, 'via', addresses.node]);
  // The bridge gets a fixed hardware address, or it would take another with each pod and the pods' ARP would be stale.
  const script = `
    set -e
    ip link set lo up
    ip address add ${addresses.node}/30 dev eth0
    ip link set eth0 up
    ip route add default via ${addresses.host}
    ip link add cni0 address 0a:58:0a:58:00:01 type bridge
    ip address add ${bridgeAddress}/24 dev cni0
    ip link set cni0 up
    echo 1 > /proc/sys/net/ipv4/ip_forward
    if [ -e /proc/sys/net/bridge ]; then echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables; fi
  `;
  await runInside(holder, ['sh', '-c', script]);
}

/** Makes the namespaces, connects them to the host and returns their holder and the cluster's addresses. */
export async function openNamespace(layout: Layout): Promise<{ holder: ProcessRecord; addresses: Addresses }> {
  const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const holder = await start(layout, holderName, [
    'unshare',
    ...namespaces,
    'sh',
    '-c',
    holderScript,
    layout.directory,
  ]);
  await waitFor('the private directories', 10, async () => {
    const mounts = await runInside(holder, ['cat', '/proc/mounts']);
    return mounts.includes(' /var/lib tmpfs ');
  });
  return withLock('addresses', async () => {
    const addresses = addressesOf(chooseSlot(layout.name, await takenOnHost()));
    await connect(layout, holder, addresses);
    return { holder, addresses };
  });
}

/** Holders that were started but not recorded, because the script was killed in between or its records were deleted. */
function unrecordedHolders(layout: Layout): readonly number[] {
  const marks = [holderScript, layout.directory];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(-3, -1);
        return words.join('\0') === marks.join('\0');
      } catch {
        // It ended while we looked.
        return false;
      }
    })
    .map(Number);
}

/** Ends every process of the cluster that still runs and waits until its interface is gone from the host. */
export async function closeNamespace(layout: Layout): Promise<void> {
  await stop(layout, holderName, 0);
  const unrecorded = unrecordedHolders(layout);
  for (const pid of unrecorded) process.kill(pid, 'SIGKILL');
  await waitFor('the namespaces to end', 30, () => unrecorded.every((pid) => startTimeOf(pid) === undefined));
  const device = `/sys/class/net/${layout.hostInterface}`;
  if (existsSync(device)) await run('ip', ['link', 'delete', layout.hostInterface]).catch(() => undefined);
  await waitFor(`the interface ${layout.hostInterface} to be gone`, 30, () => !existsSync(device));
}

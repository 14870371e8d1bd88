import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { run } from '../../hack/cluster/command.ts';
import { layoutOf } from '../../hack/cluster/local/layout.ts';

/** What of a local cluster is still on this machine: processes, mounts, interfaces, network namespaces, cgroups, files. */
export async function leftovers(name: string): Promise<readonly string[]> {
  const layout = layoutOf(name);
  const networkNamespaces = existsSync('/var/run/netns') ? readdirSync('/var/run/netns') : [];
  const interfaces = await run('ip', ['-oneline', 'link']);
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const cgroups = readdirSync('/sys/fs/cgroup').map((controller) => `/sys/fs/cgroup/${controller}/${layout.cgroup}`);
  return [
    ...processesNaming(layout.directory),
    ...mounts.filter((mount) => mount.includes(`${layout.directory}/`)).map((mount) => `mount ${mount}`),
    ...interfaces.split('\n').filter((line) => line.includes(layout.hostInterface)),
    ...networkNamespaces.filter((namespace) => namespace.includes(layout.cgroup)).map((one) => `namespace ${one}`),
    ...[`/sys/fs/cgroup/${layout.cgroup}`, ...cgroups].filter((path) => existsSync(path)),
    ...[layout.directory].filter((path) => existsSync(path)),
  ];
}

function processesNaming(directory: string): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return command.includes(directory) ? [`process ${pid} ${command}`] : [];
      } catch {
        return [];
      }
    });
}

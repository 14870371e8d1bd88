/** The cgroup below which a cluster's pods run, in each hierarchy of the machine (one in version 2, many in 1). */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../command.ts';
import type { Layout } from './layout.ts';

const controllersOfV2 = ['cpuset', 'cpu', 'io', 'memory', 'pids'];

function hierarchies(): readonly string[] {
  const mounts = readFileSync('/proc/mounts', 'utf8').trim().split('\n');
  const fields = mounts.map((line) => line.split(' '));
  return fields.filter(([, , type]) => type === 'cgroup' || type === 'cgroup2').map(([, path]) => path ?? '');
}

/** Version 1's cpuset admits no process until it names processors and memory nodes. */
function inheritCpuset(root: string, path: string): void {
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    if (existsSync(join(root, file))) writeFileSync(join(path, file), readFileSync(join(root, file)));
  }
}

function enableControllers(root: string): void {
  const control = join(root, 'cgroup.subtree_control');
  if (!existsSync(control)) return;
  const available = readFileSync(join(root, 'cgroup.controllers'), 'utf8').trim().split(' ');
  for (const controller of controllersOfV2.filter((name) => available.includes(name))) {
    writeFileSync(control, `+${controller}`);
  }
}

export function makeCgroups(layout: Layout): void {
  for (const root of hierarchies()) {
    const path = join(root, layout.cgroup);
    enableControllers(root);
    mkdirSync(path, { recursive: true });
    if (existsSync(join(root, 'cpuset.cpus'))) inheritCpuset(root, path);
  }
}

function removeTree(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(path, entry.name));
  }
  rmdirSync(path);
}

/** Removes the cluster's cgroups, whose processes must have ended; the kernel may need a moment to see that. */
export async function removeCgroups(layout: Layout): Promise<void> {
  for (const path of hierarchies().map((root) => join(root, layout.cgroup))) {
    await waitFor(`the cgroup ${path} to be removed`, 10, () => {
      if (existsSync(path)) removeTree(path);
      return true;
    });
  }
}

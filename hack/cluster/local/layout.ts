import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where everything of one local cluster lies. Nothing of it is written elsewhere on the machine's disk. */
export interface Layout {
  readonly name: string;
  readonly directory: string;
  readonly kubeconfig: string;
  readonly auditLog: string;
  readonly nodeName: string;
  /** Relative to each cgroup hierarchy's root. */
  readonly cgroup: string;
  /** The host's end of the veth pair. */
  readonly hostInterface: string;
  file(...parts: string[]): string;
}

/** The folder that holds the local clusters' folders. */
export function clustersDirectory(): string {
  const state = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state');
  return join(state, 'flyball', 'clusters');
}

export function layoutOf(name: string): Layout {
  const directory = join(clustersDirectory(), name);
  const short = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return {
    name,
    directory,
    kubeconfig: join(directory, 'kubeconfig'),
    auditLog: join(directory, 'audit.log'),
    nodeName: `${name}-node`,
    cgroup: `flyball-${name}`,
    // An interface's name has at most 15 characters.
    hostInterface: `fb-${short}`,
    file: (...parts) => join(directory, ...parts),
  };
}

/** How many local clusters fit on one machine: each takes one slot of the address ranges below. */
export const slots = 256;

/** The addresses of a cluster. Those of the pods are the same in every cluster: the namespace hides them. */
export interface Addresses {
  /** The host's end of the /30 between host and namespace. */
  readonly host: string;
  /** The namespace's end: the node's address and the API server's. */
  readonly node: string;
  readonly serviceRange: string;
  /** The Service kubernetes.default's address, the first of the range. */
  readonly apiService: string;
}

/** The pods' range, and the bridge's address in it, which is also the cluster's DNS server. */
export const podRange = '10.88.0.0/16';
export const nodePodRange = '10.88.0.0/24';
export const bridgeAddress = '10.88.0.1';

/** The addresses of slot 0 to 255: a /30 of 10.89.0.0/22 and a /20 of 10.96.0.0/12. */
export function addressesOf(slot: number): Addresses {
  const pair = `10.89.${slot >> 6}`;
  const first = (slot & 63) * 4;
  const services = `10.${96 + (slot >> 4)}.${(slot & 15) * 16}`;
  return {
    host: `${pair}.${first + 1}`,
    node: `${pair}.${first + 2}`,
    serviceRange: `${services}.0/20`,
    apiService: `${services}.1`,
  };
}

/** The first slot that is free, tried from one that the name gives, so that a cluster tends to keep its addresses. */
export function chooseSlot(name: string, isTaken: (addresses: Addresses) => boolean): number {
  const start = createHash('sha256').update(name).digest().readUInt8(0);
  for (let step = 0; step < slots; step++) {
    const slot = (start + step) % slots;
    if (!isTaken(addressesOf(slot))) return slot;
  }
  throw new Error(`all ${slots} address ranges for local clusters are taken: remove a cluster with cli.ts down.`);
}

/** The providers that there are, and clusters by their names. */
import { spawnSync } from 'node:child_process';
import type { Cluster, Provider, ProviderName } from './cluster.ts';
import { current } from './current.ts';
import { kind } from './kind.ts';
import { local } from './local/provider.ts';

export const providers = { kind, local, current } as const satisfies Record<ProviderName, Provider>;

/** `kind` where Docker answers, else `local`. */
export function defaultProvider(): ProviderName {
  return spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0 ? 'kind' : 'local';
}

/** What names a cluster. */
export interface ClusterSelector {
  readonly provider?: ProviderName;
  readonly name?: string;
}

function selected(selector: ClusterSelector): { provider: Provider; providerName: ProviderName; name: string } {
  const providerName = selector.provider ?? defaultProvider();
  const name = selector.name ?? 'flyball';
  // The name becomes part of paths, of a node's name and of a cgroup's.
  if (!/^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/.test(name)) {
    throw new Error(
      `cluster name "${name}": use at most 30 lower-case letters, digits and hyphens, starting with a letter.`,
    );
  }
  return { provider: providers[providerName], providerName, name };
}

/** Starts a cluster, or returns it when it is up. The provider defaults to `defaultProvider()`, the name to flyball. */
export async function up(selector: ClusterSelector = {}): Promise<Cluster> {
  const { provider, name } = selected(selector);
  return provider.up(name);
}

/** Returns a cluster that is up. Throws with the command that starts it when it is not. */
export async function find(selector: ClusterSelector = {}): Promise<Cluster> {
  const { provider, providerName, name } = selected(selector);
  const cluster = await provider.find(name);
  if (cluster) return cluster;
  throw new Error(
    `the ${providerName} cluster "${name}" is not up: ` +
      `start it with node hack/cluster/cli.ts up --provider ${providerName} --name ${name}`,
  );
}

/** Removes a cluster, also one that is only half there. */
export async function down(selector: ClusterSelector = {}): Promise<void> {
  const { provider, name } = selected(selector);
  await provider.down(name);
}

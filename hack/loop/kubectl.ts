import type { Cluster } from '../cluster/cluster.ts';
import { run } from '../cluster/command.ts';

/** kubectl as a person would use it, against one cluster. */
export class Kubectl {
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** The output; throws kubectl's own words if it fails. */
  run(args: readonly string[], input?: string): Promise<string> {
    const options = input === undefined ? {} : { input };
    return run(this.#cluster.kubectl, ['--kubeconfig', this.#cluster.kubeconfig, ...args], options);
  }

  /** The objects of one or more kinds in a namespace. */
  async list<T>(plurals: string, namespace: string): Promise<readonly T[]> {
    const text = await this.run(['get', plurals, '--namespace', namespace, '--output', 'json']);
    return (JSON.parse(text) as { items: T[] }).items;
  }

  /** What applying a folder again would change on the server; empty if nothing. */
  async diff(kustomization: string): Promise<string> {
    try {
      return await this.run(['diff', '--server-side', '--kustomize', kustomization]);
    } catch (difference) {
      return difference instanceof Error ? difference.message : String(difference);
    }
  }
}

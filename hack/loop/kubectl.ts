import type { Cluster } from '../cluster/cluster.ts';
import { run } from '../cluster/command.ts';
import type { Metadata, Standing } from './mark.ts';

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

  /** The metadata of what `kubectl get` lists, by kinds or by a file, and nothing else of it; what is not there is left out. */
  async metadata(args: readonly string[], input?: string): Promise<readonly Standing[]> {
    const each = '{.apiVersion}{"\\t"}{.kind}{"\\t"}{.metadata}{"\\n"}';
    const format = `--output=jsonpath={range .items[*]}${each}{end}`;
    const text = await this.run(['get', ...args, '--ignore-not-found', '--show-managed-fields', format], input);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [apiVersion = '', kind = '', ...metadata] = line.split('\t');
        return { apiVersion, kind, metadata: JSON.parse(metadata.join('\t')) as Metadata };
      });
  }

  /** What applying a folder again would change on the server; empty if nothing. */
  async diff(kustomization: string, options: readonly string[] = []): Promise<string> {
    try {
      return await this.run(['diff', '--server-side', ...options, '--kustomize', kustomization]);
    } catch (difference) {
      return difference instanceof Error ? difference.message : String(difference);
    }
  }
}

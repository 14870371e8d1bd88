import { run } from '../../../hack/cluster/command.ts';
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';

/** A chart, and the values without which its pods would run other images than those on the nodes. */
export interface Packaged {
  readonly chart: string;
  readonly images: readonly string[];
}

/** What people do with one release by Helm's own command line. */
export class Release {
  readonly name: string;
  readonly namespace: string;
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, name = 'flyball', namespace = 'flyball-system') {
    this.#cluster = cluster;
    this.name = name;
    this.namespace = namespace;
  }

  install({ chart, images }: Packaged, ...options: readonly string[]): Promise<string> {
    return this.#helm('install', this.name, chart, '--create-namespace', ...waits, ...images, ...options);
  }

  upgrade({ chart, images }: Packaged, ...options: readonly string[]): Promise<string> {
    return this.#helm('upgrade', this.name, chart, ...waits, ...images, ...options);
  }

  rollback(revision: number): Promise<string> {
    return this.#helm('rollback', this.name, String(revision), ...waits);
  }

  uninstall(): Promise<string> {
    return this.#helm('uninstall', this.name, ...waits);
  }

  test(): Promise<string> {
    return this.#helm('test', this.name, '--timeout', '2m');
  }

  /** The objects that bear its name, in all namespaces. */
  async objects(): Promise<readonly string[]> {
    const selector = `app.kubernetes.io/managed-by=Helm,app.kubernetes.io/instance=${this.name}`;
    const query = ['get', kinds, '--all-namespaces', '--selector', selector, '--output', 'name'];
    return (await new Kubectl(this.#cluster).run(query)).split('\n').filter((name) => name !== '');
  }

  #helm(...args: readonly string[]): Promise<string> {
    const place = ['--namespace', this.namespace, '--kubeconfig', this.#cluster.kubeconfig];
    return run(this.#cluster.helm, [...args, ...place]);
  }
}

/** What the chart has objects of, but for kinds of other projects. */
const kinds = [
  'deployments,replicasets,pods,services,serviceaccounts,configmaps,networkpolicies,poddisruptionbudgets,roles,rolebindings',
  'clusterroles,clusterrolebindings,validatingadmissionpolicies,validatingadmissionpolicybindings,flowschemas,customresourcedefinitions',
].join(',');

const waits = ['--wait', '--timeout', '3m'];

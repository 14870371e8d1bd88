/** What Argo CD keeps as a folder of Git has it, and what it says of that. */
import { stringify } from 'yaml';
import { waitFor } from '../../../hack/cluster/command.ts';
import type { ArgoCD } from './argocd.ts';
import type { Repository } from './repository.ts';

const namespace = 'argocd';

interface Managed {
  readonly kind: string;
  readonly name: string;
  readonly status: string;
  readonly health?: { readonly status: string };
}

interface Status {
  readonly sync?: { readonly status: string; readonly revision?: string };
  readonly health?: { readonly status: string };
  readonly resources?: readonly Managed[];
  readonly conditions?: readonly { readonly type: string; readonly message: string }[];
}

/** What Argo CD says at one moment. */
export interface Told {
  readonly sync: string;
  readonly revision: string;
  readonly health: string;
  readonly differing: readonly string[];
  /** Of the first object of a kind. */
  healthOf(kind: string): string;
  readonly conditions: readonly string[];
}

export class Application {
  readonly name: string;
  readonly #argocd: ArgoCD;

  constructor(argocd: ArgoCD, name: string) {
    this.#argocd = argocd;
    this.name = name;
  }

  /** Has Argo CD keep a folder by itself, what people change included. */
  async create(repository: Repository, path: string, spec: object = {}): Promise<void> {
    const application = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: this.name, namespace },
      spec: {
        project: 'default',
        destination: { server: 'https://kubernetes.default.svc' },
        source: { repoURL: repository.url, path, targetRevision: 'main' },
        syncPolicy: { automated: { selfHeal: true, prune: true }, syncOptions: ['ServerSideApply=true'] },
        ...spec,
      },
    };
    await this.#argocd.kubectl.run(['apply', '--server-side', '--filename', '-'], stringify(application));
  }

  async told(): Promise<Told> {
    const args = ['get', 'applications.argoproj.io', this.name, '--namespace', namespace, '--output', 'json'];
    const { status = {} } = JSON.parse(await this.#argocd.kubectl.run(args)) as { readonly status?: Status };
    const { sync, health, resources = [], conditions = [] } = status;
    return {
      sync: sync?.status ?? 'Unknown',
      revision: sync?.revision ?? '',
      health: health?.status ?? 'Unknown',
      differing: resources.filter((one) => one.status !== 'Synced').map((one) => `${one.kind} ${one.name}`),
      healthOf: (kind) => resources.find((one) => one.kind === kind)?.health?.status ?? 'Missing',
      conditions: conditions.map(({ type, message }) => `${type}: ${message}`),
    };
  }

  /** Waits until it has applied a commit. */
  async synced(revision: string): Promise<void> {
    await this.#refresh();
    await waitFor(`the commit ${revision.slice(0, 8)} in ${this.name}`, 90, async () => {
      const { conditions, ...told } = await this.told();
      if (conditions.length > 0) throw new Error(conditions.join('; '));
      return told.revision === revision && told.sync === 'Synced';
    });
  }

  /** Asks Argo CD to look at Git at once, as a webhook does. */
  async #refresh(): Promise<void> {
    const annotation = 'argocd.argoproj.io/refresh=normal';
    const args = ['annotate', 'applications.argoproj.io', this.name, annotation, '--overwrite', '--namespace'];
    await this.#argocd.kubectl.run([...args, namespace]);
  }

  /** Takes it away, and leaves the objects. */
  async remove(): Promise<void> {
    await this.#argocd.kubectl.run(['delete', 'applications.argoproj.io', this.name, '--namespace', namespace]);
  }
}

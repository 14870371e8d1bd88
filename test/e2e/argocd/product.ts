/** The quickstart in Git, as people edit it, and in the cluster, as it comes to be. */
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { waitFor } from '../../../hack/cluster/command.ts';
import { manifests } from '../../../hack/loop/install.ts';
import { namespaces } from '../../../hack/loop/mark.ts';
import { look, type LoopState } from '../../../hack/loop/state.ts';
import { Application } from './application.ts';
import type { ArgoCD } from './argocd.ts';
import { Repository } from './repository.ts';
import { Vigil } from './vigil.ts';

type Spec = Readonly<Record<string, unknown>>;
interface Manifest {
  readonly kind: string;
  readonly spec: Spec;
}

const folder = 'biopsy';
/** Seconds: a training, and a rollout, on a machine that has much else to do. */
const patience = 240;

export class Product {
  readonly application: Application;
  readonly vigil: Vigil;
  readonly repository: Repository;
  readonly #argo: ArgoCD;
  #manifests: readonly Manifest[] = [];
  #commits = 0;
  #revision = '';

  constructor(argo: ArgoCD) {
    this.#argo = argo;
    this.application = new Application(argo, folder);
    this.repository = new Repository(join(argo.folder, 'product'));
    this.vigil = new Vigil(argo.cluster, folder);
  }

  get commits(): number {
    return this.#commits;
  }

  /** Commits the fast form of the quickstart, and has Argo CD keep it. */
  async begin(): Promise<void> {
    const rendered = await this.#argo.kubectl.run(['kustomize', manifests('fast')]);
    this.#manifests = parseAllDocuments(rendered).map((document) => document.toJS() as Manifest);
    await this.repository.make();
    await this.vigil.during(async () => {
      await this.#commit('The quickstart');
      await this.keep();
    });
  }

  /** Has Argo CD keep what is in Git, by itself and as `spec` says. */
  async keep(spec: object = {}): Promise<void> {
    await this.application.create(this.repository, folder, spec);
    await this.application.synced(this.#revision);
  }

  /** Commits an edit of the spec of a kind, and waits until Argo CD has applied it. */
  async commit(message: string, kind: string, change: (spec: Spec) => Spec): Promise<void> {
    this.#manifests = this.#manifests.map((one) => (one.kind === kind ? { ...one, spec: change(one.spec) } : one));
    await this.vigil.during(async () => {
      await this.#commit(message);
      await this.application.synced(this.#revision);
    });
  }

  /** Has the rollout steered by people's fields as Git says. */
  async steer(message: string, fields: Spec): Promise<void> {
    await this.commit(message, 'ModelDeployment', (spec) => ({
      ...spec,
      rollout: { ...(spec['rollout'] as Spec), ...fields },
    }));
  }

  act(kind: string, action: string): Promise<void> {
    return this.#argo.act(folder, kind, action);
  }

  state(): Promise<LoopState> {
    return look(this.#argo.kubectl, namespaces.loop);
  }

  until<T>(what: string, satisfied: (state: LoopState) => T | undefined | false): Promise<T> {
    return waitFor(what, patience, async () => satisfied(await this.state()));
  }

  async #commit(message: string): Promise<void> {
    this.#commits += 1;
    const text = this.#manifests.map((one) => stringify(one)).join('---\n');
    this.#revision = await this.repository.commit(message, { [`${folder}/all.yaml`]: text });
  }
}

import { ensureBinaries } from '../../../hack/cluster/binaries.ts';
import { applied, collection } from '../apply.ts';
import { release, renderChart } from '../chart.ts';
import { type Answer, type Environment, startEnvironment, type User } from '../environment.ts';
import { eventually } from '../program.ts';

export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

export interface Sent {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: object;
  readonly spec?: object;
}

/** Who sends a request: a user of the environment, or a user name that the administrator impersonates. */
export type Sender = 'admin' | 'operator' | 'author' | { readonly as: string };

const rbac = 'rbac.authorization.k8s.io';

/** By what may be asked for without effect, one knows that rights have arrived. */
const told: Rule = { apiGroups: [''], resources: ['configmaps'], verbs: ['list'] };

/** An API server with the chart's policies and rights, and the controllers that a test asks for. No operator runs. */
export class GuardedCluster {
  readonly environment: Environment;
  #namespaces = 0;

  private constructor(environment: Environment) {
    this.environment = environment;
  }

  /** @param values of the chart, as in `helm --set`. */
  static async start(controllers: readonly string[] = [], values: readonly string[] = []): Promise<GuardedCluster> {
    const { helm } = await ensureBinaries(['helm']);
    const cluster = new GuardedCluster(await startEnvironment(controllers.length > 0 ? { controllers } : {}));
    try {
      await cluster.#install(helm, values);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  async stop(): Promise<void> {
    await this.environment.stop();
  }

  /** A namespace in which the user `author` may do what `rules` say. */
  async namespaceWith(...rules: readonly Rule[]): Promise<string> {
    const namespace = await this.#namespace();
    const metadata = { name: 'author', namespace };
    await this.apply({ apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules: [...rules, told] });
    await this.#bind(namespace, { kind: 'Role', name: 'author' }, '/api/v1', 'configmaps');
    return namespace;
  }

  /**
   * A namespace in which the user `author` has a role that each cluster has, such as `edit`, with what the chart adds to it. Needs
   * the clusterrole-aggregation-controller.
   */
  async namespaceWithRole(name: string): Promise<string> {
    const namespace = await this.#namespace();
    await this.#bind(namespace, { kind: 'ClusterRole', name }, '/apis/flyball.dev/v1alpha1', 'trainingruns');
    return namespace;
  }

  async #namespace(): Promise<string> {
    this.#namespaces += 1;
    const name = `team-${this.#namespaces}`;
    await this.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    return name;
  }

  /** Gives the author a role, and waits until it lets him list something. */
  async #bind(
    namespace: string,
    role: { readonly kind: string; readonly name: string },
    ...[root, listed]: readonly string[]
  ) {
    await this.apply({
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'author', namespace },
      roleRef: { apiGroup: rbac, ...role },
      subjects: [{ apiGroup: rbac, kind: 'User', name: 'author' }],
    });
    const may = async () => {
      const path = `${root}/namespaces/${namespace}/${listed}`;
      return (await this.environment.request('GET', path, { user: 'author' })).status === 200;
    };
    if (!(await eventually(may, { limitMs: 10_000 }))) throw new Error('the rights do not take effect');
  }

  /** Lets a user name do everything that RBAC can allow. */
  async allow(name: string): Promise<void> {
    await this.apply({
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: name.replaceAll(':', '.') },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ apiGroup: rbac, kind: 'User', name }],
    });
    const path = '/api/v1/nodes';
    const may = async () => (await this.environment.request('GET', path, { as: name })).status === 200;
    if (!(await eventually(may, { limitMs: 10_000 }))) throw new Error('the rights do not take effect');
  }

  async create(namespace: string, object: Sent, sender: Sender, query = ''): Promise<Answer> {
    const path = `${await collection(this.environment, object, namespace)}${query}`;
    return this.environment.request('POST', path, { ...asSender(sender), body: object });
  }

  /** @throws if the API server refuses it. */
  async made(
    namespace: string,
    object: Sent,
    sender: Sender,
  ): Promise<Sent & { metadata: { name: string; uid: string } }> {
    const { status, body } = await this.create(namespace, object, sender);
    if (status !== 201) throw new Error(`${object.kind} is refused: ${JSON.stringify(body)}`);
    return body as Sent & { metadata: { name: string; uid: string } };
  }

  async path(namespace: string, object: Sent): Promise<string> {
    const { name } = object.metadata as { readonly name: string };
    return `${await collection(this.environment, object, namespace)}/${name}`;
  }

  /** A JSON merge patch of an object, or of a subresource such as `/status`. */
  async patch(namespace: string, object: Sent, body: object, sender: Sender, subresource = ''): Promise<Answer> {
    const path = `${await this.path(namespace, object)}${subresource}`;
    const contentType = 'application/merge-patch+json';
    return this.environment.request('PATCH', path, { ...asSender(sender), body, contentType });
  }

  async list<T>(kind: Pick<Sent, 'apiVersion' | 'kind'>, namespace: string): Promise<readonly T[]> {
    const { body } = await this.environment.request('GET', await collection(this.environment, kind, namespace));
    return (body as { items: T[] }).items.map((item) => ({ apiVersion: kind.apiVersion, kind: kind.kind, ...item }));
  }

  async apply(object: Parameters<typeof applied>[1] & Readonly<Record<string, unknown>>): Promise<void> {
    const { status, body } = await applied(this.environment, object);
    if (status >= 300) throw new Error(`${object.kind} ${object.metadata.name} is refused: ${JSON.stringify(body)}`);
  }

  async #install(helm: string, values: readonly string[]): Promise<void> {
    const wanted = /^ClusterRole(Binding)?$|^ValidatingAdmissionPolicy/;
    const objects = renderChart(helm, values).filter(({ kind }) => wanted.test(kind));
    await this.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: release.namespace } });
    for (const object of objects) await this.apply(object);
    for (const object of probe) await this.apply(object);
    if (!(await eventually(() => this.#isInEffect(), { limitMs: 30_000 }))) {
      throw new Error('the admission policies do not take effect');
    }
  }

  /** The API server takes all policies up at once, so that those that came first are in effect with the last one. */
  async #isInEffect(): Promise<boolean> {
    const probed: Sent = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'probe' } };
    const path = '/apis/flyball.dev/v1alpha1/trainingruns';
    const answers = [
      await this.create('default', probed, 'admin', '?dryRun=All'),
      await this.environment.request('GET', path, { user: 'operator' }),
    ];
    return answers[0]?.status === 422 && answers[1]?.status === 200;
  }
}

const admission = 'admissionregistration.k8s.io/v1';
const probe = [
  {
    apiVersion: admission,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'probe' },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE'] }],
      },
      validations: [{ expression: "object.metadata.name != 'probe'" }],
    },
  },
  {
    apiVersion: admission,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'probe' },
    spec: { policyName: 'probe', validationActions: ['Deny'] },
  },
];

function asSender(sender: Sender): { readonly user: User; readonly as?: string } {
  return typeof sender === 'string' ? { user: sender } : { user: 'admin', as: sender.as };
}

import { ensureBinaries } from '../../../hack/cluster/binaries.ts';
import type { Condition } from '../../../src/api/condition.ts';
import { trainingRuns } from '../../../src/api/kinds.ts';
import { type Key, keyOf, type Kind, type Resource } from '../../../src/api/resource.ts';
import { applied } from '../apply.ts';
import { release, renderChart } from '../chart.ts';
import { type Answer, type Environment, startEnvironment } from '../environment.ts';
import { eventually } from '../program.ts';
import { Kubelet } from './kubelet.ts';

const controllers = [
  'job-controller',
  'deployment-controller',
  'replicaset-controller',
  'garbage-collector-controller',
];

/** Generous: the machine may be busy with other things. */
const limitMs = 60_000;

interface WithStatus extends Resource {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/**
 * A cluster without nodes: real API server and controllers, the chart's rights for the operator, and a kubelet that plays what
 * tests tell it.
 */
export class Cluster {
  readonly environment: Environment;
  readonly kubelet: Kubelet;
  #namespaces = 0;

  private constructor(environment: Environment) {
    this.environment = environment;
    this.kubelet = new Kubelet(environment);
  }

  /**
   * @param watched the only namespaces that the operator is installed for; they are made.
   * @param values of the chart, as in `helm --set`.
   * @param flags more of them, of kube-apiserver.
   */
  static async start(
    watched: readonly string[] = [],
    values: readonly string[] = [],
    flags: readonly string[] = [],
  ): Promise<Cluster> {
    const { helm } = await ensureBinaries(['helm']);
    const apiServerFlags = ['--enable-admission-plugins=OwnerReferencesPermissionEnforcement', ...flags];
    const environment = await startEnvironment({ controllers, apiServerFlags });
    const cluster = new Cluster(environment);
    try {
      await cluster.#install(helm, watched, values);
    } catch (error) {
      await environment.stop();
      throw error;
    }
    cluster.kubelet.start();
    return cluster;
  }

  async stop(): Promise<void> {
    this.kubelet.stop();
    await this.environment.stop();
  }

  /** A new namespace, so that tests do not see each other. Returns its name. */
  async namespace(): Promise<string> {
    this.#namespaces += 1;
    const name = `team-${this.#namespaces}`;
    await this.create({ apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' }, { metadata: { name } });
    return name;
  }

  /** @throws with the API server's words if it refuses. */
  async create<R extends Resource>(kind: Kind<R>, object: Partial<Resource>): Promise<R> {
    const { apiVersion, kind: name } = kind;
    const { status, body } = await this.post(kind, { ...object, apiVersion, kind: name });
    if (status !== 201) throw new Error(`${name} is refused: ${JSON.stringify(body)}`);
    return body as R;
  }

  /** Refuses unknown fields, as kubectl asks it to. */
  async post(kind: Kind, object: Partial<Resource>): Promise<Answer> {
    const path = pathOf(kind, object.metadata?.namespace);
    return await this.environment.request('POST', `${path}?fieldValidation=Strict`, { body: object });
  }

  async get<R extends Resource>(kind: Kind<R>, { namespace, name }: Key): Promise<R | undefined> {
    const { status, body } = await this.environment.request('GET', `${pathOf(kind, namespace)}/${name}`);
    return status === 200 ? (body as R) : undefined;
  }

  async list<R extends Resource>(kind: Kind<R>, namespace: string): Promise<readonly R[]> {
    const { body } = await this.environment.request('GET', pathOf(kind, namespace));
    return (body as { items: R[] }).items;
  }

  /** The names of all objects of a kind in a namespace, in order. */
  async names(kind: Kind, namespace: string): Promise<readonly string[]> {
    return (await this.list(kind, namespace)).map((object) => keyOf(object).name).toSorted();
  }

  /** A JSON merge patch, of the status if said so. */
  async patch(kind: Kind, { namespace, name }: Key, body: object, subresource = ''): Promise<void> {
    const contentType = 'application/merge-patch+json';
    const path = `${pathOf(kind, namespace)}/${name}${subresource}`;
    const answer = await this.environment.request('PATCH', path, { body, contentType });
    if (answer.status !== 200) throw new Error(`${kind.kind} is not patched: ${JSON.stringify(answer.body)}`);
  }

  async delete(kind: Kind, { namespace, name }: Key): Promise<void> {
    const path = `${pathOf(kind, namespace)}/${name}?propagationPolicy=Background`;
    await this.environment.request('DELETE', path);
  }

  /** Waits until an object is as wanted, and returns it. @throws with how it was last. */
  async until<R extends Resource>(kind: Kind<R>, key: Key, isWanted: (object: R) => boolean): Promise<R> {
    let last: (R & { status?: unknown }) | undefined;
    const probe = async () => {
      last = await this.get(kind, key).catch(() => undefined);
      return last !== undefined && isWanted(last);
    };
    if ((await eventually(probe, { limitMs, everyMs: 50 })) && last !== undefined) return last;
    throw new Error(`${kind.kind} ${key.name} does not become as wanted; it is ${inShort(last)}`);
  }

  /** Waits until a condition of an object has a reason, and returns the condition. */
  async condition(kind: Kind<WithStatus>, key: Key, type: string, reason: string): Promise<Condition> {
    const find = ({ status }: WithStatus) => status?.conditions?.find((condition) => condition.type === type);
    const object = await this.until(kind, key, (candidate) => find(candidate)?.reason === reason);
    return find(object) as Condition;
  }

  /** Waits until a namespace holds one object of a kind, and returns it. */
  async only<R extends Resource>(kind: Kind<R>, namespace: string): Promise<R> {
    let found: readonly R[] = [];
    const probe = async () => {
      found = await this.list(kind, namespace);
      return found.length === 1;
    };
    const isOne = await eventually(probe, { limitMs, everyMs: 50 });
    const [only] = found;
    if (isOne && only !== undefined) return only;
    throw new Error(`there are ${found.length} ${kind.plural} instead of one`);
  }

  /** Waits until a namespace holds exactly these objects of a kind. */
  async untilNames(kind: Kind, namespace: string, want: readonly string[]): Promise<void> {
    let last: readonly string[] = [];
    const probe = async () => {
      last = await this.names(kind, namespace).catch(() => []);
      return JSON.stringify(last) === JSON.stringify(want);
    };
    if (await eventually(probe, { limitMs, everyMs: 50 })) return;
    throw new Error(`there are ${kind.plural} ${JSON.stringify(last)} instead of ${JSON.stringify(want)}`);
  }

  /** Waits until a count has stayed the same for a second. */
  async quiet(count: () => number): Promise<void> {
    let last = count();
    let since = performance.now();
    const probe = async () => {
      const now = count();
      if (now !== last) since = performance.now();
      last = now;
      return performance.now() - since > 1_000;
    };
    if (!(await eventually(probe, { limitMs, everyMs: 100 }))) throw new Error(`the count goes on, it is ${last}`);
  }

  async #install(helm: string, watched: readonly string[], values: readonly string[]): Promise<void> {
    const wanted = /^(Cluster)?Role(Binding)?$|^ValidatingAdmissionPolicy/;
    const namespaces = [release.namespace, ...watched].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    }));
    // Helm takes {} for a list of one empty word.
    const rendered = renderChart(helm, [
      ...(watched.length === 0 ? [] : [`watchNamespaces={${watched.join()}}`]),
      ...values,
    ]);
    for (const object of [...namespaces, ...rendered.filter(({ kind }) => wanted.test(kind))]) {
      const { status, body } = await applied(this.environment, object);
      if (status >= 300) throw new Error(`the chart's ${object.kind} is refused: ${JSON.stringify(body)}`);
    }
    const path = pathOf(trainingRuns, watched[0]);
    const may = async () => (await this.environment.request('GET', path, { user: 'operator' })).status === 200;
    if (!(await eventually(may, { limitMs }))) throw new Error("the operator's rights do not take effect");
  }
}

function pathOf({ apiVersion, plural }: Kind, namespace?: string): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}${namespace === undefined || namespace === '' ? '' : `/namespaces/${namespace}`}/${plural}`;
}

/** What a failed test has to show of an object. */
function inShort(object: (Resource & { status?: unknown }) | undefined): string {
  return JSON.stringify({ status: object?.status, deleted: object?.metadata?.deletionTimestamp }, null, 2).slice(
    0,
    5_000,
  );
}

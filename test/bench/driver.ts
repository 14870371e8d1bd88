/** The people, the Job controller and the nodes of the benchmark, as a user whose requests are not counted. */
import { Pool } from 'undici';
import { type JobFacts, type Outcome, completeJobStatus, pod, succeededPodStatus, trainingRun } from './objects.ts';

interface Page<T> {
  readonly metadata: { readonly continue?: string };
  readonly items: readonly T[];
}

interface Labelled {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

interface JobObject extends Labelled {
  readonly spec: { readonly template: { readonly spec: object } };
}

export interface RunKey {
  readonly namespace: string;
  readonly name: string;
}

const runsPath = (namespace: string): string => `/apis/flyball.dev/v1alpha1/namespaces/${namespace}/trainingruns`;
const jobsPath = (namespace: string): string => `/apis/batch/v1/namespaces/${namespace}/jobs`;
const podsPath = (namespace: string): string => `/api/v1/namespaces/${namespace}/pods`;
const mergePatch = 'application/merge-patch+json';

/** How many of the driver's requests may be under way. */
export const driverConnections = 32;

export class Driver {
  readonly #pool: Pool;
  readonly #authorization: string;

  constructor(url: string, ca: string, token: string) {
    this.#pool = new Pool(url, { connect: { ca }, connections: driverConnections });
    this.#authorization = `Bearer ${token}`;
  }

  /** Creates a run and returns once the API server has it. */
  async createRun({ namespace, name }: RunKey): Promise<void> {
    await this.#send('POST', runsPath(namespace), trainingRun(namespace, name));
  }

  /** Lets the Job of a run complete: its pod appears, ends, and then the Job's status says so. */
  async complete(job: JobFacts, outcome: Outcome): Promise<void> {
    const now = `${new Date().toISOString().slice(0, 19)}Z`;
    const made = pod(job) as { readonly metadata: { readonly name: string } };
    await this.#send('POST', podsPath(job.namespace), made);
    const podStatus = `${podsPath(job.namespace)}/${made.metadata.name}/status`;
    await this.#send('PATCH', podStatus, succeededPodStatus(outcome, now), mergePatch);
    await this.#send('PATCH', `${jobsPath(job.namespace)}/${job.name}/status`, completeJobStatus(now), mergePatch);
  }

  /** All Jobs of all namespaces, by namespace and name. */
  async jobs(): Promise<ReadonlyMap<string, JobFacts>> {
    const found = new Map<string, JobFacts>();
    for await (const { metadata, spec } of this.#each<JobObject>('/apis/batch/v1/jobs')) {
      const { namespace, name, uid, labels = {} } = metadata;
      found.set(`${namespace}/${name}`, { namespace, name, uid, labels, podSpec: spec.template.spec });
    }
    return found;
  }

  /** All objects of a collection. */
  async all<T>(path: string): Promise<readonly T[]> {
    const found: T[] = [];
    for await (const object of this.#each<T>(path)) found.push(object);
    return found;
  }

  /** Any other write. */
  async write(method: 'POST' | 'PATCH', path: string, body: object): Promise<unknown> {
    return await this.#send(method, path, body, method === 'PATCH' ? mergePatch : 'application/json');
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  /** Holds one page at a time. */
  async *#each<T>(path: string): AsyncGenerator<T> {
    let next: string | undefined;
    do {
      const query = `limit=500${next === undefined ? '' : `&continue=${encodeURIComponent(next)}`}`;
      const page = (await this.#send('GET', `${path}?${query}`)) as Page<T>;
      yield* page.items;
      next = page.metadata.continue === '' ? undefined : page.metadata.continue;
    } while (next !== undefined);
  }

  async #send(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ): Promise<unknown> {
    const response = await this.#pool.request({
      method,
      path,
      headers: { authorization: this.#authorization, accept: 'application/json', 'content-type': contentType },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (response.statusCode < 300 && method === 'GET') return await response.body.json();
    if (response.statusCode < 300) return await response.body.dump();
    throw new Error(`${method} ${path}: ${response.statusCode} ${await response.body.text()}`);
  }
}

import { Agent, request } from 'undici';
import type { Kind } from '../../src/api/resource.ts';
import { pathOf } from '../faults/administrator.ts';
import type { Environment } from '../integration/environment.ts';
import type { Right } from './rights.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the API server answered to one request of a person. */
export interface Answered {
  readonly what: string;
  readonly status: number;
  readonly body: unknown;
  /** Its words, if it refused. */
  readonly message: string;
}

export interface Identity {
  readonly user: string;
  readonly groups?: readonly string[];
}

interface PatchOptions {
  readonly subresource?: string;
  readonly type?: 'merge' | 'json' | 'apply' | 'strategic';
  readonly query?: string;
}

const patchTypes = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
  strategic: 'application/strategic-merge-patch+json',
} as const;

/** Opens ways for people to the API server; the administrator acts as them. */
export class People {
  readonly #environment: Environment;
  readonly #agent: Agent;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.#agent = new Agent({ connect: { ca: environment.ca }, connections: 32 });
  }

  person(identity: Identity, namespace: string): Person {
    const headers = {
      authorization: `Bearer ${this.#environment.tokens.admin}`,
      'impersonate-user': identity.user,
      ...(identity.groups !== undefined && { 'impersonate-group': [...identity.groups] }),
    };
    const send = async (method: Method, path: string, body: object | undefined, contentType: string) => {
      const { statusCode, body: answer } = await request(`${this.#environment.url}${path}`, {
        method,
        dispatcher: this.#agent,
        headers: { ...headers, 'content-type': contentType },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(30_000),
      });
      return { status: statusCode, body: await answer.json() };
    };
    return new Person(send, namespace);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

type Send = (
  method: Method,
  path: string,
  body: object | undefined,
  contentType: string,
) => Promise<{ status: number; body: unknown }>;

/** Somebody who has what rights the roles of a namespace give. Remembers how each request was answered. */
export class Person {
  readonly answers: Answered[] = [];
  readonly #send: Send;
  readonly #namespace: string;

  constructor(send: Send, namespace: string) {
    this.#send = send;
    this.#namespace = namespace;
  }

  async create(kind: Kind, object: object): Promise<Answered> {
    const { apiVersion, kind: name, plural } = kind;
    const body = { ...object, apiVersion, kind: name };
    return this.#ask('POST', `${pathOf(kind, this.#namespace)}?fieldValidation=Strict`, `create ${plural}`, body);
  }

  /** A POST below an object, such as a pod's binding or eviction. */
  async post(kind: Kind, name: string, subresource: string, body: object): Promise<Answered> {
    const path = `${pathOf(kind, this.#namespace)}/${name}/${subresource}`;
    return this.#ask('POST', path, `create ${kind.plural}/${subresource}`, body);
  }

  async patch(kind: Kind, name: string, body: object, options: PatchOptions = {}): Promise<Answered> {
    const { subresource, type = 'merge', query } = options;
    const below = subresource === undefined ? '' : `/${subresource}`;
    const manager = type === 'apply' ? 'fieldManager=somebody&force=true' : '';
    const path = `${pathOf(kind, this.#namespace)}/${name}${below}?${[manager, query ?? ''].filter(Boolean).join('&')}`;
    const { apiVersion, kind: called } = kind;
    const whole = type === 'apply' ? { ...body, apiVersion, kind: called } : body;
    return this.#ask('PATCH', path, `patch ${kind.plural}${below}`, whole, patchTypes[type]);
  }

  /** Replaces an object as it is now, or puts one there. */
  async replace(kind: Kind, name: string, body: object): Promise<Answered> {
    return this.#ask('PUT', `${pathOf(kind, this.#namespace)}/${name}`, `update ${kind.plural}`, body);
  }

  async delete(kind: Kind, name: string, propagationPolicy = 'Background'): Promise<Answered> {
    const path = `${pathOf(kind, this.#namespace)}/${name}?propagationPolicy=${propagationPolicy}`;
    return this.#ask('DELETE', path, `delete ${kind.plural}`);
  }

  async read(kind: Kind, name: string): Promise<Answered> {
    return this.#ask('GET', `${pathOf(kind, this.#namespace)}/${name}`, `get ${kind.plural}`);
  }

  /** Whether the API server lets this person use a right; it does so a moment after a role says so. */
  async may({ apiGroup, resource, verb, name }: Right): Promise<boolean> {
    const [plural = '', subresource = ''] = resource.split('/');
    const resourceAttributes = {
      namespace: this.#namespace,
      verb,
      group: apiGroup,
      resource: plural,
      subresource,
      ...(name !== undefined && { name }),
    };
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const body = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    };
    const { body: review } = await this.#send('POST', path, body, 'application/json');
    return (review as { status?: { allowed?: boolean } }).status?.allowed === true;
  }

  async #ask(method: Method, path: string, what: string, body?: object, type = 'application/json'): Promise<Answered> {
    const { status, body: answer } = await this.#send(method, path, body, type);
    const message = status >= 400 ? ((answer as { message?: string }).message ?? '') : '';
    const answered = { what, status, body: answer, message };
    this.answers.push(answered);
    return answered;
  }
}

/** Evidence for the tests of the rules: a namespace in which a run `fraud` trains and a deployment `serve` serves. */
import type { IPod } from 'kubernetes-models/v1';
import { flyball } from '../descriptions/flyball.ts';
import type { Injection, Measurement, Request } from '../contract.ts';
import type { Change } from '../history.ts';
import type { Resource } from '../../../src/api/resource.ts';
import type { Evidence, Rule } from './evidence.ts';

const description = flyball('flyball.mjs');

export const { renewDeadline } = description.lease;

export interface Shape {
  readonly name?: string;
  readonly uid?: string;
  readonly version?: number;
  readonly owner?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly meta?: object;
  readonly spec?: object;
  readonly status?: object;
}

const kinds: Readonly<Record<string, string>> = {
  trainingruns: 'TrainingRun',
  modeldeployments: 'ModelDeployment',
  monitors: 'Monitor',
  modelversions: 'ModelVersion',
  jobs: 'Job',
  deployments: 'Deployment',
  services: 'Service',
  pods: 'Pod',
};

export function object(plural: string, shape: Shape = {}) {
  const { name = 'fraud', uid = `uid-${plural}-${name}`, version = 1, owner, labels, meta, spec, status } = shape;
  const owned = owner === undefined ? {} : { ownerReferences: [ownerReference(owner)] };
  const metadata = {
    name,
    namespace: 'team',
    uid,
    resourceVersion: String(version),
    generation: 1,
    labels,
    ...owned,
    ...meta,
  };
  return { apiVersion: 'v1', kind: kinds[plural] ?? plural, metadata, spec, status };
}

function ownerReference(uid: string) {
  return { apiVersion: 'flyball.dev/v1alpha1', kind: 'TrainingRun', name: 'fraud', uid, controller: true };
}

/** A state of an object; its versions and times follow one another if they are given in that order. */
export function change(plural: string, type: Change['type'], shape: Shape = {}): Change {
  return { at: shape.version ?? 1, type, plural, object: object(plural, shape) as Change['object'] };
}

export function request(method: string, path: string, fields: Partial<Request> = {}): Request {
  const name = '/apis/flyball.dev/v1alpha1/namespaces/team/';
  return {
    process: 1,
    at: 100,
    method,
    path: path.startsWith('/') ? path : `${name}${path}`,
    query: new URLSearchParams(),
    body: undefined,
    status: 200,
    answer: undefined,
    wasForwarded: true,
    wasAnswered: true,
    ...fields,
  };
}

export const lease = (at: number, fields: Partial<Request> = {}): Request =>
  request('PATCH', '/apis/coordination.k8s.io/v1/namespaces/team/leases/flyball-operator', { at, ...fields });

/** What a rule finds in such evidence. */
export function found(
  rules: readonly Rule[],
  given: {
    readonly changes?: readonly Change[];
    readonly requests?: readonly Request[];
    readonly measurements?: readonly Measurement[];
    readonly foreign?: readonly string[];
    readonly deleted?: readonly string[];
    readonly written?: readonly string[];
    readonly broken?: (pod: IPod) => boolean;
    readonly peakMemory?: number;
    readonly connections?: readonly number[];
    readonly injections?: readonly Injection[];
    /** By a forger. */
    readonly made?: readonly ReturnType<typeof object>[];
    readonly changed?: readonly ReturnType<typeof object>[];
  },
): readonly string[] {
  const evidence: Evidence = {
    description,
    namespace: 'team',
    injections: given.injections ?? [],
    changes: given.changes ?? [],
    requests: given.requests ?? [],
    measurements: given.measurements ?? [],
    deeds: {
      foreign: new Set(given.foreign),
      deleted: new Set(given.deleted),
      written: new Set(given.written),
      isBroken: given.broken ?? (() => false),
    },
    forged: { made: byUID(given.made), changed: byUID(given.changed), written: new Set() },
    refusedConnections: given.connections ?? [],
    peakMemory: given.peakMemory ?? 100,
  };
  return rules.flatMap((rule) => rule(evidence));
}

function byUID(objects: readonly ReturnType<typeof object>[] = []): ReadonlyMap<string, Resource> {
  return new Map(objects.map((one) => [one.metadata.uid, one as Resource]));
}

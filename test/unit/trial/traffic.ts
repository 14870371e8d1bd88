import { keyOf, type Kind, ownerReference, type Resource, uidOf } from '../../../src/api/resource.ts';
import { label, managedBy } from '../../../src/api/labels.ts';
import type { Action } from '../../../src/controller.ts';
import { watchOf } from '../../../src/kinds/modeldeployment/children.ts';
import { pods } from '../../../src/kinds/modeldeployment/traffic/pods.ts';
import type { DeploymentReason } from '../../../src/kinds/modeldeployment/status/reasons.ts';
import type { Split, Traffic, TrafficFacts } from '../../../src/kinds/modeldeployment/traffic/traffic.ts';

type Route = Resource & { readonly spec: { readonly weights: readonly (readonly [string, number])[] } };
const routes: Kind<Route> = { apiVersion: 'trial/v1', kind: 'Route', plural: 'routes' };

/** Divides requests exactly, by what a Route notes; what serves keeps its pods until another can carry the whole load. */
export const trial: Traffic = {
  ...pods,
  watches: [watchOf(routes, { optional: true })],
  counts: (weight, replicas) => ({ candidate: Math.ceil((replicas * weight) / 100), stable: replicas }),
  isSame: (weight, other) => weight === other,
  kept: (available, missing) => (missing > 0 ? available : 0),
  actions: (split, facts) => {
    const [key, route, spec] = [keyOf(facts.parent), routeOf(facts), { weights: weightsOf(split) }];
    const labels = { [label.managedBy]: managedBy, [label.modelDeployment]: key.name };
    const object = { ...routes, metadata: { ...key, labels, ownerReferences: [ownerReference(facts.parent)] }, spec };
    const create: Action = { type: 'Create', kind: routes, object };
    const shift = route ? ({ type: 'Patch', kind: routes, key, uid: uidOf(route), patch: { spec } } as const) : create;
    const isDue = facts.unserved.length === 0 && isReady(split) && !isNoted(split, facts);
    return { ...pods.actions(split, facts), beforeShrink: isDue ? [shift] : [] };
  },
  reached: (split, facts) => isReady(split) && isNoted(split, facts),
  entrance: (facts) => ({ ...pods.entrance(facts), ...(facts.unserved.length > 0 && { missing }) }),
  weight: ({ candidate }, facts) => new Map(routeOf(facts)?.spec.weights).get(candidate?.revision ?? '') ?? 0,
};

/** The reason stands for a line in status/reasons.ts. */
const missing = {
  reason: 'RoutesNotServed' as string as DeploymentReason,
  message: 'The cluster serves no Routes: install them.',
};
const routeOf = ({ trafficObjects }: TrafficFacts) => trafficObjects[0] as Route | undefined;
const isReady = ({ candidate, stable, counts }: Split) =>
  candidate === undefined ? (stable?.available ?? 0) >= counts.stable : candidate.available >= counts.candidate;
const isNoted = (split: Split, facts: TrafficFacts) =>
  JSON.stringify(routeOf(facts)?.spec.weights) === JSON.stringify(weightsOf(split));
const weightsOf = ({ candidate, stable, weight = stable ? 0 : 100 }: Split): Route['spec']['weights'] => [
  ...(weight < 100 ? ([[stable?.revision ?? '', 100 - weight]] as const) : []),
  ...(weight > 0 ? ([[candidate?.revision ?? '', weight]] as const) : []),
];

/** Rules about a pod that gets no node, by what the nodes are. */
import type { IPod } from 'kubernetes-models/v1';
import { kubectl } from '../../../api/command.ts';
import { keyOf } from '../../../api/resource.ts';
import { isUnfinished } from '../../../workload/podend.ts';
import type { Case, Rule } from '../case.ts';
import { edit } from '../commands.ts';
import { eventsOfCase, proofOfEvent } from '../events.ts';
import type { Cause, Proof, Step } from '../explanation.ts';
import { nodeCases, type NodeCase, type Obstacle } from '../nodes.ts';
import { requestsOf } from '../requests.ts';

/** How many nodes, and how many pods of others, are named. */
const mostNamed = 3;

/** Says it of the nodes that come nearest: those that lack the least. */
export const unschedulable: Rule = (one) => {
  const { finding, evidence, focus } = one;
  const { nodes, placed } = evidence.seen;
  const pod = focus?.pods.find(waitsForNode);
  if (!isAboutNodes(finding?.reason) || pod === undefined || nodes === undefined) return undefined;
  const proofs = [...gangProofs(one), ...wordsOf(one, pod), ...proofOfNodes(nodeCases(pod, nodes, placed))];
  if (nodes.length === 0) {
    const next = [{ text: 'add one', command: kubectl(undefined, 'get', 'nodes') }];
    return { why: 'the cluster has no nodes', actor: 'Administrator', next, proofs };
  }
  const cases = nodeCases(pod, nodes, placed);
  const cause = tooMuch(one, cases) ?? nearest(one, cases, pod);
  // What a gang holds meanwhile, the operator tells.
  const gang = one.standing.reason === 'GangWaits' ? `${one.standing.why}. ` : '';
  return (
    cause && {
      ...cause,
      why: `${gang}${cause.why}`,
      ...(finding?.since !== undefined && { since: finding.since }),
      proofs,
    }
  );
};

function gangProofs({ focus }: Case): Proof[] {
  if (focus === undefined || focus.wanted < 2) return [];
  const placed = focus.pods.filter(({ spec }) => spec?.nodeName !== undefined).length;
  return [{ source: `pods of ${focus.title}`, words: `${placed} of ${focus.wanted} have a node` }];
}

function isAboutNodes(reason: string | undefined): boolean {
  return reason === 'Unschedulable';
}

function waitsForNode({ spec, status }: IPod): boolean {
  return spec?.nodeName === undefined && (status?.phase ?? 'Pending') === 'Pending';
}

/** Something of which no node could ever give as much, whatever else is wrong. */
function tooMuch(one: Case, cases: readonly NodeCase[]): Omit<Cause, 'proofs'> | undefined {
  const small = cases.flatMap(({ obstacles }) => obstacles.filter((obstacle) => obstacle.type === 'TooSmall'));
  const resource = [...new Set(small.map((obstacle) => obstacle.resource))].find(
    (name) => small.filter((obstacle) => obstacle.resource === name).length === cases.length,
  );
  const all = small.filter((obstacle) => obstacle.resource === resource);
  const [largest] = all.toSorted((left, right) => right.has - left.has);
  if (resource === undefined || largest === undefined) return undefined;
  const at = cases.find(({ obstacles }) => obstacles.includes(largest));
  const isNone = largest.has === 0;
  return {
    why: isNone
      ? `no node of the cluster has ${resource} at all, and the pod asks for ${amount(resource, largest.asked)}`
      : `no node has as much as the pod asks for: ${amount(resource, largest.asked)} of ${resource}, while the largest, ${at?.name ?? ''}, has ${amount(resource, largest.has)}`,
    actor: isNone && resource.includes('/') ? 'Administrator' : 'Author',
    next: [
      edit(one, isNone ? `ask for what the nodes have` : `ask for ${amount(resource, largest.has)} at most`),
      { text: 'see what the nodes have, and have one added', command: capacityCommand(resource) },
    ],
  };
}

function capacityCommand(resource: string) {
  const path = resource.replaceAll('.', String.raw`\.`);
  return kubectl(undefined, 'get', 'nodes', '-o', `custom-columns=NAME:.metadata.name,HAS:.status.allocatable.${path}`);
}

function nearest(one: Case, cases: readonly NodeCase[], pod: IPod): Omit<Cause, 'proofs'> | undefined {
  const hindered = cases.filter(({ obstacles }) => obstacles.length > 0);
  // A node that seems to have everything has something else against the pod, which the scheduler knows.
  if (hindered.length < cases.length) return undefined;
  const least = Math.min(...hindered.map(distance));
  const near = hindered.filter((node) => distance(node) === least);
  const clauses = near.slice(0, mostNamed).map((node) => `${node.name} ${node.obstacles.map(clause).join(' and ')}`);
  const more = near.length > mostNamed ? `; and ${near.length - mostNamed} more like that` : '';
  const others = cases.length > near.length ? `, of ${cases.length} nodes` : '';
  const types = new Set(near.flatMap(({ obstacles }) => obstacles.map(({ type }) => type)));
  const holders = types.has('Full') ? holdersOf(one, near, pod) : '';
  return {
    why: `no node takes the pod${others}: ${clauses.join('; ')}${more}${holders}`,
    actor: actorOf(types),
    next: [...stepsOf(one, types, near)],
  };
}

/**
 * Nodes that are not meant, or could never have room, are further away than those that somebody keeps pods from, and these further than those
 * that are full, which become free by themselves.
 */
function distance({ obstacles }: NodeCase): number {
  const far = { Unselected: 100, TooSmall: 100, Tainted: 10, Cordoned: 10, Unready: 10, Full: 1 } as const;
  return obstacles.reduce((sum, { type }) => sum + far[type], 0);
}

function clause(obstacle: Obstacle): string {
  switch (obstacle.type) {
    case 'TooSmall':
      return `has ${amount(obstacle.resource, obstacle.has)} of ${obstacle.resource}, and ${amount(obstacle.resource, obstacle.asked)} are asked for`;
    case 'Full':
      return `has ${amount(obstacle.resource, obstacle.free)} of its ${amount(obstacle.resource, obstacle.has)} of ${obstacle.resource} free, and ${amount(obstacle.resource, obstacle.asked)} are asked for`;
    case 'Unready':
      return `is not ready (${obstacle.words})`;
    case 'Cordoned':
      return 'is cordoned (spec.unschedulable)';
    case 'Tainted':
      return `has the taint ${obstacle.taint}, which the pod does not tolerate`;
    case 'Unselected':
      return `lacks the label ${obstacle.label}`;
  }
}

/** Whose pods have what is asked for. */
function holdersOf({ evidence }: Case, near: readonly NodeCase[], pod: IPod): string {
  const names = near.map(({ name }) => name);
  const resource = near.flatMap(({ obstacles }) => obstacles).find(({ type }) => type === 'Full');
  if (resource?.type !== 'Full') return '';
  const holders = (evidence.seen.placed ?? [])
    .filter((other) => isUnfinished(other) && names.includes(other.spec?.nodeName ?? '') && other !== pod)
    .map((other) => ({ other, has: requestsOf(other)[resource.resource] ?? 0 }))
    .filter(({ has }) => has > 0)
    .toSorted((one, two) => two.has - one.has);
  if (holders.length === 0) return '';
  const told = holders.slice(0, mostNamed).map(({ other, has }) => {
    const { namespace, name } = keyOf(other);
    return `${namespace}/${name} (${amount(resource.resource, has)})`;
  });
  const more = holders.length > mostNamed ? ` and ${holders.length - mostNamed} more` : '';
  return `. In use by ${told.join(', ')}${more}`;
}

function actorOf(types: ReadonlySet<Obstacle['type']>): Cause['actor'] {
  if (types.has('Unready') || types.has('Cordoned')) return 'Administrator';
  if (types.has('Tainted') || types.has('Unselected') || types.has('TooSmall')) return 'Author';
  return 'Nobody';
}

function stepsOf(one: Case, types: ReadonlySet<Obstacle['type']>, near: readonly NodeCase[]): Step[] {
  const named = (type: Obstacle['type']) =>
    near.find(({ obstacles }) => obstacles.some((obstacle) => obstacle.type === type))?.name ?? '';
  const field = one.focus?.place.pod ?? 'pod';
  return [
    ...(types.has('Cordoned')
      ? [{ text: 'let pods onto the node again', command: kubectl(undefined, 'uncordon', named('Cordoned')) }]
      : []),
    ...(types.has('Unready')
      ? [{ text: 'see why the node is not ready', command: kubectl(undefined, 'describe', 'node', named('Unready')) }]
      : []),
    ...(types.has('Tainted')
      ? [edit(one, `tolerate the taint in ${field}.tolerations, if the pod belongs there`)]
      : []),
    ...(types.has('Unselected')
      ? [edit(one, `select by labels that nodes have, in ${field}.nodeSelector or accelerator.product`)]
      : []),
    ...(types.has('Full')
      ? [
          {
            text: 'wait, it starts by itself once others end; see what the node runs',
            command: kubectl(undefined, 'describe', 'node', named('Full')),
          },
        ]
      : []),
  ].slice(0, mostNamed);
}

function wordsOf(one: Case, pod: IPod): Proof[] {
  const [event] = eventsOfCase(one, 'FailedScheduling');
  if (event !== undefined) return [proofOfEvent(event)];
  const condition = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  return condition?.message === undefined
    ? []
    : [{ source: `condition PodScheduled of Pod ${keyOf(pod).name}`, words: condition.message }];
}

const mostProofs = 5;

function proofOfNodes(cases: readonly NodeCase[]): Proof[] {
  return cases.slice(0, mostProofs).map(({ name, obstacles }) => ({
    source: `node ${name}`,
    words: obstacles.length === 0 ? 'nothing is seen that keeps the pod from it' : obstacles.map(clause).join('; '),
  }));
}

/** Bytes as people write them, what is counted as it is. */
function amount(resource: string, value: number): string {
  if (!/memory|storage/.test(resource)) return String(Math.round(value * 1000) / 1000);
  const units = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
  const index = Math.min(units.length - 1, value < 1 ? 0 : Math.floor(Math.log2(value) / 10));
  return `${Math.round((value / 2 ** (10 * index)) * 10) / 10}${units[index]}`;
}

/** Rules about the operator itself: what stands in a status is as old as the operator's last look. */
import type { ILease } from 'kubernetes-models/coordination.k8s.io/v1';
import { kubectl } from '../../../api/command.ts';
import { roughly } from '../../../api/lasting.ts';
import { keyOf } from '../../../api/resource.ts';
import { askWhy } from '../commands.ts';
import type { Asked, Evidence } from '../evidence.ts';
import type { Cause, Proof, Step } from '../explanation.ts';

/** The operator looks at what changed within a second; a busy one within this. */
const patience = 10_000;

/** A replica that leads renews its lease every few seconds. */
const leaseForgotten = 60_000;

/** Whether the status tells of the spec as it is. ModelVersions have no status. */
export function isObserved({ kind, metadata, ...rest }: Asked): boolean {
  if (kind === 'ModelVersion') return true;
  const { status } = rest as {
    readonly status?: { readonly observedGeneration?: number; readonly conditions?: readonly unknown[] };
  };
  return status?.conditions !== undefined && status.observedGeneration === metadata?.generation;
}

/** Why nobody has looked at the object since it was edited, or at all; undefined if somebody has. */
export function operatorAway(evidence: Evidence, now: Date): Cause | undefined {
  const { asked, seen } = evidence;
  const isSilent = isLeaderless(seen.leases, now) || isDown(evidence);
  if (isObserved(asked) && !isSilent) return undefined;
  const since = isObserved(asked)
    ? renewedAt(seen.leases)
    : (seen.editedAt ?? asked.metadata?.creationTimestamp?.toString());
  const age = now.getTime() - Date.parse(since ?? '');
  const proofs = proofsOf(evidence);
  const more = { ...(since !== undefined && { since }), proofs };
  if (!isSilent && age < patience) return { ...justEdited(asked), ...more };
  return { why: whyOf(evidence, now), actor: 'Administrator', next: stepsOf(evidence), ...more };
}

function justEdited({ kind, metadata }: Asked): Pick<Cause, 'why' | 'actor' | 'next'> {
  const { namespace = '', name = '' } = metadata ?? {};
  const command = askWhy(kind.toLowerCase(), namespace, name);
  return {
    why: 'it was edited a moment ago, and the operator has not looked at it yet',
    actor: 'Nobody',
    next: [{ text: 'ask again', command }],
  };
}

function whyOf({ seen, asked }: Evidence, now: Date): string {
  const untold = isObserved(asked)
    ? 'what its status says is as old as that'
    : 'so nobody looks after it: its status does not tell of the spec as it is';
  const { operators } = seen;
  if (operators === undefined)
    return `Flyball's operator has not looked at it; whether it runs could not be read, ${untold}`;
  const [operator] = operators;
  if (operator === undefined)
    return `Flyball's operator is not installed in this cluster (it has no Deployment with app.kubernetes.io/name=flyball), ${untold}`;
  const { namespace, name } = keyOf(operator);
  const ready = operator.status?.availableReplicas ?? 0;
  if ((operator.spec?.replicas ?? 1) === 0)
    return `Flyball's operator is scaled to 0 (Deployment ${namespace}/${name}), ${untold}`;
  if (ready === 0)
    return `Flyball's operator does not run: Deployment ${namespace}/${name} has no available pod, ${untold}`;
  const renewed = renewedAt(seen.leases);
  const silence = renewed === undefined ? undefined : now.getTime() - Date.parse(renewed);
  return silence !== undefined && silence > leaseForgotten
    ? `no replica of Flyball's operator leads: the last one renewed its Lease ${roughly(silence)} ago, ${untold}`
    : `Flyball's operator runs (Deployment ${namespace}/${name}) and has not looked at it, ${untold}`;
}

function stepsOf({ seen: { operators } }: Evidence): Step[] {
  const [operator] = operators ?? [];
  if (operator === undefined) {
    const command = kubectl(undefined, 'get', 'deployments', '-A', '-l', 'app.kubernetes.io/name=flyball');
    return [{ text: 'see whether there is one, or have it installed', command }];
  }
  const { namespace, name } = keyOf(operator);
  const isScaledDown = (operator.spec?.replicas ?? 1) === 0;
  return [
    ...(isScaledDown
      ? [{ text: 'start it', command: kubectl(namespace, 'scale', 'deployment', name, '--replicas=1') }]
      : []),
    { text: 'see what it says', command: kubectl(namespace, 'logs', `deployment/${name}`, '--tail', '40') },
    { text: 'see its pods', command: kubectl(namespace, 'describe', 'pods', '-l', 'app.kubernetes.io/name=flyball') },
  ];
}

function isDown({ seen: { operators } }: Evidence): boolean {
  // It may have been installed in another way, so that none at all tells nothing where the status is of now.
  return (
    operators !== undefined &&
    operators.length > 0 &&
    operators.every(({ status }) => (status?.availableReplicas ?? 0) === 0)
  );
}

function isLeaderless(leases: readonly ILease[] | undefined, now: Date): boolean {
  const renewed = renewedAt(leases);
  return renewed !== undefined && now.getTime() - Date.parse(renewed) > leaseForgotten;
}

function renewedAt(leases: readonly ILease[] | undefined): string | undefined {
  const times = leases?.flatMap(({ spec }) => spec?.renewTime?.toString() ?? []) ?? [];
  return times.toSorted((one, other) => Date.parse(other) - Date.parse(one))[0];
}

function proofsOf({ asked, seen: { operators = [], leases = [] } }: Evidence): Proof[] {
  const { status, metadata } = asked as {
    status?: { observedGeneration?: number };
    metadata?: { generation?: number };
  };
  return [
    {
      source: `${asked.kind} ${keyOf(asked).name}`,
      words: `generation ${metadata?.generation ?? 0}, observed ${status?.observedGeneration ?? 'none'}`,
    },
    ...operators.map((operator) => ({
      source: `Deployment ${keyOf(operator).namespace}/${keyOf(operator).name}`,
      words: `${operator.status?.availableReplicas ?? 0} of ${operator.spec?.replicas ?? 1} replicas are available`,
    })),
    ...leases.map(({ metadata: lease, spec }) => ({
      source: `Lease ${lease?.namespace}/${lease?.name}`,
      words: `held by ${spec?.holderIdentity ?? 'nobody'}`,
      ...(spec?.renewTime !== undefined && { at: spec.renewTime.toString() }),
    })),
  ];
}

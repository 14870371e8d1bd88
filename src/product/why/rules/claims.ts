/** Rules about volumes that a pod waits for. */
import type { IPersistentVolumeClaim } from 'kubernetes-models/v1';
import { kubectl } from '../../../api/command.ts';
import { keyOf } from '../../../api/resource.ts';
import type { Case, Rule } from '../case.ts';
import { beginOfEvent, eventsOf, proofOfEvent } from '../events.ts';
import type { Cause, Proof } from '../explanation.ts';

const isDefault = 'storageclass.kubernetes.io/is-default-class';

/** Why a claim has no volume yet. */
export const claimPending: Rule = (one) => {
  const claim = one.evidence.seen.claims?.find(({ status }) => status?.phase !== 'Bound');
  if (claim === undefined || !['ClaimUnbound', 'Unschedulable', 'PodNotSetUp'].includes(one.finding?.reason ?? ''))
    return undefined;
  const cause = lost(claim) ?? withoutClass(one, claim) ?? classMissing(one, claim) ?? provisioning(one, claim);
  return cause;
};

/** A volume that nodes have themselves can be used there alone. */
export const claimElsewhere: Rule = ({ focus, finding, evidence }) => {
  const pod = focus?.pods.find(({ spec }) => spec?.nodeName === undefined);
  const words = pod?.status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message ?? '';
  const bound = evidence.seen.claims?.filter(({ status }) => status?.phase === 'Bound') ?? [];
  const [claim] = bound;
  if (!isOfAllNodes(words) || pod === undefined || claim === undefined) return undefined;
  const names = bound.map((one) => keyOf(one).name).join(', ');
  const cause = caused(
    claim,
    `no node that may take the pod can reach the volume of claim ${names}, which is on another node (volume node affinity)`,
  );
  return {
    ...cause,
    ...(finding?.since !== undefined && { since: finding.since }),
    next: [
      { text: 'see where its volume is', command: kubectl(undefined, 'describe', 'pv', claim.spec?.volumeName ?? '') },
      {
        text: 'keep it on a claim that other nodes reach, or let the pod onto that node',
        command: kubectl(undefined, 'get', 'nodes'),
      },
    ],
    proofs: [{ source: `condition PodScheduled of Pod ${keyOf(pod).name}`, words }, ...cause.proofs],
  };
};

/** "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had volume node affinity conflict": the one that is left has the volume. */
function isOfAllNodes(words: string): boolean {
  const all = Number(/^0\/(\d+) nodes/.exec(words)?.[1]);
  const apart = [
    ...words.matchAll(/(\d+) node\(s\) (?:didn't match PersistentVolume's|had) (?:volume )?node affinity/g),
  ];
  return apart.reduce((sum, [, count]) => sum + Number(count), 0) === all;
}

function lost(claim: IPersistentVolumeClaim): Cause | undefined {
  if (claim.status?.phase !== 'Lost') return undefined;
  return caused(
    claim,
    `PersistentVolumeClaim ${keyOf(claim).name} has lost its volume ${claim.spec?.volumeName ?? ''}`,
  );
}

function withoutClass({ evidence }: Case, claim: IPersistentVolumeClaim): Cause | undefined {
  const { storageClasses } = evidence.seen;
  if (claim.spec?.storageClassName !== undefined || storageClasses === undefined) return undefined;
  if (storageClasses.some(({ metadata }) => metadata?.annotations?.[isDefault] === 'true')) return undefined;
  const why = `PersistentVolumeClaim ${keyOf(claim).name} names no StorageClass, and the cluster has no default one`;
  return caused(claim, `${why}${there(storageClasses)}`);
}

function classMissing({ evidence }: Case, claim: IPersistentVolumeClaim): Cause | undefined {
  const { storageClasses } = evidence.seen;
  const name = claim.spec?.storageClassName ?? '';
  if (name === '' || storageClasses === undefined || storageClasses.some((one) => keyOf(one).name === name))
    return undefined;
  // A volume may have been made by hand for a class that does not exist.
  return caused(
    claim,
    `PersistentVolumeClaim ${keyOf(claim).name} asks for StorageClass ${name}, which does not exist${there(storageClasses)}`,
  );
}

function there(classes: NonNullable<Case['evidence']['seen']['storageClasses']>): string {
  const names = classes.map((one) => keyOf(one).name);
  return names.length === 0 ? '; there is none' : `; there are ${names.slice(0, 5).join(', ')}`;
}

function provisioning({ evidence }: Case, claim: IPersistentVolumeClaim): Cause | undefined {
  const [event] = eventsOf(evidence.seen.events, [claim]);
  if (event === undefined || event.reason === 'WaitForFirstConsumer' || event.reason === 'WaitForPodScheduled')
    return undefined;
  const why = `PersistentVolumeClaim ${keyOf(claim).name} is ${claim.status?.phase ?? 'Pending'}, and the cluster says: ${event.message ?? event.reason ?? ''}`;
  const since = beginOfEvent(event);
  return { ...caused(claim, why, [proofOfEvent(event)]), ...(since !== undefined && { since }) };
}

function caused(claim: IPersistentVolumeClaim, why: string, proofs: readonly Proof[] = []): Cause {
  const { namespace, name } = keyOf(claim);
  const { storageClassName, accessModes, volumeName } = claim.spec ?? {};
  const words = [
    claim.status?.phase ?? 'Pending',
    `class ${storageClassName ?? '(none named)'}`,
    ...(accessModes ?? []),
    ...(volumeName === undefined ? [] : [`volume ${volumeName}`]),
  ].join(', ');
  return {
    why,
    actor: 'Author',
    since: claim.metadata?.creationTimestamp ?? '',
    next: [
      {
        text: 'see the claim, and make it anew with a class that exists',
        command: kubectl(namespace, 'describe', 'pvc', name),
      },
      { text: 'see the classes', command: kubectl(undefined, 'get', 'storageclass') },
    ],
    proofs: [{ source: `PersistentVolumeClaim ${name}`, words }, ...proofs],
  };
}

/** I13: each status has one writer, on the version that it knows, and only while it holds the Lease. */
import type { Request } from '../contract.ts';
import { type Evidence, isDone, isWrite, objectWrites, type Rule, targetOf, titleOf } from './evidence.ts';

export const leadershipRules: readonly Rule[] = [statusesCarryVersions, noWriteAfterTheDeadline];

function statusesCarryVersions({ requests }: Evidence): readonly string[] {
  return objectWrites(requests).flatMap((request) => {
    if (targetOf(request)?.subresource !== 'status') return [];
    const { metadata } = (request.body ?? {}) as { readonly metadata?: { readonly resourceVersion?: string } };
    return metadata?.resourceVersion === undefined ? [`I13: ${titleOf(request)} carries no resourceVersion`] : [];
  });
}

/** Between the moment a write is decided on and its arrival here, on a machine that is busy. */
const onTheWay = 1_000;

/**
 * Two operators write at once if one writes later than the renew deadline after its last renewal. It is counted from when the
 * renewal was sent, whether or not its answer came, so a process is never blamed for what it could not know.
 */
function noWriteAfterTheDeadline({ requests, description: { lease } }: Evidence): readonly string[] {
  const renewed = new Map<number, number>();
  const broken: string[] = [];
  for (const request of requests) {
    if (isRenewal(request, lease.name) && isDone(request)) renewed.set(request.process, request.at);
    if (!isWrite(request) || targetOf(request)?.plural === 'leases') continue;
    const at = renewed.get(request.process);
    const late = at === undefined ? undefined : request.at - at - lease.renewDeadline;
    if (late === undefined) broken.push(`I13: ${titleOf(request)} was sent without the Lease`);
    else if (late > onTheWay) {
      broken.push(`I13: ${titleOf(request)} was sent ${Math.round(late)} ms after the renew deadline of the Lease`);
    }
  }
  return broken;
}

function isRenewal(request: Request, lease: string): boolean {
  const target = targetOf(request);
  const name = target?.name ?? (request.body as { readonly metadata?: { readonly name?: string } })?.metadata?.name;
  return isWrite(request) && target?.plural === 'leases' && name === lease;
}

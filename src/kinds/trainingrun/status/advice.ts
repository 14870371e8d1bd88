import { label } from '../../../api/labels.ts';
import type { Key } from '../../../api/resource.ts';

/** The command that runs an unchanged recipe once more. */
export function rerunCommand(run: Key): string {
  return `kubectl -n ${run.namespace} patch trun ${run.name} --type merge -p "{\\"spec\\":{\\"rerunAt\\":\\"$(date -u +%FT%TZ)\\"}}"`;
}

/** The command that opens the run in an editor. */
export function editCommand(run: Key): string {
  return `kubectl -n ${run.namespace} edit trun ${run.name}`;
}

/** The command that shows what kubelet and scheduler say about the pods of an attempt. */
export function describeCommand(run: Key, attempt: string): string {
  return `kubectl -n ${run.namespace} describe pods -l ${label.attempt}=${attempt}`;
}

/** The command that ends a running attempt. */
export function cancelCommand(run: Key, job: string): string {
  return `kubectl -n ${run.namespace} delete job ${job}`;
}

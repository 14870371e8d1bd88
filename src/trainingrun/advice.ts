import type { Key } from '../api/resource.ts';

/** The command that runs an unchanged recipe once more. */
export function rerunCommand(run: Key): string {
  return `kubectl -n ${run.namespace} patch trun ${run.name} --type merge -p "{\\"spec\\":{\\"rerunAt\\":\\"$(date -u +%FT%TZ)\\"}}"`;
}

/** The command that shows what kubelet and scheduler say about the pods of an attempt. */
export function describeCommand(run: Key, attempt: string): string {
  return `kubectl -n ${run.namespace} describe pods -l flyball.dev/attempt=${attempt}`;
}

/** The command that ends a running attempt. */
export function cancelCommand(run: Key, job: string): string {
  return `kubectl -n ${run.namespace} delete job ${job}`;
}

/** Cut to what the schema allows for the message of an attempt. */
export function limited(message: string): string {
  return message.length <= 1024 ? message : `${message.slice(0, 1023)}…`;
}

import { type Command, kubectl, patchTimeCommand } from '../../../api/command.ts';
import { label } from '../../../api/labels.ts';
import type { Key } from '../../../api/resource.ts';

/** The command that runs an unchanged recipe once more. */
export function rerunCommand(run: Key): Command {
  return patchTimeCommand('trun', run, ['rerunAt']);
}

/** The command that opens the run in an editor. */
export function editCommand({ namespace, name }: Key): Command {
  return kubectl(namespace, 'edit', 'trun', name);
}

/** The command that shows what kubelet and scheduler say about the pods of an attempt. */
export function describeCommand({ namespace }: Key, attempt: string): Command {
  return kubectl(namespace, 'describe', 'pods', '-l', `${label.attempt}=${attempt}`);
}

/** The command that ends a running attempt. */
export function cancelCommand({ namespace }: Key, job: string): Command {
  return kubectl(namespace, 'delete', 'job', job);
}

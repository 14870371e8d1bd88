import { locate, under } from '../storage/index.ts';
import type { Location } from '../storage/storage.ts';
import type { Command, Transfer } from './command.ts';
import { Failure, fault, mend } from './ends.ts';
import { failureOf } from './failures.ts';
import { uriOf } from './rclone.ts';
import { writes } from './save.ts';

/** Finds out whether a place can be written to, as `save` will, while nothing is lost yet. Its word is that place. */
export const checkOutput: Command = async (words, transfer) => {
  const [uri = ''] = words;
  if (words.length !== 1) throw mend('check-output takes a URI');
  if (!writes(transfer)) return [];
  const at = locate(uri, 'Write');
  if (at.type === 'Unlocated') throw mend(at.message);
  transfer.say(`Finding out whether ${uri} can be written to`);
  await tryOut(at, transfer).catch((error: unknown) => {
    transfer.stop.throwIfAborted();
    throw ofOutput(failureOf(error));
  });
  transfer.say(`${uri} can be written to.`);
  return [];
};

/** A command that finds that out before it begins, where it is told a place for the output. */
export function checkOutputFirst(command: Command): Command {
  return async (words, transfer) => {
    const { output } = transfer.settings;
    if (output !== undefined) await checkOutput([under(output, transfer.pod.uid ?? '')], transfer);
    return command(words, transfer);
  };
}

function ofOutput({ message, exit }: Failure): Failure {
  return new Failure(message, exit === 3 ? 4 : 5);
}

const text = 'Flyball has tried whether it can write here. Nothing refers to this object.';

/**
 * Lists, writes and reads what `save` will, but for the name: beside the folder of the pod, where its marker comes, and no marker. In the
 * folder it would be a part of the model wherever nobody may remove anything.
 */
async function tryOut(at: Location, { rclone, say, stop, limits }: Transfer): Promise<void> {
  const tried = { ...at, path: `${at.path}.begun` };
  await rclone.list(at);
  await rclone.write(text, tried);
  const kept = await rclone.read(tried);
  if (kept !== text) throw fault(`The store has another text at ${uriOf(tried)} than was written`);
  // A training does not wait for that.
  const soon = AbortSignal.any([stop, AbortSignal.timeout(limits.stall)]);
  await rclone
    .until(soon)
    .remove(tried)
    .catch((error: unknown) => {
      stop.throwIfAborted();
      say(`${uriOf(tried)} stays, since it cannot be removed: ${failureOf(error).message}`);
    });
}

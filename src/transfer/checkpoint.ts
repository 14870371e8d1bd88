import { setTimeout as sleep } from 'node:timers/promises';
import { locate } from '../storage/index.ts';
import type { Command, Transfer } from './command.ts';
import { mend } from './ends.ts';
import { Unfinished } from './unfinished.ts';
import { writes } from './save.ts';
import { Uploads } from './uploads.ts';

/**
 * Uploads the checkpoints of a training while it trains, and once more when it is over: until SIGTERM. Its words are the folder, and
 * where the checkpoints of the run are. Who looks from outside sees how it last ended, and nothing else: after a failure it ends well once
 * it has uploaded again, to be started anew.
 */
export const checkpoint: Command = async (words, transfer) => {
  const [folder = '', uri = ''] = words;
  if (words.length !== 2) throw mend('checkpoint takes a folder and a URI');
  const at = locate(uri, 'Write');
  if (at.type === 'Unlocated') throw mend(at.message);
  const { limits, settings, stop } = transfer;
  if (!writes(transfer)) return told(stop);
  const uploads = new Uploads(folder, at, unstopped(transfer));
  const unfinished = new Unfinished(transfer, 'checkpoint');
  const began = performance.now();
  const hasFailed = await unfinished.begin();
  let isOvercome = false;
  // Tells at once what people have to mend, such as a bucket that is not there.
  await uploads.generations();
  const interval = settings.checkpoint?.interval === undefined ? limits.interval : settings.checkpoint.interval * 1_000;
  for (let pause = interval; !stop.aborted;) {
    await sleep(pause, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) break;
    const outcome = await uploads.next(limits.settle);
    // Not in the rhythm of a training that writes every other time: each pair of looks that follow one another may see the same.
    pause = outcome === 'Busy' ? 0 : interval;
    isOvercome ||= hasFailed && outcome === 'Uploaded';
    if (isOvercome && performance.now() - began > limits.calm) return unfinished.end();
  }
  // The training may end at the same time, and write until it has.
  while ((await uploads.next(limits.settle / 5)) !== 'Unchanged');
  return unfinished.end();
};

/** A timer, since nothing else keeps the program from ending. */
async function told(stop: AbortSignal): Promise<readonly []> {
  while (!stop.aborted) await sleep(aDay, undefined, { signal: stop }).catch(() => undefined);
  return [];
}

const aDay = 86_400_000;

/** SIGTERM ends no upload: what is whole when the grace period is over is kept. */
function unstopped(transfer: Transfer): Transfer {
  const { signal: stop } = new AbortController();
  return { ...transfer, stop, rclone: transfer.rclone.until(stop) };
}

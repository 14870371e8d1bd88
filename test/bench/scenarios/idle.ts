/** A long rest among many runs. */
import type { Measured } from '../figures.ts';
import { pause } from '../pace.ts';
import { type Turn, runKeys } from '../turn.ts';
import { rest } from './work.ts';

export interface IdleSize {
  readonly runs: number;
  readonly idleSeconds: number;
  readonly settleSeconds: number;
}

export async function idle(turn: Turn, size: IdleSize): Promise<Measured> {
  turn.start();
  const keys = runKeys('burst', size.runs);
  await turn.create(keys);
  await turn.settled(keys, 1);
  await turn.told(keys);
  await pause(size.settleSeconds * 1000);
  return { longIdle: await rest(turn, size.idleSeconds * 1000) };
}

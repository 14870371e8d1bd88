/** The leader ends, by request and by accident, while people go on creating runs: when does the next one write? */
import { isWrite } from '../../../hack/cluster/audit.ts';
import type { Measured } from '../figures.ts';
import { isWork } from '../ledger.ts';
import { pause } from '../pace.ts';
import type { Contending } from '../program.ts';
import { type Turn, runKeys } from '../turn.ts';
import { warm } from './work.ts';

export interface SuccessionSize {
  readonly runs: number;
  readonly settleSeconds: number;
}

const perSecond = 10;

/** Longer than a lease that nobody gave back. */
const watchedSeconds = 25;

export async function succession(turn: Turn, size: SuccessionSize): Promise<Measured> {
  const first = turn.start(0);
  await warm(turn, size);
  const keys = runKeys('burst', size.runs);
  await turn.create(keys);
  await turn.settled(keys, 1);
  const second = turn.start(1);
  await pause(size.settleSeconds * 1000);
  const handover = await succeeded(turn, first, 'SIGTERM');
  turn.start(2);
  await pause(size.settleSeconds * 1000);
  const takeover = await succeeded(turn, second, 'SIGKILL');
  return {
    handover: handover.seconds - handover.lists,
    takeover: takeover.seconds - takeover.lists,
    successionLists: Math.max(handover.lists, takeover.lists),
  };
}

/** From the signal to the first write that arrived after the leader had ended, and how long the successor's LISTs took of it. */
async function succeeded(
  turn: Turn,
  leader: Contending,
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<{ readonly seconds: number; readonly lists: number }> {
  const { ledger } = turn.cluster;
  const keys = runKeys(signal.toLowerCase(), watchedSeconds * perSecond);
  const creating = turn.createAtRate(keys, perSecond);
  await pause(500);
  ledger.read();
  const before = ledger.requests.length;
  const asked = performance.timeOrigin + performance.now();
  await leader.signal(signal);
  const over = performance.timeOrigin + performance.now();
  await creating;
  await turn.settled(keys, 1);
  const later = ledger.requests.slice(before).filter((request) => request.received > over);
  const write = later.find((request) => isWork(request) && isWrite(request));
  const lists = later.filter(({ verb, answered }) => verb === 'list' && answered <= (write?.received ?? 0));
  const spent = Math.max(...lists.map(({ answered }) => answered)) - Math.min(...lists.map(({ received }) => received));
  return { seconds: ((write?.received ?? NaN) - asked) / 1000, lists: lists.length === 0 ? 0 : spent / 1000 };
}

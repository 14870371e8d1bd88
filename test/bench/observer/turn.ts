/** One turn of an arm: a model of its own, equal answers, a warm-up, a fixed rate, and as much as it can. */
import { readFileSync } from 'node:fs';
import type { Arm } from './arms.ts';
import { type Answer, answersTo, requireCounted, requireEqual } from './counts.ts';
import type { Measured } from './figures.ts';
import { bodies } from './payload.ts';
import { pause } from '../pace.ts';
import { type Contending, start } from '../program.ts';
import { type Load, type Rig, answering, freePort } from './rig.ts';

export interface Plan {
  readonly rounds: number;
  /** Requests per second at which latency is measured. */
  readonly rate: number;
  readonly warmSeconds: number;
  readonly pacedSeconds: number;
  readonly fullSeconds: number;
}

/** @param wanted the answers of the arm before, with which these must agree. */
export async function turn(
  arm: Arm,
  rig: Rig,
  plan: Plan,
  wanted: readonly Answer[] | undefined,
): Promise<{ readonly measured: Measured; readonly answers: readonly Answer[] }> {
  const ports = { model: await freePort(), inference: await freePort(), metrics: await freePort() };
  const model = rig.model(ports.model);
  await answering(ports.model, model);
  const command = arm.command?.(ports);
  const proxy = command === undefined ? undefined : start(command, rig.log(arm.letter));
  try {
    const port = proxy === undefined ? ports.model : ports.inference;
    await answering(port, proxy);
    const answers = await answersTo(port);
    if (wanted !== undefined) requireEqual(arm, wanted, answers);
    await requireCounted(arm, ports.metrics, bodies.length, true);
    const warm = await rig.load(port, 2 * plan.rate, plan.warmSeconds);
    const paced = await watched(proxy, () => rig.load(port, plan.rate, plan.pacedSeconds));
    const full = await watched(proxy, () => rig.load(port, 0, plan.fullSeconds));
    // What is looked at comes after the answer.
    await pause(300);
    await requireCounted(
      arm,
      ports.metrics,
      bodies.length + warm.requests + paced.load.requests + full.load.requests,
      false,
    );
    return { measured: measuredOf(paced, full, proxy !== undefined), answers };
  } finally {
    await proxy?.signal('SIGKILL');
    await model.signal('SIGKILL');
  }
}

/** What a proxy has spent while it was under a load. */
interface Watched {
  readonly load: Load;
  readonly cpuSeconds: number;
  /** The most there was of resident memory, and then of that which is its own, in MiB. */
  readonly resident: number;
  readonly own: number;
}

async function watched(proxy: Contending | undefined, work: () => Promise<Load>): Promise<Watched> {
  if (proxy === undefined) return { load: await work(), cpuSeconds: NaN, resident: NaN, own: NaN };
  let most = { resident: 0, own: 0 };
  const look = () => {
    const resident = proxy.residentMiB();
    if (resident > most.resident) most = { resident, own: ownMiB(proxy.pid) };
  };
  const timer = setInterval(look, 200);
  const before = proxy.cpuSeconds();
  const load = await work();
  const cpuSeconds = proxy.cpuSeconds() - before;
  clearInterval(timer);
  look();
  return { load, cpuSeconds, ...most };
}

/** Without the pages of its files, which all processes of the same image share. */
function ownMiB(pid: number): number {
  const kibibytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) / 1024;
}

function measuredOf(paced: Watched, full: Watched, isProxied: boolean): Measured {
  const latency = { p50: paced.load.p50, p99: paced.load.p99, fullRate: full.load.requests / full.load.seconds };
  if (!isProxied) return latency;
  return {
    ...latency,
    pacedCpu: (paced.cpuSeconds / paced.load.requests) * 1000,
    pacedResident: paced.resident,
    pacedOwn: paced.own,
    fullPerCpu: full.load.requests / full.cpuSeconds,
    fullResident: full.resident,
    fullOwn: full.own,
  };
}

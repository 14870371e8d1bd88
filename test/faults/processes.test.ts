import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Startable, Surroundings } from './contract.ts';
import { type Gate, Processes } from './processes.ts';
import { until } from './rehearsal/until.ts';

let directory: string;
let processes: Processes;
let given: Surroundings[];
let gates: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'flyball-processes-'));
  given = [];
  gates = [];
});
afterEach(async () => {
  await processes.stop();
  rmSync(directory, { recursive: true });
});

const open = (number: number): Promise<Gate> => {
  gates.push(`open ${number}`);
  const close = (): Promise<void> => Promise.resolve(void gates.push(`close ${number}`));
  return Promise.resolve({ url: `http://gate-${number}`, prometheusUrl: 'http://prometheus', close });
};

/** Processes that run this shell script. */
function shell(script: string): Processes {
  return running(() => ({ path: '/bin/sh', args: ['-c', script], environment: { PATH: process.env['PATH'] } }));
}

function running(startable: (surroundings: Surroundings) => Startable): Processes {
  const remember = (surroundings: Surroundings): Startable => {
    given.push(surroundings);
    return startable(surroundings);
  };
  return new Processes({ namespace: 'plan', token: 'secret', directory, open, startable: remember });
}

describe('An operator’s processes', () => {
  it('get a way to the API server and ports of their own', async () => {
    processes = shell('exec sleep 60');
    await processes.start();
    await processes.start();
    const [first, second] = given;
    expect(first).toMatchObject({ namespace: 'plan', podName: 'operator-1', prometheusUrl: 'http://prometheus' });
    expect(readFileSync(second?.kubeconfig ?? '', 'utf8')).toMatch(/"server":"http:\/\/gate-2".*"token":"secret"/);
    expect(new Set([...(first?.ports ?? []), ...(second?.ports ?? [])]).size).toBe(4);
    expect(processes.running).toEqual([1, 2]);
  });

  it('are started again after they were killed, behind a new gate', async () => {
    processes = shell('exec sleep 60');
    await processes.start();
    processes.signal(1, 'SIGKILL');
    await until(() => processes.running.includes(2));
    expect(processes.endings).toEqual(['SIGKILL']);
    expect(gates).toEqual(['open 1', 'close 1', 'open 2']);
  });

  it('are started again after they ended by themselves', async () => {
    processes = shell('exit 3');
    await processes.start();
    await until(() => processes.endings.length >= 2);
    expect(processes.endings.slice(0, 2)).toEqual(['exit 3', 'exit 3']);
  });

  it('are not replaced while another one runs', async () => {
    processes = shell('exec sleep 60');
    await processes.start();
    await processes.start();
    processes.signal(1, 'SIGKILL');
    await until(() => processes.endings.length === 1);
    processes.signal(2, 'SIGKILL');
    await until(() => processes.running.includes(3));
    expect(processes.running).toEqual([3]);
  });

  it('are started at once if all shall be well and none runs', async () => {
    processes = shell('exec sleep 60');
    await processes.start();
    processes.signal(1, 'SIGKILL');
    await until(() => processes.running.length === 0);
    await processes.ensure();
    await processes.ensure();
    expect(processes.running).toEqual([2]);
  });

  it('stand still when stopped and go on when continued', async () => {
    const beats = join(directory, 'beats');
    processes = shell(`while :; do echo beat >> ${beats}; sleep 0.01; done`);
    const count = (): number => (existsSync(beats) ? readFileSync(beats, 'utf8').length : 0);
    await processes.start();
    await until(() => count() > 0);
    processes.signal(1, 'SIGSTOP');
    await until(() => isStopped(count));
    const before = count();
    processes.signal(1, 'SIGCONT');
    await until(() => count() > before);
  });

  it('have a log, and a memory that is remembered beyond their end', async () => {
    processes = shell('echo hello; echo world >&2; exec sleep 60');
    await processes.start();
    await until(() => processes.log() === 'hello\nworld');
    const { peakMemory } = processes;
    expect(peakMemory).toBeGreaterThan(0);
    processes.signal(1, 'SIGKILL');
    await until(() => processes.running.includes(2));
    expect(processes.peakMemory).toBeGreaterThanOrEqual(peakMemory);
  });

  it('have their calendar clock shifted while they run and when they start, and no other clock', async () => {
    const script = `const begin = performance.now();
      setInterval(() => console.log(Math.round((new Date().getTime() - Number(process.argv[1])) / 1e6),
        Math.round((Date.now() - Date.parse(Date())) / 1e6), new Date(5).getTime(), performance.now() - begin < 1e5), 5);`;
    processes = running(() => ({
      path: process.execPath,
      args: ['--import', join(import.meta.dirname, 'clock.mjs'), '--eval', script, '--', String(Date.now())],
      environment: { PATH: process.env['PATH'] },
    }));
    const says = (line: string) => () => processes.log().split('\n').at(-1) === line;
    await processes.start();
    await until(says('0 0 5 true'));
    processes.markUp(1);
    processes.shiftClock(86_400_000);
    await until(says('86 0 5 true'));
    processes.signal(1, 'SIGKILL');
    await until(() => processes.running.includes(2));
    await until(says('86 0 5 true'));
    processes.markUp(2);
    processes.shiftClock(0);
    await until(says('0 0 5 true'));
  });
});

let lastCount = -1;
let since = 0;

/** Whether a count has not grown for long enough that it would have, had it gone on. */
function isStopped(count: () => number): boolean {
  const now = performance.now();
  if (count() !== lastCount) [lastCount, since] = [count(), now];
  return now - since > 150;
}

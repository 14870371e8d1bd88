import type { Exchange } from '../proxy/proxy.ts';
import type { Fault, Means } from './fault.ts';

const crash = { class: 'Crash', kind: 'None', end: 'AsReference' } as const;

function kill(means: Means, { request }: Exchange): void {
  means.processes.signal(request.process, 'SIGKILL');
}

function signalAll({ processes }: Means, signal: NodeJS.Signals): void {
  for (const number of processes.running) processes.signal(number, signal);
}

/** Processes end by SIGKILL, at all times around a write and between two. */
export const crashes: readonly Fault[] = [
  {
    ...crash,
    name: 'kill-before-write',
    moments: ['Write'],
    treatment: (means) => ({
      before: (exchange) => {
        kill(means, exchange);
        return 'Cut';
      },
    }),
  },
  {
    ...crash,
    name: 'kill-after-write',
    moments: ['Write'],
    treatment: (means) => ({
      after: (exchange) => {
        kill(means, exchange);
        return 'Cut';
      },
    }),
  },
  {
    ...crash,
    name: 'kill-after-answer',
    moments: ['Write'],
    treatment: (means) => ({ answered: (exchange) => kill(means, exchange) }),
  },
  { ...crash, name: 'kill', moments: ['Request', 'Event'], strike: (means) => signalAll(means, 'SIGKILL') },
  { ...crash, name: 'terminate', moments: ['Write', 'Event'], strike: (means) => signalAll(means, 'SIGTERM') },
];

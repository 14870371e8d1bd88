import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const loss = { class: 'Loss', kind: 'None', end: 'AsReference', moments: ['Request', 'Write'] } as const;

/** After the operator has given up waiting, and before it has lost its right to write. */
const tooLate = 300;

/** Requests and answers get lost or come late, while the operator lives on. */
export const losses: readonly Fault[] = [
  { ...loss, name: 'request-lost', treatment: () => ({ before: () => 'Cut' }) },
  { ...loss, name: 'answer-lost', treatment: () => ({ after: () => 'Cut' }) },
  { ...loss, name: 'answer-half', treatment: () => ({ after: () => 'Half' }) },
  { ...loss, name: 'timeout-before', treatment: () => ({ before: () => 'Silence' }) },
  { ...loss, name: 'timeout-after', treatment: () => ({ after: () => 'Silence' }) },
  {
    ...loss,
    name: 'late-write',
    moments: ['Write'],
    treatment: ({ writeTimeout }) => ({
      before: async ({ over }) => {
        await Promise.race([over, pause(writeTimeout)]);
        await pause(tooLate);
        return undefined;
      },
    }),
  },
];

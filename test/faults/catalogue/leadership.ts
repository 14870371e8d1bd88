import { anyMoment, type Fault, type Means } from './fault.ts';

const leading = { class: 'Leadership', kind: 'None', end: 'AsReference', moments: anyMoment, needs: 'Lease' } as const;

/** How long a new process needs to be up and waiting for the Lease, in milliseconds. */
const startUp = 1_500;

function sleep({ processes, later }: Means, milliseconds: number): void {
  const sleepers = processes.running;
  for (const number of sleepers) processes.signal(number, 'SIGSTOP');
  later(milliseconds, () => {
    for (const number of sleepers) processes.signal(number, 'SIGCONT');
  });
}

const leasesOf = ({ namespace }: Means): string => `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;

async function takeLeases(means: Means): Promise<void> {
  const { body } = await means.apiServer.administer('GET', leasesOf(means));
  const { items = [] } = body as { readonly items?: readonly { readonly metadata: { readonly name: string } }[] };
  const renewTime = new Date().toISOString().replace('Z', '000Z');
  for (const { metadata } of items) {
    const spec = { holderIdentity: 'stranger', leaseDurationSeconds: 1, acquireTime: renewTime, renewTime };
    await means.apiServer.administer('PATCH', `${leasesOf(means)}/${metadata.name}`, { spec });
  }
}

function deleteLeases(means: Means): void {
  void means.apiServer.administer('DELETE', leasesOf(means));
}

/** Two processes at once, and Leases that go where they should not. */
export const leadership: readonly Fault[] = [
  { ...leading, name: 'nap', strike: (means) => sleep(means, means.leaseDuration * 0.4) },
  {
    ...leading,
    name: 'sleep-past-lease',
    strike: (means) => {
      sleep(means, means.leaseDuration * 1.25 + startUp);
      void means.processes.start();
    },
  },
  { ...leading, name: 'second-operator', strike: ({ processes }) => void processes.start() },
  {
    ...leading,
    name: 'failover',
    strike: ({ processes, later }) => {
      const [first] = processes.running;
      void processes.start();
      later(startUp, () => first !== undefined && processes.signal(first, 'SIGKILL'));
    },
  },
  {
    ...leading,
    name: 'two-leaders',
    strike: (means) => {
      void means.processes.start();
      means.later(startUp, () => deleteLeases(means));
    },
  },
  { ...leading, name: 'lease-deleted', strike: deleteLeases },
  { ...leading, name: 'lease-taken', strike: (means) => void takeLeases(means) },
];

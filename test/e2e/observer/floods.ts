import { setTimeout as sleep } from 'node:timers/promises';
import { endsOf, pod } from '../outcomes/objects.ts';
import { named, type Place } from '../outcomes/place.ts';
import { ours, type Served, urlOf } from './served.ts';

/** A flood gets half a processor: what it takes of the machine is no part of what is looked at. */
const resources = { requests: { cpu: '10m', memory: '64Mi' }, limits: { cpu: '500m', memory: '1Gi' } };

interface Flood {
  readonly most: Readonly<Record<string, number>>;
  readonly ends: Readonly<Record<string, number>>;
}

/** Slow heads and large requests at once, while a client of the model has all its answers. */
export async function floodOfRequests(place: Place, seconds: number): Promise<void> {
  const before = await asked(place);
  const flood = await flooding(place, 'flood', urlOf(place), seconds, ['heads=4000', 'posts=1000']);
  const seen = await flood.end();
  // Of the clients some are waiting: they have their answers, too, or not.
  await sleep(5000);
  const after = await asked(place);
  const differences = Object.entries(after).map(([end, count]) => [end, count - (before[end] ?? 0)] as const);
  const more = Object.fromEntries(differences.filter(([, count]) => count > 0));
  const isServed = (more['answered by well'] ?? 0) > 0 && Object.keys(more).every((end) => end === 'answered by well');
  place.expect('while it is flooded its client has all answers', isServed, JSON.stringify(more));
  tell(place, 'the flood was there', seen);
}

/** Slow heads at the other port, while it can be scraped. */
export async function floodOfMetrics(place: Place, { name, address }: Served, seconds: number): Promise<void> {
  const flood = await flooding(place, 'metrics-flood', `http://${address}:8901/metrics`, seconds, ['heads=2000']);
  const path = `/api/v1/namespaces/${place.namespace}/pods/${name}:8901/proxy/metrics`;
  let scrapes = 0;
  let failed = '';
  while (!flood.isOver()) {
    const text = await place.kubectl.run(['get', '--raw', path]).catch((error: unknown) => String(error));
    if (text.includes('flyball_requests_total')) scrapes++;
    else failed ||= text.slice(0, 300);
    await sleep(1000);
  }
  const seen = await flood.end();
  place.expect(
    'its metrics are there while they are flooded',
    scrapes > 0 && failed === '',
    failed || `${scrapes} scrapes`,
  );
  tell(place, 'the flood of its metrics was there', seen);
}

async function flooding(place: Place, name: string, url: string, seconds: number, what: readonly string[]) {
  const container = { ...ours('flood', url, String(seconds), ...what), resources };
  await place.apply(pod(name, container, { restartPolicy: 'Never' }));
  await place.until(`the beginning of ${name}`, ({ pods }) => named(pods, name)?.status?.phase !== 'Pending');
  const length = sleep(seconds * 1000);
  const isOver = () => ['Succeeded', 'Failed'].includes(named(place.sight.pods, name)?.status?.phase ?? '');
  const end = async (): Promise<Flood | undefined> => {
    await length;
    await place.until(`the end of ${name}`, isOver);
    const line = (await place.logs(`pod/${name}`)).trim().split('\n').at(-1);
    return line ? (JSON.parse(line) as Flood) : undefined;
  };
  return { isOver, end };
}

/** A flood that did not happen shows nothing. */
function tell(place: Place, claim: string, flood: Flood | undefined): void {
  const sum = Object.values(flood?.most ?? {}).reduce((total, count) => total + count, 0);
  place.expect(claim, sum >= 500, JSON.stringify(flood));
}

async function asked(place: Place): Promise<Readonly<Record<string, number>>> {
  return endsOf(await place.logs('pod/asker').catch(() => ''));
}

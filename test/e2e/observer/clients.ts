import { pod } from '../outcomes/objects.ts';
import { named, type Place } from '../outcomes/place.ts';
import { ours, type Served, urlOf } from './served.ts';

/** Runs a program in a pod to its end and returns the last line that it printed. */
export async function ended(place: Place, name: string, seen: Parameters<typeof pod>[1]): Promise<unknown> {
  await place.apply(pod(name, seen, { restartPolicy: 'Never' }));
  await place.until(`the end of ${name}`, ({ pods }) =>
    ['Succeeded', 'Failed'].includes(named(pods, name)?.status?.phase ?? ''),
  );
  return JSON.parse((await place.logs(`pod/${name}`)).trim().split('\n').at(-1) ?? '');
}

/** A server that closes a connection after an error loses nobody else's request. */
export async function closing(place: Place): Promise<void> {
  const ends = (await ended(place, 'mixed', ours('mixed', urlOf(place)))) as Readonly<Record<string, number>>;
  const wants = { 'good 200': 1000, 'bad 500': ends['bad 500'] };
  const isRight = Object.entries(ends).every(([end, count]) => wants[end as keyof typeof wants] === count);
  place.expect('beside bad requests no good one is lost', isRight && ends['good 200'] === 1000, JSON.stringify(ends));
}

/** Another pod cannot take this one out of its clients' pools. */
export async function drain(place: Place, { address }: Served): Promise<void> {
  const seen = (await ended(place, 'drainer', ours('drain', urlOf(place), address))) as {
    readonly before: string;
    readonly after: readonly string[];
  };
  const isUnmoved = [seen.before, ...seen.after].every((answer) => answer === '200');
  place.expect('what another pod asks of /drain changes nothing', isUnmoved, JSON.stringify(seen));
}

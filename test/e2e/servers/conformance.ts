/** What a server answers to the specification of its protocol, it answers by the observer as well. */
import { isReady, type Place } from '../outcomes/place.ts';
import { clients, program, servers } from './server.ts';
import { ended, served } from './story.ts';

interface Conformance {
  readonly sent: number;
  readonly kept: { readonly direct: number; readonly observed: number };
  readonly differences: number;
  readonly different: readonly object[];
}

/** Of each endpoint so many requests that keep to the specification, and as many that do not. */
const cases = 40;

export async function sameByObserver(place: Place): Promise<void> {
  const { kserve } = servers;
  if (kserve === undefined) throw new Error('the suite has no server called kserve');
  await served(place, kserve, 1);
  const ready = place.sight.pods.find((pod) => isReady(pod) && pod.metadata?.name?.startsWith('model-'));
  const address = ready?.status?.podIP ?? '';
  const [direct, observed] = [kserve.server.port, 8900].map((port) => `http://${address}:${port}`);
  const { image, command } = program(clients, 'conform', direct ?? '', observed ?? '', 'model', String(cases));
  const found = (await ended(place, { image, command })) as Conformance;
  const told = `${found.sent} requests, ${found.kept.direct} kept to it, by the observer ${found.kept.observed}`;
  place.expect('requests come of the specification', found.sent >= cases, told);
  place.expect('the observer changes no answer', found.differences === 0, `${told} ${JSON.stringify(found.different)}`);
}

/** What a server answers to the specification of its protocol, it answers by the observer as well. */
import { isReady, type Place } from '../outcomes/place.ts';
import { clients, program, servers } from './server.ts';
import { ended, served } from './story.ts';

/** Of one endpoint, valid (`positive`) or invalid requests: how many, and how many answers kept to the specification each way. */
interface Row {
  readonly endpoint: string;
  readonly mode: 'positive' | 'negative';
  readonly sent: number;
  readonly direct: number;
  readonly observed: number;
}

interface Conformance {
  readonly rows: readonly Row[];
  readonly broken: readonly object[];
  readonly differences: number;
  readonly different: readonly object[];
}

/** So many valid requests, and as many invalid ones, where there is a body; the other endpoints are asked once. */
const cases = 40;

/** That have no version of the model in their path. */
const endpoints = 6;

export async function sameByObserver(place: Place): Promise<void> {
  const { kserve } = servers;
  if (kserve === undefined) throw new Error('the suite has no server called kserve');
  await served(place, kserve, 1);
  const ready = place.sight.pods.find((pod) => isReady(pod) && pod.metadata?.name?.startsWith('model-'));
  const address = ready?.status?.podIP ?? '';
  const [direct, observed] = [kserve.server.port, 8900].map((port) => `http://${address}:${port}`);
  const { image, command } = program(clients, 'conform', direct ?? '', observed ?? '', 'model', String(cases));
  const found = (await ended(place, { image, command })) as Conformance;
  const told = JSON.stringify(found.rows);
  const valid = found.rows.filter(({ mode }) => mode === 'positive');
  const inferences = found.rows.filter(({ endpoint }) => endpoint.startsWith('POST'));
  const isEnough =
    valid.length === endpoints && inferences.length === 2 && inferences.every(({ sent }) => sent >= cases);
  place.expect('requests come of the specification', isEnough, told);
  // To what is invalid KServe answers as it pleases: often 422, which the specification does not know, or as if it were valid.
  const isKept = valid.every(({ sent, direct }) => direct === sent);
  place.expect('what is valid is answered as the specification says', isKept, JSON.stringify(found.broken));
  place.expect('the observer changes no answer', found.differences === 0, JSON.stringify(found.different));
}

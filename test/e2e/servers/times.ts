/** The observer's times to the first byte, and its tokens, are those that a client measures and is told of. */
import { isReady, type Place } from '../outcomes/place.ts';
import { clients, program, servers } from './server.ts';
import { ended, served } from './story.ts';

interface Times {
  readonly client: { readonly seconds: number; readonly input: number; readonly output: number };
  readonly observer: {
    readonly seconds: number;
    readonly requests: number;
    readonly Input?: number;
    readonly Output?: number;
  };
}

const requests = 20;

/** As a share of what the client has, how far the observer may be from it. */
const tolerance = 0.05;

export async function timesAgree(place: Place): Promise<void> {
  const { llamacpp } = servers;
  if (llamacpp === undefined) throw new Error('the suite has no server called llamacpp');
  await served(place, llamacpp, 1);
  const ready = place.sight.pods.find((pod) => isReady(pod) && pod.metadata?.name?.startsWith('model-'));
  const { image, command } = program(clients, 'times', ready?.status?.podIP ?? '', String(requests));
  const { client, observer } = (await ended(place, { image, command })) as Times;
  const agree = (counted: number, told: number) => told > 0 && Math.abs(counted - told) <= tolerance * told;
  const told = `${observer.seconds.toFixed(3)} s in ${observer.requests} requests, the client ${client.seconds.toFixed(3)} s`;
  place.expect('each request has a time to its first byte', observer.requests === requests, told);
  place.expect('times to the first byte are the client’s', agree(observer.seconds, client.seconds), told);
  const { Input: input = 0, Output: output = 0 } = observer;
  const tokens = `${input} in and ${output} out, the client ${client.input} and ${client.output}`;
  place.expect('tokens are the client’s', input === client.input && output === client.output, tokens);
}

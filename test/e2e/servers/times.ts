/** The observer's times to the first byte lie between those of the server and of a client, and its tokens are those that the client is told of. */
import { isReady, type Place } from '../outcomes/place.ts';
import { clients, program, servers } from './server.ts';
import { ended, served } from './story.ts';

interface Times {
  readonly client: { readonly seconds: number; readonly input: number; readonly output: number };
  /** What of the client's time the server says that it read prompts. */
  readonly server: { readonly seconds: number };
  readonly observer: {
    readonly seconds: number;
    readonly requests: number;
    readonly Input?: number;
    readonly Output?: number;
  };
}

const requests = 20;

export async function timesAgree(place: Place): Promise<void> {
  const { llamacpp } = servers;
  if (llamacpp === undefined) throw new Error('the suite has no server called llamacpp');
  await served(place, llamacpp, 1);
  const ready = place.sight.pods.find((pod) => isReady(pod) && pod.metadata?.name?.startsWith('model-'));
  const { image, command } = program(clients, 'times', ready?.status?.podIP ?? '', String(requests));
  const { client, server, observer } = (await ended(place, { image, command })) as Times;
  const [least, seconds, most] = [server, observer, client].map((one) => one.seconds.toFixed(3));
  const told = `${seconds} s in ${observer.requests} requests, the server ${least} s, the client ${most} s`;
  place.expect('each request has a time to its first byte', observer.requests === requests, told);
  // Whatever else the machine does: the server has to read the prompt first, and the client sees nothing sooner than the observer.
  const isBetween = server.seconds > 0 && server.seconds <= observer.seconds && observer.seconds <= client.seconds;
  place.expect('times to the first byte lie between the server’s and the client’s', isBetween, told);
  const { Input: input = 0, Output: output = 0 } = observer;
  const tokens = `${input} in and ${output} out, the client ${client.input} and ${client.output}`;
  place.expect('tokens are the client’s', input === client.input && output === client.output, tokens);
}

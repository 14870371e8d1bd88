/** How anybody asks the model, with kubectl and curl. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Cluster } from '../cluster/cluster.ts';
import { run } from '../cluster/command.ts';
import { example } from './install.ts';
import { namespaces } from './mark.ts';

const model = 'biopsy';

/** Lines of a shell, which as printed work in any folder; the last ends what the first began. */
export async function question(cluster: Cluster): Promise<string> {
  // Whoever already listens on a port would answer in the model's stead.
  const port = await freePort();
  const service = `--namespace ${namespaces.loop} service/${model} ${port}:80`;
  const again = '--retry 9 --retry-connrefused --retry-delay 1';
  const patient = `--header 'Content-Type: application/json' --data '@${example('quickstart')}/patient.json'`;
  return `
  '${cluster.kubectl}' --kubeconfig '${cluster.kubeconfig}' port-forward ${service} >/dev/null &
  curl --silent ${again} ${patient} http://127.0.0.1:${port}/v2/models/${model}/infer; echo; kill $!
`;
}

interface Answer {
  readonly model_name: string;
  readonly outputs: readonly { readonly name: string; readonly data: readonly (string | number)[] }[];
}

/** What the model answers to `question`. */
export async function ask(lines: string): Promise<string> {
  const said = await run('sh', ['-c', lines]);
  const answer = parsed(said);
  if (answer?.model_name === model) return answer.outputs.map(({ name, data }) => `${name} ${data[0]}`).join(', ');
  throw new Error(said.trim() || 'nothing answers: no model serves now, or curl is lacking here');
}

function parsed(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free on 127.0.0.1');
  return address.port;
}

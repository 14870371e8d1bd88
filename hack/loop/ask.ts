/** How anybody asks the model, with kubectl and curl. */
import type { Cluster } from '../cluster/cluster.ts';
import { run } from '../cluster/command.ts';
import { example } from './install.ts';
import { namespaces } from './mark.ts';

const model = 'biopsy';
const port = 18080;

/** Lines of a shell, which as printed work in any folder; the last ends what the first began. */
export function question(cluster: Cluster): readonly string[] {
  const service = `--namespace ${namespaces.loop} service/${model} ${port}:80`;
  const again = '--retry 9 --retry-connrefused --retry-delay 1';
  const patient = `--header 'Content-Type: application/json' --data '@${example('quickstart')}/patient.json'`;
  return [
    `'${cluster.kubectl}' --kubeconfig '${cluster.kubeconfig}' port-forward ${service} >/dev/null &`,
    `curl --silent ${again} ${patient} http://127.0.0.1:${port}/v2/models/${model}/infer; echo; kill $!`,
  ];
}

interface Answer {
  readonly outputs: readonly { readonly name: string; readonly data: readonly (string | number)[] }[];
}

/** What the model says of the patient of the example. */
export async function ask(cluster: Cluster): Promise<string> {
  const said = await run('sh', ['-c', question(cluster).join('\n')]);
  try {
    const { outputs } = JSON.parse(said) as Answer;
    return outputs.map(({ name, data }) => `${name} ${data[0]}`).join(', ');
  } catch {
    throw new Error(said.trim() || 'nothing answers: it serves no model now, or curl is lacking here');
  }
}

import { parseArgs } from 'node:util';
import type { Cluster, ProviderName } from './cluster.ts';
import { defaultProvider, down, find, providers, up } from './providers.ts';

const usage = `Usage: node hack/cluster/cli.ts <command> [--provider kind|local|current] [--name <name>]

  up                    start the cluster, or do nothing when it is up
  down                  remove the cluster and all that it left on the machine
  status                say whether the cluster is up
  kubeconfig            print the path of the cluster's kubeconfig
  load-image <archive>  make the images of an OCI archive available to the cluster's pods

The provider defaults to kind where Docker answers, else local; the name defaults to flyball.`;

function describe(cluster: Cluster): string {
  const audit = cluster.audit ? `\n  audit log  ${cluster.audit.log}` : '';
  return `the ${cluster.provider} cluster "${cluster.name}" is up
  kubeconfig ${cluster.kubeconfig}
  kubectl    ${cluster.kubectl}
  helm       ${cluster.helm}${audit}`;
}

function isProvider(name: string): name is ProviderName {
  return Object.hasOwn(providers, name);
}

class UsageError extends Error {}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { provider: { type: 'string' }, name: { type: 'string', default: 'flyball' } },
  });
  const [command, archive] = positionals;
  const provider = values.provider ?? defaultProvider();
  if (!isProvider(provider)) throw new UsageError(`unknown provider "${provider}"`);
  const selector = { provider, name: values.name };
  switch (command) {
    case 'up':
      console.log(describe(await up(selector)));
      return;
    case 'down':
      await down(selector);
      return;
    case 'status':
      console.log(describe(await find(selector)));
      return;
    case 'kubeconfig':
      console.log((await find(selector)).kubeconfig);
      return;
    case 'load-image':
      if (archive === undefined) throw new UsageError('load-image needs the path of an OCI archive');
      await (await find(selector)).loadImage(archive);
      console.log(`the images of ${archive} are there for the pods of the cluster`);
      return;
    default:
      throw new UsageError(command === undefined ? 'a command is needed' : `unknown command "${command}"`);
  }
}

try {
  await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof UsageError ? `${message}\n${usage}` : message);
  process.exitCode = 1;
}

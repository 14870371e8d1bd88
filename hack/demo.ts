/** Shows the whole loop: see README.md. Safe to run again; a cluster that is up is used as it is. */
import { parseArgs } from 'node:util';
import type { Cluster, ProviderName } from './cluster/cluster.ts';
import { defaultProvider, down, providers, up } from './cluster/providers.ts';
import { example, installFlyball, loadImages, uninstallFlyball } from './loop/install.ts';
import { Kubectl } from './loop/kubectl.ts';
import { look } from './loop/state.ts';
import { steps } from './loop/steps.ts';
import { follow } from './loop/watch.ts';
import { namespace, verify } from './loop/verify.ts';

const usage = `Usage: hack/demo [--provider kind|local|current] [--fast] [--down]

  --provider  kind where Docker answers, else local, unless said otherwise
  --fast      shorter holds and windows: the loop takes about six minutes instead of about twenty
  --down      removes all that the demo made; with current, the CustomResourceDefinitions stay`;

const { provider, fast, remove } = options();
const started = performance.now();

if (remove) {
  if (provider === 'current') await stage('Removing Flyball and the examples', removeFromCurrent);
  else await stage(`Removing the ${provider} cluster`, () => down({ provider }));
} else {
  await show();
}

async function show(): Promise<void> {
  const cluster = await stage(`Kubernetes (${provider}) is up`, () => up({ provider }));
  const kubectl = new Kubectl(cluster);
  // A loop that is under way is followed, not touched: what is applied now would count as a person's write.
  if (await isApplied(kubectl)) console.log('The example is there already; what it did so far is told first.');
  else await install(cluster, kubectl);
  for await (const { step, why, seconds } of follow(kubectl, namespace, steps)) line(step.title, why, seconds);
  const failed = (await verify(cluster)).filter((one) => !one.passed);
  for (const one of failed) console.error(`✗ ${one.name}: ${one.detail}`);
  if (failed.length > 0) process.exit(1);
  console.log(`
The loop is closed, after ${clock((performance.now() - started) / 1000)}. Look at it:

  export KUBECONFIG=${cluster.kubeconfig}
  ${cluster.kubectl} get trun,mver,mdep,mon -A
  ${cluster.kubectl} events -n ${namespace}
  ${cluster.kubectl} get mver -n ${namespace} -o yaml
  ${cluster.kubectl} explain trainingrun.spec

  ./hack/demo --provider ${provider} --down   removes all of it`);
}

async function install(cluster: Cluster, kubectl: Kubectl): Promise<void> {
  await stage('Images are on the node', () => loadImages(cluster, ['workload']));
  await stage('Flyball and Prometheus are installed', () => installFlyball(cluster));
  await stage('The example is applied', () =>
    kubectl.run(['apply', '--server-side', '--kustomize', example(fast ? 'fast' : 'quickstart')]),
  );
}

/** The TrainingRun is what kubectl applies last. */
async function isApplied(kubectl: Kubectl): Promise<boolean> {
  const definition = await kubectl.run([
    'get',
    'crd',
    'trainingruns.flyball.dev',
    '--ignore-not-found',
    '--output=name',
  ]);
  return definition !== '' && (await look(kubectl, namespace)).run !== undefined;
}

/** What was there before the demo stays: the cluster, and by Helm's annotation the custom resource definitions. */
async function removeFromCurrent(): Promise<void> {
  const cluster = await up({ provider });
  await uninstallFlyball(cluster, [example('quickstart'), example('prometheus')]);
}

async function stage<T>(title: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await work();
  line(title, '', (performance.now() - begun) / 1000);
  return result;
}

function line(title: string, why: string, seconds: number): void {
  console.log(`✓ ${title.padEnd(42)} ${clock(seconds).padStart(7)}  ${why}`);
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} m ${whole % 60} s`;
}

function options(): { provider: ProviderName; fast: boolean; remove: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        provider: { type: 'string' },
        fast: { type: 'boolean', default: false },
        down: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const asked = values.provider ?? defaultProvider();
    if (!isProvider(asked)) throw new Error(`--provider ${asked}: there is kind, local and current.`);
    return { provider: asked, fast: values.fast, remove: values.down };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

function isProvider(name: string): name is ProviderName {
  return name in providers;
}

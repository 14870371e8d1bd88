/** Shows the whole loop: see README.md. Run again it tells the state; it touches only what it made. */
import { parseArgs } from 'node:util';
import type { Cluster, ProviderName } from './cluster/cluster.ts';
import { clock, during, say } from './cluster/progress.ts';
import { defaultProvider, down, find, providers, up } from './cluster/providers.ts';
import { applied, install } from './loop/beginning.ts';
import { finish, followOn, tellState } from './loop/telling.ts';
import { obstacles } from './loop/obstacles.ts';
import { removeDemo } from './loop/removal.ts';

const usage = `Usage: hack/demo [--provider kind|local|current] [--fast] [--down]

  --provider  kind where Docker answers, else local, unless said otherwise; current is the cluster of your kubeconfig's context
  --fast      shorter holds and windows: the loop takes about six minutes instead of about twenty
  --down      removes what the demo made, and nothing else: with kind and local the cluster, with current what bears its mark
  --help      prints this

Run again it tells what the loop has done and what stands, and follows the loop if nobody had a hand in it.
Exit code 0: the loop is closed, or its state was told; 1: not so; 2: the options cannot be understood; 3: something of others stands
in the way, and nothing was changed.`;

const { provider, fast, remove } = options();
const started = performance.now();
process.exitCode = await (remove ? takeDown() : show()).catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  return 1;
});

async function show(): Promise<number> {
  const cluster = await stage(`Kubernetes (${provider}) is up`, () => up({ provider }));
  const form = await applied(cluster);
  if (form !== undefined) {
    const isFollowed = await tellState(cluster, form);
    if (isFollowed) await followOn(cluster, line);
    return finish(cluster, provider, isFollowed);
  }
  const chosen = fast ? 'fast' : 'quickstart';
  const found = await stage('Nothing of others stands in the way', () => obstacles(cluster, chosen), isEmpty);
  if (found.length > 0) return refuse(cluster, found);
  await install(cluster, chosen, stage);
  await followOn(cluster, line);
  say(`\nThe loop is closed, after ${clock((performance.now() - started) / 1000)}.`, process.stdout);
  return finish(cluster, provider, true);
}

async function refuse(cluster: Cluster, found: Awaited<ReturnType<typeof obstacles>>): Promise<number> {
  say('The demo makes nothing here, and has changed nothing:');
  for (const { what, remedy } of found) say(`\n✗ ${what}.\n  ${remedy}`);
  // The copy of the kubeconfig is what `up` left; a demo that stands keeps it.
  if (cluster.provider === 'current') await cluster.down();
  return 3;
}

async function takeDown(): Promise<number> {
  if (provider !== 'current') {
    await stage(`The ${provider} cluster is removed`, () => down({ provider }));
    return 0;
  }
  // The cluster on which the demo was shown, whatever the current context is by now.
  const cluster = (await find({ provider }).catch(ignoreAbsence)) ?? (await up({ provider }));
  const { removed, left } = await stage('What the demo made is removed', () => removeDemo(cluster));
  await cluster.down();
  for (const what of removed) say(`  removed: ${what}`, process.stdout);
  for (const what of left) say(`  left: ${what}`, process.stdout);
  if (removed.length + left.length === 0) say('  Nothing of the demo was there; nothing was touched.', process.stdout);
  return 0;
}

function ignoreAbsence(error: unknown): undefined {
  if (error instanceof Error && error.message.includes('is not up')) return undefined;
  throw error;
}

function isEmpty(list: readonly unknown[]): boolean {
  return list.length === 0;
}

/** Does a part of the demo, and says that it is done if `isDone` finds so. */
async function stage<T>(
  title: string,
  work: () => Promise<T>,
  isDone: (result: T) => boolean = () => true,
): Promise<T> {
  const begun = performance.now();
  const result = await during(title, work);
  if (isDone(result)) line(title, '', (performance.now() - begun) / 1000);
  return result;
}

function line(title: string, why: string, seconds: number): void {
  say(`✓ ${title.padEnd(42)} ${clock(seconds).padStart(7)}  ${why}`.trimEnd(), process.stdout);
}

function options(): { provider: ProviderName; fast: boolean; remove: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        provider: { type: 'string' },
        fast: { type: 'boolean', default: false },
        down: { type: 'boolean', default: false },
      },
    });
    const asked = values.provider ?? defaultProvider();
    if (!isProvider(asked)) throw new Error(`--provider ${asked}: there is kind, local and current.`);
    return { provider: asked, fast: values.fast, remove: values.down };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

function isProvider(name: string): name is ProviderName {
  return Object.hasOwn(providers, name);
}

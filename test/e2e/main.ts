/** Plays suites on clusters of their own: one suite whole, or without a name the quick forms of all. */
import { parseArgs } from 'node:util';
import type { Cluster } from '../../hack/cluster/cluster.ts';
import { run } from '../../hack/cluster/command.ts';
import { defaultProvider, down, up } from '../../hack/cluster/providers.ts';
import { installFlyball, loadImages } from '../../hack/loop/install.ts';
import { namespaces, release } from '../../hack/loop/mark.ts';
import { leftovers } from './leftovers.ts';
import { usage } from './options.ts';
import { Report } from './report.ts';
import { chosen, playOf, type Play } from './suites.ts';

const options = told();
const provider = defaultProvider();
const report = new Report();
/** The cluster that is there, or about to be. */
let current: string | undefined;
let isStopped = false;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    isStopped = true;
    const removes = current !== undefined && !options.keep;
    console.error(removes ? `${signal}: removing the cluster ${current}.` : `${signal}.`);
    const removed = removes ? down({ provider, name: current ?? '' }) : Promise.resolve();
    void removed.finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  });
}

for (const play of options.plays) if (!isStopped) await onCluster(play);
console.log(`\n${report.summary()}`);
process.exit(report.failed === 0 ? 0 : 1);

/** Makes the cluster of a play, plays on it, and removes it. */
async function onCluster(play: Play): Promise<void> {
  current = play.cluster;
  try {
    await report.part(`The cluster ${play.cluster}`, async () => {
      const cluster = await up({ provider, name: play.cluster });
      await loadImages(cluster, [...new Set(play.suites.flatMap(([, { images }]) => images))]);
      if (play.installs === 'flyball') await install(cluster);
      for (const group of play.turns) await Promise.all(group.map((one) => played(one, cluster)));
    });
  } finally {
    if (!options.keep) await remove(play.cluster);
    current = undefined;
  }
}

async function install(cluster: Cluster): Promise<void> {
  await installFlyball(cluster);
  const test = ['test', release, '--namespace', namespaces.operator, '--kubeconfig', cluster.kubeconfig];
  report.record('helm test passes', (await run(cluster.helm, test)).includes('Succeeded'), '');
}

async function played([name, suite]: Play['suites'][number], cluster: Cluster): Promise<void> {
  const { form, scenes, seed } = options;
  const started = performance.now();
  await report.part(`${name}: ${suite.title}`, () => suite.play({ cluster, report, form, scenes, seed }));
  console.log(`-- ${name} ends after ${Math.round((performance.now() - started) / 1000)} s`);
}

async function remove(name: string): Promise<void> {
  await down({ provider, name });
  if (provider !== 'local') return;
  const left = await leftovers(name);
  report.record(`Removing the cluster ${name} leaves nothing behind`, left.length === 0, left.join('\n'));
}

function told() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        seed: { type: 'string', default: '1' },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const [name, ...scenes] = positionals;
    const form = name === undefined || values.quick ? ('quick' as const) : ('whole' as const);
    const seed = Number(values.seed);
    if (!Number.isSafeInteger(seed)) throw new Error(`--seed ${values.seed}: it is a whole number.`);
    return { plays: playOf(chosen(name, scenes), name), scenes, form, seed, keep: values.keep };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

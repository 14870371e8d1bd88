/**
 * The demo with assertions, on a cluster of its own: the loop, a two-pod training, and what users get wrong.
 * `npm run test:e2e -- outcomes` runs alone what ends badly without anybody's fault, or looks well and is not; only the scenes whose
 * namespaces follow it, if any do. `npm run test:e2e -- kill` runs the loop alone, with the operator killed at 20 moments (`--seed N`).
 */
import { parseArgs } from 'node:util';
import { defaultProvider, down, up } from '../../hack/cluster/providers.ts';
import { run } from '../../hack/cluster/command.ts';
import { installFlyball, loadImages, operatorNamespace } from '../../hack/loop/install.ts';
import type { ImageName } from '../../hack/images/recipes.ts';
import { checkBadInput } from './bad-input.ts';
import { checkGang } from './gang.ts';
import { killRepeatedly } from './kill.ts';
import { leftovers } from './leftovers.ts';
import { checkLoop } from './loop.ts';
import { checkOutcomes } from './outcomes/index.ts';
import { Report } from './report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
});
const [suite = 'e2e', ...choice] = positionals;
const killing = suite === 'kill';
const selector = { provider: defaultProvider(), name: suite };
const images: Readonly<Record<string, readonly ImageName[]>> = {
  e2e: ['workload', 'gang', 'mlserver'],
  kill: ['workload'],
  outcomes: ['workload', 'mlserver'],
};
const report = new Report();

process.once('SIGINT', () => {
  console.error(values.keep ? 'Interrupted; the cluster stays.' : 'Interrupted; removing the cluster.');
  void (values.keep ? Promise.resolve() : down(selector)).finally(() => process.exit(130));
});

try {
  const cluster = await up(selector);
  await loadImages(cluster, images[suite] ?? []);
  await installFlyball(cluster);
  await report.part('The release', async () => {
    const release = ['test', 'flyball', '--namespace', operatorNamespace, '--kubeconfig', cluster.kubeconfig];
    report.record('helm test passes', (await run(cluster.helm, release)).includes('Succeeded'), '');
  });
  if (killing) {
    const killer = killRepeatedly(cluster, Number(values.seed));
    await report.part('The loop, with the operator killed', () => checkLoop(cluster, report));
    await report.part('The kills', async () => killer.stop(report));
  } else if (suite === 'outcomes') {
    await report.part('Outcomes', () => checkOutcomes(cluster, report, choice));
  } else {
    await report.part('The loop', () => checkLoop(cluster, report));
    await Promise.all([
      report.part('A training on two pods', () => checkGang(cluster, report)),
      report.part('Bad input', () => checkBadInput(cluster, report)),
    ]);
    await report.part('Outcomes', () => checkOutcomes(cluster, report));
  }
} finally {
  if (!values.keep) {
    await down(selector);
    if (selector.provider === 'local') {
      const left = await leftovers(selector.name);
      report.record('Removing the cluster leaves nothing behind', left.length === 0, left.join('\n'));
    }
  }
  console.log(`\n${report.summary()}`);
}
process.exit(report.failed === 0 ? 0 : 1);

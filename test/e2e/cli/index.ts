/** `kubectl flyball` as people use it, from what goes wrong to what it does about it, on a real cluster. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { Observations } from '../outcomes/observations.ts';
import type { Suite } from '../suite.ts';
import { besideOthers } from './faults/index.ts';
import { playFault } from './live.ts';
import { playLoop } from './loop.ts';
import { prepare } from './platform.ts';
import { playProduct } from './product.ts';

/** What was on the terminals, for people to read. */
const folder = resolve(import.meta.dirname, '../../../dist/terminals');

/** Those of the quick form, which need nothing of the platform. */
const quick: readonly string[] = ['traceback', 'secret-missing', 'quota-pods', 'service-taken'];
const live = Object.entries(besideOthers).filter(([, { works }]) => works !== undefined);

/** As many of them at a time. */
const width = 8;

export const cli: Suite = {
  title: 'kubectl flyball on what goes well and on what goes wrong, whose fixes work',
  images: ['workload'],
  installs: 'flyball',
  quick: 'beside',
  scenes: ['product', 'loop', ...live.map(([name]) => name)],
  play: async ({ cluster, report, form, scenes }) => {
    const observations = new Observations(new Kubectl(cluster));
    mkdirSync(folder, { recursive: true });
    const keep = (name: string, text: string) => writeFileSync(join(folder, `${name}.txt`), text);
    const round = { cluster, observations, report, keep };
    const chosen = live.filter(([name]) =>
      scenes.length > 0 ? scenes.includes(name) : form === 'whole' || quick.includes(name),
    );
    try {
      if (form === 'whole') await prepare(cluster, observations, report);
      const product = scenes.length === 0 || scenes.includes('product') ? playProduct(round) : undefined;
      const isLoop = form === 'whole' && (scenes.length === 0 || scenes.includes('loop'));
      const loop = isLoop ? report.part('The loop of the demo', () => playLoop(round)) : undefined;
      const waiting = [...chosen];
      const some = async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await playFault(...next, round);
      };
      await Promise.all([product, loop, ...Array.from({ length: width }, some)]);
    } finally {
      await observations.stop();
    }
    console.log(`  what was on the terminals is in ${folder}`);
  },
};

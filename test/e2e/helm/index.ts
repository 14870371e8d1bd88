/** The chart as administrators use it, on a real cluster on which people train and serve. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { buildImage } from '../../../hack/images/build.ts';
import { Observations } from '../outcomes/observations.ts';
import type { Round, Suite } from '../suite.ts';
import { removeField } from './definitions.ts';
import { buildEarlier, packaged } from './earlier.ts';
import { testWithoutDNS } from './patience.ts';
import { type Packaged, Release } from './release.ts';
import { playSteps } from './steps.ts';
import { Story } from './story.ts';
import { World } from './world.ts';

const chart = resolve(import.meta.dirname, '../../../charts/flyball');

export const helm: Suite = {
  title: 'the chart installed, upgraded, rolled back and removed, while people train, serve and ask',
  images: ['workload', 'operator', 'storage'],
  installs: 'nothing',
  quick: 'none',
  play,
};

async function play(round: Round): Promise<void> {
  const { cluster, report } = round;
  const observations = new Observations(new Kubectl(cluster));
  const folder = mkdtempSync(join(tmpdir(), 'flyball-helm-'));
  try {
    const charts = await prepare(round, folder);
    await new Release(cluster).install(charts.earlier);
    const world = new World(cluster, observations, report);
    await world.make();
    const story = new Story(world);
    const release = await playSteps(story, charts.now, world.place, cluster, report);
    await world.goOn();
    const { failed } = await world.asked();
    report.record('no request fails through the promotion', Object.keys(failed).length === 0, JSON.stringify(failed));
    await testWithoutDNS(cluster, release, report);
    console.log(`  what people were told:`);
    await world.place.tell();
    console.log(`  ${story.summary()}`);
  } finally {
    await observations.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is installed first, and what it is upgraded to: both charts, whose images are on the nodes. */
async function prepare(
  { cluster, report }: Round,
  folder: string,
): Promise<{ readonly earlier: Packaged; readonly now: Packaged }> {
  const { commit, chart: old, images } = await buildEarlier(folder);
  for (const { archive } of images) await cluster.loadImage(archive);
  removeField(old);
  const now = packaged(chart, [await buildImage('operator'), await buildImage('storage')]);
  report.record('there is an earlier chart', true, `of the commit ${commit}`);
  return { earlier: packaged(old, images), now };
}

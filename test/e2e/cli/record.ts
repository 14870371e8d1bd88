/**
 * Makes faults on a cluster that is up, and records each in test/observed/faults: `node test/e2e/cli/record.ts CLUSTER [FAULT …]`.
 * Without names those are made that there is no recording of.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { up } from '../../../hack/cluster/providers.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import { Observations } from '../outcomes/observations.ts';
import { Place } from '../outcomes/place.ts';
import { Report } from '../report.ts';
import type { Fault } from './fault.ts';
import { besideOthers, namespaceOf, oneByOne, withNodes } from './faults/index.ts';
import { make, saidOf } from './play.ts';
import { Person } from './person.ts';
import { makeNodes, prepare, removeNodes } from './platform.ts';
import { recordingOf, written } from './recording.ts';

const folder = resolve(import.meta.dirname, '../../observed/faults');
/** As many namespaces at a time. */
const width = 10;
const [clusterName = '', ...asked] = process.argv.slice(2);
const selector = { name: clusterName };
let cluster = await up(selector);
const kubectl = new Kubectl(cluster);
const observations = new Observations(kubectl);
const report = new Report();
mkdirSync(folder, { recursive: true });
await prepare(cluster, observations, report);

const all = (faults: Readonly<Record<string, Fault>>) =>
  Object.entries(faults).filter(([fault]) => (asked.length > 0 ? asked.includes(fault) : !existsSync(fileOf(fault))));
await each(all(besideOthers), width);
if (all(withNodes).length > 0) {
  await makeNodes(cluster);
  await each(all(withNodes), width);
  await removeNodes(cluster);
}
for (const [fault, spec] of all(oneByOne)) {
  await record(fault, spec);
  const person = await Person.at(cluster, namespaceOf(fault));
  report.record(`${fault} is undone`, (await person.types(spec.expect.fix)).exitCode === 0, '');
  person.leaves();
}
await observations.stop();
console.log(report.summary());
process.exit(report.failed === 0 ? 0 : 1);

function fileOf(fault: string): string {
  return join(folder, `${fault}.json`);
}

async function each(faults: readonly (readonly [string, Fault])[], most: number): Promise<void> {
  const waiting = [...faults];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await record(...next);
  };
  await Promise.all(Array.from({ length: most }, work));
}

async function record(name: string, fault: Fault): Promise<void> {
  const namespace = namespaceOf(name);
  const place = new Place(fault.title, namespace, cluster, observations, report);
  const began = Date.now();
  try {
    await make(name, fault, place);
    // What the cluster's own controllers have to say comes a moment later.
    await sleep(8000);
    const recording = await recordingOf(fault, namespace, kubectl);
    writeFileSync(fileOf(name), written(recording));
    report.record(`${name}, after ${Math.round((Date.now() - began) / 1000)} s`, true, '');
  } catch (error) {
    report.record(name, false, error instanceof Error ? error.message : String(error));
  }
  for (const line of saidOf(fault.about, place.sight)) console.log(`    ${line}`);
  await kubectl.run(['delete', 'namespace', namespace, '--wait=false']).catch(() => '');
  // Volumes whose claims are gone are made anew.
  cluster = await up(selector);
}

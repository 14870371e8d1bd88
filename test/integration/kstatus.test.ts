/** How Flux, and whatever else uses kstatus, finds statuses that the operator has written: those of Argo CD's tests. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { run } from '../../hack/cluster/command.ts';

const group = join(import.meta.dirname, '..', '..', 'argocd', 'flyball.dev');
const { kstatus } = await ensureBinaries(['kstatus']);

const wanted: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  TrainingRun: {
    InProgress: ['edited', 'in-a-queue', 'training'],
    Failed: ['secret-missing'],
    // What the operator has not seen yet has no status by which the library could tell.
    Current: ['crashed', 'gate-failed', 'new', 'registered', 'retrained', 'suspended'],
  },
  ModelDeployment: {
    InProgress: ['canary', 'edited', 'first', 'first-unapproved', 'held-and-short', 'rolling-back', 'without-pods'],
    Failed: ['crashing', 'declared-rejected'],
    Current: [
      'aborted',
      'followed-rejected',
      'nothing-to-hold',
      'paused',
      'rolled-back',
      'serving',
      'serving-rejected',
      'unapproved',
    ],
  },
  Monitor: {
    InProgress: ['blind', 'retraining-in-vain', 'without-traffic', 'without-value'],
    Current: ['cooling-down', 'failing', 'passing', 'retraining'],
  },
  ModelVersion: { Current: ['registered'] },
};

test.each(Object.entries(wanted))('%s', async (kind, statuses) => {
  const folder = join(group, kind, 'testdata');
  const names = readdirSync(folder)
    .map((file) => file.replace('.yaml', ''))
    .toSorted();
  const said = await run(
    kstatus,
    names.map((name) => join(folder, `${name}.yaml`)),
  );
  const lines = said.trim().split('\n');
  expect(Object.groupBy(names, (_, index) => lines[index]?.split('\t')[0] ?? '')).toEqual(statuses);
});

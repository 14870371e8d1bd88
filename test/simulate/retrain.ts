import { expect } from '@jest/globals';
import type { RetrainSpec } from '../../src/api/types.ts';
import { modelVersion } from '../builders/modelversion.ts';
import {
  attempt,
  binCounts,
  monitor,
  MonitorWorld,
  shiftedCounts,
  stable,
  watchedDeployment,
} from '../builders/monitor.ts';
import { trainingRun } from '../builders/trainingrun.ts';

export const profile = { amount: { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9] } };
export const spec: RetrainSpec = { trainingRunRef: { name: 'fraud' }, onChecks: ['drift'] };
export const served = (number: number, fields = {}) =>
  modelVersion(number, { uri: `pvc://models/fraud/fraud-${number}`, profile, ...fields });

/** Version 1 is served since midnight; it is noon, and the traffic is as in training. */
export function world(retrain: Partial<RetrainSpec> = {}): MonitorWorld {
  const simulated = new MonitorWorld(monitor({ retrain: { ...spec, ...retrain } }));
  simulated.run = trainingRun({ status: { attempts: [registered(1)] } });
  simulated.versions = [served(1)];
  simulated.prometheus.answer = () => binCounts();
  return simulated;
}

/** A world that has just asked for training because of drift. */
export async function asked(retrain: Partial<RetrainSpec> = {}): Promise<MonitorWorld> {
  const simulated = world(retrain);
  simulated.prometheus.answer = () => shiftedCounts;
  await simulated.reconcile();
  expect(simulated.status.retrain).toBeDefined();
  return simulated;
}

type Ending = Parameters<typeof attempt>[1];

/** The run answers the request with attempt `number`, as far as `ending` says. */
export function attempted(simulated: MonitorWorld, number: number, ending: Ending = {}): void {
  const coversUntil = simulated.status.retrain?.requestedAt ?? '';
  const made =
    ending.verdict === 'Registered' ? registered(number, { coversUntil }) : attempt(number, { coversUntil, ...ending });
  const attempts = [...(simulated.run?.status?.attempts ?? []), made];
  simulated.run = trainingRun({ status: { attempts } });
  if (ending.verdict === 'Registered') simulated.versions = [...simulated.versions, served(number, { coversUntil })];
}

export function promoted(simulated: MonitorWorld, revision: string, number: number): void {
  const since = `${simulated.now.toISOString().slice(0, 19)}Z`;
  simulated.deployment = watchedDeployment({}, { stable: stable(revision, number, since) });
}

/** An attempt of which a version came. */
export function registered(number: number, fields: Ending = {}) {
  return attempt(number, { verdict: 'Registered', versionUID: `uid-version-${number}`, ...fields });
}

import { expect, it } from '@jest/globals';
import { ill, type Make } from '../../../test/builders/ill.ts';
import { illTransfers, trainsBeforeSaving } from '../../../test/builders/illtransfers.ts';
import { job } from '../../../test/builders/job.ts';
import { podOf } from '../../../test/builders/pod.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { transferContainers } from '../../workload/transfers.ts';
import { podNode } from './pods.ts';

const made = job(trainingRun());
const make: Make = (status, more = {}, index) => ill(status, { pod: podOf(made, status, index), ...more });
const place = { container: 'spec', claims: 'spec.output', pod: 'spec.pod', ours: transferContainers };
const now = new Date('2026-11-24T10:10:00Z');

it('A pod whose output is to be saved runs while its command does, though Kubernetes calls it pending', () => {
  const trains = podNode(trainsBeforeSaving(make), place, now);
  expect(trains).toMatchObject({ state: 'Running', tone: 'good' });
  expect(trains.detail ?? '').not.toContain('ready');
  const [saves] = illTransfers['an output is saved'](make);
  expect(saves && podNode(saves, place, now)).toMatchObject({ state: 'Saving' });
});

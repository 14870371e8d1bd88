import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import { job } from '../../../test/builders/job.ts';
import { modelVersion } from '../../../test/builders/modelversion.ts';
import { podOf } from '../../../test/builders/pod.ts';
import { referring } from '../../../test/builders/reader.ts';
import { entry } from '../../../test/builders/trainingplan.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import type { Attempt, IModelDeployment, IMonitor } from '../../api/types.ts';
import { isOwnedBy, keyOf, type Kind, type Resource } from '../../api/resource.ts';
import type { Reader } from '../../controller.ts';
import { createTrainingRunController } from './index.ts';
import { observe } from './observe.ts';

function reader(cached: readonly Resource[], live: readonly Resource[] = cached): Reader & { asked: string[] } {
  const asked: string[] = [];
  const ofKind = <R extends Resource>(kind: Kind<R>, all: readonly Resource[]) =>
    all.filter((object) => object.kind === kind.kind) as unknown as R[];
  return {
    asked,
    get: (kind, key) => ofKind(kind, cached).find((object) => keyOf(object).name === key.name),
    referring: (kind, to, key) => referring(cached, kind, to, key),
    ownedBy: (kind, uid) => ofKind(kind, cached).filter((object) => isOwnedBy(object, uid)),
    isServed: () => true,
    live: async (kind, key) => {
      asked.push(key.name);
      const found = ofKind(kind, live).find((object) => keyOf(object).name === key.name);
      return found && received(kind, found);
    },
  };
}

/** As the client has it: of what is watched only some fields of the spec. */
function received<R extends Resource>({ specFields }: Kind<R>, object: R): R {
  const { spec } = object as { readonly spec?: object };
  if (specFields === undefined || spec === undefined) return object;
  return { ...object, spec: Object.fromEntries(Object.entries(spec).filter(([field]) => specFields.includes(field))) };
}

const unfinished = {
  name: 'fraud-1',
  number: 1,
  recipeDigest: 'd',
  trigger: { type: 'Created', time: '2026-11-24T10:00:00Z' },
  coversUntil: '2026-11-24T10:00:00Z',
  startTime: '2026-11-24T10:00:00Z',
  stages: [entry()],
} satisfies Attempt;
const run = trainingRun({ status: { attempts: [unfinished] } });

function monitor(run: string, asked: string): IMonitor {
  return {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'Monitor',
    metadata: { name: 'amounts', namespace: 'team' },
    spec: {
      modelDeploymentRef: { name: 'fraud' },
      checks: [],
      retrain: { trainingRunRef: { name: run }, onChecks: ['drift'] },
    },
    status: { retrain: { trainingRun: asked, requestedAt: '2026-11-24T10:00:00Z', check: 'drift', reason: 'PSI' } },
  };
}

const deployment: IModelDeployment = {
  apiVersion: 'flyball.dev/v1alpha1',
  kind: 'ModelDeployment',
  metadata: { name: 'fraud', namespace: 'team' },
  spec: {
    model: { trainingRunRef: { name: 'fraud' } },
    server: { image: 'server', port: 8080, protocol: 'HTTP' },
    replicas: 1,
  },
  status: {
    rejected: [
      { revision: 'a', version: 'loans-2', reason: 'AnalysisFailed', message: '', time: '2026-11-24T10:00:00Z' },
    ],
  },
};

describe('Observing a run', () => {
  it('asks the API server for nothing while the Job is cached', async () => {
    const read = reader([job(run)]);
    await observe(run, read);
    expect(read.asked).toEqual([]);
  });

  it('takes a Job for gone only if the API server says so too', async () => {
    const gone = await observe(run, reader([]));
    expect([...gone.vanished]).toEqual(['fraud-1-train']);
    const late = await observe(run, reader([], [job(run)]));
    expect(late.vanished.size).toBe(0);
    expect(late.jobs.map((found) => keyOf(found).name)).toEqual(['fraud-1-train']);
  });

  it('takes a Job for gone if the one of its name is not of this run', async () => {
    const foreign = { ...job(run), metadata: { name: 'fraud-1-train', namespace: 'team', uid: 'foreign' } };
    expect((await observe(run, reader([foreign]))).vanished.size).toBe(1);
  });

  it('keeps a Job that somebody gave another owner, if status tells of its UID', async () => {
    const stages = [entry({ jobUID: 'of-fraud-1' })];
    const told = trainingRun({ status: { attempts: [{ ...unfinished, stages }] } });
    const { name, namespace } = keyOf(job(told));
    const disowned = { ...job(told), metadata: { name, namespace, uid: 'of-fraud-1' } };
    const { jobs, vanished } = await observe(told, reader([], [disowned]));
    expect(jobs.map(({ metadata }) => metadata)).toEqual([disowned.metadata]);
    expect(vanished.size).toBe(0);
    // With a pod by which it cannot be known, its template is read, too.
    const pods = [podOf(disowned, { phase: 'Running' })];
    expect((await observe(told, reader(pods, [disowned]))).jobs.map(({ metadata }) => metadata)).toEqual([
      disowned.metadata,
    ]);
  });

  it('misses the Job that status tells of last, and no other', async () => {
    const passed = entry({ name: 'Check', job: 'fraud-1-check', state: 'Passed' });
    const stages = [passed, entry({ job: 'fraud-1-train-r1', jobUID: 'of-r1' })];
    const gang = trainingRun({ spec: { nodes: 2 }, status: { attempts: [{ ...unfinished, stages }] } });
    const read = reader([job(gang)]);
    expect([...(await observe(gang, read)).vanished]).toEqual(['fraud-1-train-r1']);
    expect(read.asked).toEqual(['fraud-1-train-r1']);
  });

  it('takes a Job for gone if the one of its name has another UID than status tells of', async () => {
    const told = trainingRun({ status: { attempts: [{ ...unfinished, stages: [entry({ jobUID: 'the-first' })] }] } });
    expect([...(await observe(told, reader([job(told)]))).vanished]).toEqual(['fraud-1-train']);
    expect((await observe(told, reader([job(told)]))).jobs).toHaveLength(1);
  });

  it('believes the API server of a Job whose namesake the cache still holds', async () => {
    const told = trainingRun({ status: { attempts: [{ ...unfinished, stages: [entry({ jobUID: 'newer' })] }] } });
    const newer = { ...job(told), metadata: { ...job(told).metadata, uid: 'newer' } };
    const found = await observe(told, reader([job(told)], [newer]));
    expect(found.vanished.size).toBe(0);
    expect(found.jobs.map(({ metadata }) => metadata?.uid)).toEqual(['newer']);
  });

  it('takes no Job for gone whose version exists', async () => {
    expect((await observe(run, reader([modelVersion(1)]))).vanished.size).toBe(0);
  });

  it('reads the pods of its own Jobs alone, and of those only while they matter', async () => {
    const made = job(run);
    const other = { ...made, metadata: { ...made.metadata, uid: 'other' } };
    const cached = [made, podOf(made), podOf(other)];
    expect((await observe(run, reader(cached))).pods).toHaveLength(1);
    const over = trainingRun({ status: { attempts: [{ ...unfinished, verdict: 'Registered' }] } });
    expect((await observe(over, reader(cached))).pods).toHaveLength(0);
  });

  it.each([
    ['fraud', 'fraud', 1],
    ['loans', 'fraud', 0],
    ['fraud', 'loans', 0],
  ])('reads the request of a Monitor for %s that asked %s', async (refersTo, asked, wantRequests) => {
    const { requests } = await observe(run, reader([job(run), monitor(refersTo, asked)]));
    expect(requests).toHaveLength(wantRequests);
  });
});

describe('The watches of the controller', () => {
  const parentsOf = (changed: Resource, cached: readonly Resource[] = []) =>
    createTrainingRunController({ provenance: 'Compare' })
      .watches.filter((watch) => watch.kind.kind === changed.kind)
      .flatMap((watch) => watch.parents(changed, reader(cached)))
      .map(({ namespace, name }) => `${namespace}/${name}`);

  it('lead from a Job to its owner, and from a pod by its label', () => {
    expect(parentsOf(job(run))).toEqual(['team/fraud']);
    expect(parentsOf(podOf(job(run)))).toEqual(['team/fraud']);
  });

  it('lead from a version to the run that made it', () => {
    expect(parentsOf(modelVersion(1))).toEqual(['team/fraud']);
  });

  it('lead from a Monitor to the run that it asks', () => {
    expect(parentsOf(monitor('fraud', 'fraud'))).toEqual(['team/fraud']);
  });

  it('lead from a deployment to the run that it follows, and to those whose versions it rejected', () => {
    const loans = modelVersion(2, { trainingRun: 'loans' });
    expect(parentsOf(deployment, [loans])).toEqual(['team/fraud', 'team/loans']);
  });
});

describe('Observing who made a Job', () => {
  const without = ({ apiVersion, kind, metadata }: IJob): IJob => ({ apiVersion, kind, ...(metadata && { metadata }) });

  it('asks for the template of one that status does not tell of', async () => {
    const fresh = trainingRun();
    const read = reader([without(job(fresh))], [job(fresh)]);
    const { jobs } = await observe(fresh, read);
    expect(read.asked).toEqual(['fraud-1-train']);
    expect(jobs[0]?.spec?.template.spec?.containers).toHaveLength(1);
  });

  it('asks for that of one whose pods are not what its snapshot makes of it, as after an upgrade', async () => {
    const made = job(run);
    const pod = podOf(made);
    const main = { ...pod.spec?.containers[0], name: 'main', env: [] };
    const other = { ...pod, spec: { containers: [main] } };
    const read = reader([without(made), other], [made]);
    await observe(run, read);
    expect(read.asked).toEqual(['fraud-1-train']);
    const ordinary = reader([without(made), pod], [made]);
    await observe(run, ordinary);
    expect(ordinary.asked).toEqual([]);
  });

  it('asks for the next one alone, of those that status does not tell of, and for four at most of a run without status', async () => {
    const many = Array.from({ length: 9 }, (_, index) => job(run, { number: index + 2 }));
    const read = reader([job(run), ...many.map(without)], many);
    await observe(run, read);
    expect(read.asked).toEqual(['fraud-2-train']);
    const fresh = reader(many.map(without), many);
    await observe(trainingRun(), fresh);
    expect(fresh.asked).toHaveLength(4);
  });

  it('asks for none of an attempt that ended', async () => {
    const ended = trainingRun({ status: { attempts: [{ ...unfinished, verdict: 'Failed' }] } });
    const read = reader([without(job(ended, {}, 1))]);
    await observe(ended, read);
    expect(read.asked).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { commandsIn } from '../../../api/message.ts';
import type { ModelDeploymentSpec } from '../../../api/types.ts';
import { modelDeployment } from '../../../../test/builders/modeldeployment.ts';
import { errors } from '../../../../test/simulate/rollout.ts';
import { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';

type Rollout = NonNullable<ModelDeploymentSpec['rollout']>;

const never = (rollout: Rollout = {}) => ({ rollout: { ...rollout, surge: 'Never' as const } });

/** Room for as many pods as are declared, which take 12 seconds to end; there never are more, those that end included. */
async function crowded(spec: Partial<ModelDeploymentSpec> = never(), replicas = 1): Promise<ServingWorld> {
  const world = new ServingWorld(modelDeployment({ spec: { ...spec, replicas } }));
  world.room = replicas;
  world.endsIn = 12;
  world.everySecond = () => expect(world.pods().length).toBeLessThanOrEqual(replicas);
  world.register(1);
  await world.pass(20);
  expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
  return world;
}

const statuses = (world: ServingWorld) => world.trace.filter((line) => line.includes('operator  status'));
const analysed = { ...never({ analysis: [{ ...errors, minSamples: 100 }] }), observe: {} };

describe('A rollout without surge, of one pod', () => {
  it('says before that nothing will serve, says so while it is so, and how long it was', async () => {
    const world = await crowded();
    world.register(2);
    const told: string[] = [];
    world.everySecond = () => told.push(world.condition('Ready')?.message ?? '');
    await world.reconcile();
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'RollingOut' });
    expect(world.condition('Ready')?.message).toMatch(
      /To try fraud-2 .*, fraud-1 .* is ended first: nothing serves meanwhile \(spec.rollout.surge is Never\)/,
    );
    expect(world.parent.status?.outage).toBeUndefined();
    await world.pass(5);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'Outage' });
    expect(world.condition('Ready')?.message).toMatch(/^Nothing serves: fraud-1 .* was ended to try fraud-2/);
    expect(world.condition('Reconciling')?.message).toMatch(/come when others are gone/);
    await world.pass(60);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-2' }, previous: { version: 'fraud-1' } });
    expect(world.parent.status?.lastOutage?.length).toBe('19s');
  });

  it('writes nothing more once the new revision serves', async () => {
    const world = await crowded();
    world.register(2);
    await world.pass(60);
    const before = statuses(world).length;
    await world.pass(3600);
    expect(statuses(world)).toHaveLength(before);
  });

  it('is rejected when it crashes, and tells that the old one is back only when it is', async () => {
    const world = await crowded();
    world.behaviours.set('fraud-2', 'Crashes');
    world.register(2);
    await world.pass(47);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'CrashLooping' }]);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'Outage' });
    expect(world.condition('Ready')?.message).toMatch(/^Nothing serves: fraud-1 .* comes back/);
    expect(world.available()).toBe(0);
    await world.pass(30);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'CandidateRejected' });
    expect(world.ready('fraud-1')).toBe(1);
    expect(world.parent.status?.outage).toBeUndefined();
  });

  it('is rejected when its analysis fails, though it serves, and the old one comes back once it is gone', async () => {
    const world = await crowded(analysed);
    world.metrics = { requests: 500, errors: 0.2 };
    world.register(2);
    await world.pass(120);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'AnalysisFailed' }]);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'CandidateRejected' });
    expect(world.ready('fraud-1')).toBe(1);
  });

  it('says while it is judged that the new revision serves in the place of the old one', async () => {
    const world = await crowded(analysed);
    world.register(2);
    await world.pass(120);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'RollingOut' });
    expect(world.condition('Ready')?.message).toMatch(/^fraud-2 .* serves at .*, in the place of fraud-1/);
    expect(world.parent.status?.outage).toBeUndefined();
  });

  it.each([
    ['an image that is not there', 'ImageMissing', 'ImagePull'],
    ['no room', 'Works', 'Unschedulable'],
  ] as const)('gives up for %s after five minutes, since nothing serves meanwhile', async (_, behaviour, reason) => {
    const world = await crowded();
    world.behaviours.set('fraud-2', behaviour);
    world.register(2);
    await world.pass(5);
    if (behaviour === 'Works') world.room = 0;
    await world.pass(200);
    expect(world.parent.status?.rejected).toBeUndefined();
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'Outage' });
    await world.pass(130);
    expect(world.parent.status?.rejected?.[0]?.reason).toMatch(reason);
    world.room = 1;
    await world.pass(40);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'CandidateRejected' });
  });

  it('ends nothing for a revision whose workload the API server refuses', async () => {
    const world = await crowded();
    world.register(2);
    await world.reconcile();
    const name = `fraud-${world.parent.status?.candidate?.revision}`;
    world.put({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'team', uid: 'uid-other' } });
    world.everySecond = () => expect(world.ready('fraud-1')).toBe(1);
    await world.pass(60);
    expect(world.condition('Stalled')).toMatchObject({ reason: 'NameConflict' });
  });

  it('goes back the same way when a Monitor rejects what serves', async () => {
    const world = await crowded();
    world.register(2);
    await world.pass(60);
    world.reject('latency');
    await world.pass(3);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'Outage' });
    await world.pass(60);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'RolledBack' });
  });

  it('ends at the same whenever the operator is killed, and nothing stays down', async () => {
    for (let calls = 0; calls < 16; calls += 1) {
      const world = await crowded();
      world.behaviours.set('fraud-2', 'Crashes');
      world.register(2);
      world.crashAfter(calls);
      await world.pass(150);
      expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-1' }, rejected: [{ version: 'fraud-2' }] });
      expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'CandidateRejected' });
    }
  });
});

describe('What serves is not ended', () => {
  it('for a revision that nobody has approved yet, which says what approval brings', async () => {
    const world = await crowded();
    world.edit(never({ approval: 'Required' }));
    world.register(2);
    world.everySecond = () => expect(world.ready('fraud-1')).toBe(1);
    await world.pass(60);
    const { reason, message = '' } = world.condition('Suspended') ?? {};
    expect(reason).toBe('ApprovalRequired');
    expect(message).toMatch(/nothing serves meanwhile/);
    expect(world.parent.status?.candidate).toBeUndefined();
    const approvedRevision = /"approvedRevision":"([0-9a-f]{8})"/.exec(commandsIn(message)[0] ?? '')?.[1] ?? '';
    world.everySecond = () => undefined;
    world.edit(never({ approval: 'Required', approvedRevision }));
    await world.pass(60);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it('while the rollout is paused, which says what going on brings', async () => {
    const world = await crowded();
    world.edit(never({ paused: true }));
    world.register(2);
    world.everySecond = () => expect(world.ready('fraud-1')).toBe(1);
    await world.pass(60);
    expect(world.condition('Suspended')?.message).toMatch(/is paused .* nothing serves meanwhile/);
  });

  it('where a check compares with it', async () => {
    const against = { name: 'errors', errors: {}, against: 'Stable' as const, maxIncrease: 0.01 };
    const world = await crowded({ ...never({ analysis: [against] }), observe: {} });
    world.register(2);
    world.everySecond = () => expect(world.ready('fraud-1')).toBe(1);
    await world.pass(60);
    expect(world.condition('Stalled')).toMatchObject({ reason: 'NothingToCompare' });
    expect(world.condition('Ready')?.status).toBe('True');
  });

  it('for the first revision, which has nothing to end', async () => {
    const world = await crowded();
    expect(world.parent.status?.lastOutage).toBeUndefined();
    expect(world.trace.join('\n')).not.toMatch(/Outage/);
  });
});

describe('A rollout without surge, of several pods', () => {
  it('takes as many pods from what serves as a step needs, and something serves all the time', async () => {
    const world = await crowded(
      never({
        steps: [
          { weight: 25, hold: '10s' },
          { weight: 50, hold: '10s' },
        ],
      }),
      4,
    );
    world.everySecond = () => {
      expect(world.pods().length).toBeLessThanOrEqual(4);
      expect(world.ready()).toBeGreaterThanOrEqual(2);
    };
    world.register(2);
    await world.pass(15);
    expect(world.condition('Ready')?.message).toMatch(/takes the place of some of its pods/);
    await world.pass(200);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-2' }, readyReplicas: 4 });
    expect(world.parent.status?.lastOutage).toBeUndefined();
  });

  it('takes half of them where no step is declared', async () => {
    const world = await crowded(never(), 3);
    world.register(2);
    await world.pass(10);
    expect(world.ready('fraud-1')).toBe(2);
    world.everySecond = () => expect(world.ready()).toBeGreaterThanOrEqual(1);
    await world.pass(120);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-2' }, readyReplicas: 3 });
  });

  it('gives the places back when the new revision crashes', async () => {
    const world = await crowded(never(), 4);
    world.behaviours.set('fraud-2', 'Crashes');
    world.register(2);
    await world.pass(120);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-1' }, readyReplicas: 4 });
    expect(world.ready('fraud-1')).toBe(4);
  });
});

describe('An edit of spec.rollout.surge', () => {
  it('lets a candidate that finds no room beside what serves be tried in its place', async () => {
    const world = await crowded({});
    world.everySecond = () => undefined;
    world.register(2);
    await world.pass(30);
    expect(world.condition('Blocked')?.reason).toBe('Unschedulable');
    world.edit(never());
    await world.pass(60);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-2' }, lastOutage: { length: '19s' } });
  });

  it('ends nothing for a candidate that answered beside what serves and crashes now', async () => {
    const rollout = { steps: [{ weight: 50, hold: '1m' }] };
    const world = await crowded({ rollout });
    world.everySecond = () => undefined;
    world.room = 2;
    world.register(2);
    await world.pass(30);
    world.edit(never(rollout));
    await world.pass(5);
    world.everySecond = () => expect(world.ready('fraud-1')).toBe(1);
    world.behaviours.set('fraud-2', 'Crashes');
    await world.pass(120);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2' }]);
    expect(world.parent.status?.lastOutage).toBeUndefined();
  });

  it('changes nothing of a trial that has begun, nor of its way back', async () => {
    const world = await crowded();
    world.behaviours.set('fraud-2', 'Crashes');
    world.register(2);
    await world.pass(20);
    world.edit({ rollout: {} });
    await world.pass(80);
    expect(world.ready('fraud-1')).toBe(1);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'CandidateRejected' });
  });

  it('leaves a candidate alone that answers beside what serves', async () => {
    const rollout = { steps: [{ weight: 50, hold: '1m' }] };
    const world = await crowded({ rollout });
    world.everySecond = () => undefined;
    world.room = 2;
    world.register(2);
    await world.pass(30);
    world.edit(never(rollout));
    world.everySecond = () => expect(world.ready()).toBeGreaterThanOrEqual(1);
    await world.pass(120);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.parent.status?.lastOutage).toBeUndefined();
  });
});

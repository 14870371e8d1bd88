import { describe, expect, it } from '@jest/globals';
import { commandsIn } from '../../../api/message.ts';
import { timestamp } from '../../../api/condition.ts';
import { canary, modelDeployment } from '../../../../test/builders/modeldeployment.ts';
import { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';
import { errors, inFirstStep, serving, watched } from '../../../../test/simulate/rollout.ts';

const steered = (fields: object) => ({ rollout: { ...canary, ...fields } });
const patch = (rollout: object) =>
  `kubectl -n team patch mdep fraud --type merge -p '${JSON.stringify({ spec: { rollout } })}'`;
const candidateOf = (world: ServingWorld) => world.parent.status?.candidate?.revision ?? '';

/** Told by the condition, and by Ready, since nothing else explains why the spec is not served. */
function expectSuspended(world: ServingWorld, reason: string, ...commands: readonly string[]): void {
  expect(world.condition('Suspended')).toMatchObject({ status: 'True', reason });
  expect(commandsIn(world.condition('Suspended')?.message ?? '')).toEqual(commands);
}

describe('A paused ModelDeployment', () => {
  it('begins nothing, and says with which command it goes on', async () => {
    const world = await serving();
    world.edit(steered({ paused: true }));
    world.register(2);
    await world.pass(60);
    expect(world.parent.status?.candidate).toBeUndefined();
    expectSuspended(world, 'Paused', patch({ paused: null }));
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Paused' });
    expect(world.condition('Reconciling')).toBeUndefined();
    world.edit(steered({}));
    await world.pass(20);
    expect(world.parent.status?.candidate?.version).toBe('fraud-2');
    expect(world.condition('Suspended')).toBeUndefined();
  });

  it('keeps a candidate at its step, however long, and says so while the step still holds', async () => {
    const world = await inFirstStep();
    world.edit(steered({ paused: true }));
    await world.pass(10);
    expect(world.condition('Reconciling')?.reason).toBe('Holding');
    expectSuspended(world, 'Paused', patch({ paused: null }));
    await world.pass(600);
    expect(world.parent.status).toMatchObject({ candidate: { version: 'fraud-2', step: 0 }, weight: 25 });
    expect(world.condition('Reconciling')).toBeUndefined();
    world.edit(steered({}));
    await world.pass(20);
    expect(world.parent.status?.candidate?.step).toBe(1);
  });

  it('keeps its candidate when the spec asks for another one, which begins afterwards', async () => {
    const world = await inFirstStep();
    world.edit({ ...steered({ paused: true }), model: { versionRef: { name: 'fraud-2' } }, observe: {} });
    await world.pass(60);
    expect(world.parent.status?.candidate).toMatchObject({ version: 'fraud-2', step: 0 });
    const before = candidateOf(world);
    world.edit(steered({}));
    await world.pass(20);
    expect(candidateOf(world)).not.toBe(before);
  });

  it('still rejects a candidate that fails, and begins nothing in its place', async () => {
    const world = await inFirstStep(watched);
    world.edit({ rollout: { ...watched.rollout, paused: true } });
    world.metrics = { requests: 500, errors: 0.001 };
    await world.pass(300);
    world.metrics = { requests: 500, errors: 0.5 };
    world.register(3);
    await world.pass(60);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'AnalysisFailed' }]);
    expect(world.parent.status?.candidate).toBeUndefined();
    expect(world.ready('fraud-1')).toBe(4);
  });

  it('still goes back when what serves is rejected', async () => {
    const world = await serving({});
    world.register(2);
    await world.pass(40);
    world.edit({ rollout: { paused: true } });
    world.reject('latency');
    await world.pass(40);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
  });
});

describe('A ModelDeployment that requires approval', () => {
  it('promotes a candidate that has passed everything only once it is approved', async () => {
    const world = await inFirstStep();
    world.edit(steered({ approval: 'Required' }));
    await world.pass(600);
    const revision = candidateOf(world);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-1' }, candidate: { step: 1 }, weight: 50 });
    expectSuspended(
      world,
      'ApprovalRequired',
      patch({ approvedRevision: revision }),
      patch({ abortedRevision: revision }),
    );
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'ApprovalRequired' });
    world.edit(steered({ approval: 'Required', approvedRevision: revision }));
    await world.pass(30);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.condition('Suspended')).toBeUndefined();
  });

  it('does not take the approval of another revision for one', async () => {
    const world = await inFirstStep(steered({}));
    world.edit(steered({ approval: 'Required', approvedRevision: world.parent.status?.stable?.revision }));
    await world.pass(600);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
  });

  it('that was given beforehand needs nobody to wait, and skips no step', async () => {
    const world = await inFirstStep();
    world.edit(steered({ approval: 'Required', approvedRevision: candidateOf(world) }));
    await world.pass(50);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    await world.pass(230);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it('does not deploy a first revision before, since its pods would get requests at once', async () => {
    const world = new ServingWorld(modelDeployment({ spec: steered({ approval: 'Required' }) }));
    world.register(1);
    await world.pass(60);
    expect([world.names('Deployment'), world.condition('Ready')?.status]).toEqual([[], 'False']);
    const [approve = ''] = commandsIn(world.condition('Suspended')?.message ?? '');
    const [, revision = ''] = /"approvedRevision":"([0-9a-f]{8})"/.exec(approve) ?? [];
    world.edit(steered({ approval: 'Required', approvedRevision: revision }));
    await world.pass(30);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
  });

  it('goes back without one, and returns from a pin only with one', async () => {
    const world = await serving({});
    world.register(2);
    await world.pass(40);
    world.edit({ rollout: { approval: 'Required' }, model: { versionRef: { name: 'fraud-1' } } });
    await world.pass(40);
    expect(world.condition('Suspended')?.reason).toBe('ApprovalRequired');
    world.edit({ model: { versionRef: { name: 'fraud-2' } } });
    await world.pass(5);
    world.reject('latency');
    await world.pass(40);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
  });

  it('goes on looking at a candidate that waits, and rejects it when it fails', async () => {
    const world = await serving({ ...watched, rollout: { analysis: [errors] } });
    world.edit({ rollout: { analysis: [errors], approval: 'Required' } });
    world.register(2);
    world.metrics = { requests: 500 };
    await world.pass(60);
    expect(world.condition('Suspended')?.reason).toBe('ApprovalRequired');
    world.metrics = { requests: 500, errors: 0.5 };
    await world.pass(30);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'AnalysisFailed' }]);
  });
});

describe('An aborted revision', () => {
  it('is rejected as the candidate', async () => {
    const world = await inFirstStep();
    world.edit(steered({ abortedRevision: candidateOf(world) }));
    await world.pass(40);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'Aborted' }]);
    expect(world.parent.status?.candidate).toBeUndefined();
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'CandidateRejected' });
    expect(world.ready('fraud-1')).toBe(4);
  });

  it('gives way to the one before it when it serves', async () => {
    const world = await serving({});
    world.register(2);
    await world.pass(40);
    world.edit({ rollout: { abortedRevision: world.parent.status?.stable?.revision ?? '' } });
    await world.pass(40);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'RolledBack' });
  });

  it.each([
    ['its uri', (number: number) => ({ uri: `pvc://models/${number}`, digest: `sha256:${String(number).repeat(64)}` })],
    ['its uri, without a digest', (number: number) => ({ uri: `pvc://models/${number}` })],
    ['its version', (number: number) => ({ versionRef: { name: `fraud-${number}` } })],
  ])(
    'that the spec asks for by %s is told of, with the command after which the spec asks for what serves',
    async (_by, model) => {
      const world = await serving({ model: model(1) });
      world.register(2);
      world.edit({ model: model(2) });
      await world.pass(60);
      const second = world.parent.status?.stable?.revision;
      world.edit({ ...steered({ abortedRevision: second }), model: model(2) });
      await world.pass(60);
      const ready = world.condition('Ready');
      expect(ready).toMatchObject({ status: 'False', reason: 'RevisionRejected' });
      expect(ready?.message).toContain('goes on serving. What the spec asks for');
      expect(ready?.message).toContain('To stay with what serves, declare its model: `');
      const [declared] = commandsIn(ready?.message ?? '');
      expect(declared).toBe(
        `kubectl -n team patch mdep fraud --type merge -p '${JSON.stringify({ spec: { model: model(1) } })}'`,
      );
      world.edit({ ...steered({ abortedRevision: second }), model: model(1) });
      await world.pass(10);
      expect(world.condition('Ready')?.status).toBe('True');
      expect(world.condition('Stalled')).toBeUndefined();
    },
  );

  it('is left without its digest where what serves has none', async () => {
    const world = await serving({ model: { uri: 'pvc://models/1' } });
    const model = { uri: 'pvc://models/2', digest: `sha256:${'2'.repeat(64)}` };
    world.edit({ model });
    await world.pass(60);
    world.edit({ ...steered({ abortedRevision: world.parent.status?.stable?.revision }), model });
    await world.pass(60);
    const [declared] = commandsIn(world.condition('Ready')?.message ?? '');
    expect(declared).toContain('{"uri":"pvc://models/1","digest":null}');
  });

  it('is not even begun where it was named beforehand', async () => {
    const known = await inFirstStep();
    const world = await serving(steered({ abortedRevision: candidateOf(known) }));
    world.register(2);
    await world.pass(40);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'Aborted' }]);
    expect(world.deployments()).toHaveLength(1);
  });
});

describe('spec.rollout.retryAt', () => {
  const rejectedPin = async () => {
    const world = await serving({ model: { versionRef: { name: 'fraud-1' } } });
    world.behaviours.set('fraud-2', 'Crashes');
    world.register(2);
    world.edit({ model: { versionRef: { name: 'fraud-2' } } });
    await world.pass(60);
    expect(world.condition('Ready')?.reason).toBe('RevisionRejected');
    world.behaviours.set('fraud-2', 'Works');
    return world;
  };

  it('is what the condition of a rejected revision names, by a command that sets it to the time at which it is run', async () => {
    const world = await rejectedPin();
    expect(commandsIn(world.condition('Stalled')?.message ?? '')).toEqual([
      String.raw`kubectl -n team patch mdep fraud --type merge -p "{\"spec\":{\"rollout\":{\"retryAt\":\"$(date -u +%FT%TZ)\"}}}"`,
    ]);
    expect(world.condition('Stalled')?.message).toContain(
      'the rejection said: The container crashed more than 2 times',
    );
  });

  it('lets what was rejected before it be tried once more', async () => {
    const world = await rejectedPin();
    world.edit({ rollout: { retryAt: timestamp(world.now) } });
    await world.pass(30);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-2' } });
    expect(world.parent.status?.rejected).toBeUndefined();
  });

  it('counts when its time has come, and not again for what fails after it', async () => {
    const world = await rejectedPin();
    world.behaviours.set('fraud-2', 'Crashes');
    world.edit({ rollout: { retryAt: timestamp(new Date(world.now.getTime() + 100_000)) } });
    await world.pass(99);
    expect(world.parent.status?.candidate).toBeUndefined();
    await world.pass(3);
    expect(world.parent.status?.candidate?.version).toBe('fraud-2');
    await world.pass(600);
    expect(world.parent.status?.candidate).toBeUndefined();
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'CrashLooping' }]);
  });

  it('forgives a Monitor’s rejection, which counts again once it is newer', async () => {
    const world = await serving({});
    world.register(2);
    await world.pass(40);
    world.reject('latency');
    await world.pass(40);
    world.edit({ rollout: { retryAt: timestamp(world.now) } });
    await world.pass(40);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    world.reject('latency');
    await world.pass(40);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
  });

  it('forgives nothing but what the spec asks for, and not what is aborted', async () => {
    const world = await inFirstStep();
    const revision = candidateOf(world);
    world.edit(steered({ abortedRevision: revision }));
    await world.pass(20);
    world.edit(steered({ abortedRevision: revision, retryAt: timestamp(world.now) }));
    await world.pass(20);
    expect(world.parent.status?.candidate).toBeUndefined();
    world.edit({ ...steered({ retryAt: timestamp(world.now) }), model: { versionRef: { name: 'fraud-1' } } });
    await world.pass(20);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2' }]);
  });
});

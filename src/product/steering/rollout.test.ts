import { describe, expect, it } from '@jest/globals';
import { commandsIn } from '../../api/message.ts';
import { canary, modelDeployment } from '../../../test/builders/modeldeployment.ts';
import { ServingWorld } from '../../../test/simulate/modeldeployment.ts';
import { inFirstStep, serving } from '../../../test/simulate/rollout.ts';
import { factsOf, follow, refusalOf } from '../../../test/simulate/steering.ts';
import { abort, approve, pause, promote, resumeRollout, retry } from './rollout.ts';

const steered = (fields: object) => ({ rollout: { ...canary, ...fields } });
const flyball = (verb: string) => `kubectl flyball ${verb} mdep/fraud -n team`;

describe('pause', () => {
  it('holds the candidate where it is, and says so', async () => {
    const world = await inFirstStep();
    const { next, outcome } = follow(world, pause(factsOf(world)));
    expect(next).toMatch(
      /^fraud-2 \(revision [0-9a-f]{8}\) goes no further, and is still rejected if it fails[.] Let it go on: /,
    );
    expect(outcome(world.parent).type).toBe('Waiting');
    await world.pass(600);
    expect(outcome(world.parent)).toMatchObject({ type: 'Good', message: expect.stringContaining('paused') });
    expect(world.parent.status?.candidate?.step).toBe(0);
  });

  it('makes no sense twice', async () => {
    const world = await inFirstStep(steered({}));
    follow(world, pause(factsOf(world)));
    expect(commandsIn(refusalOf(pause(factsOf(world))))).toEqual([flyball('resume')]);
  });
});

describe('resume', () => {
  it('lets the candidate go on to its end', async () => {
    const world = await inFirstStep();
    follow(world, pause(factsOf(world)));
    await world.pass(300);
    const { outcome } = follow(world, resumeRollout(factsOf(world)));
    await world.pass(10);
    expect(outcome(world.parent).type).toBe('Waiting');
    await world.pass(300);
    expect(outcome(world.parent)).toMatchObject({ type: 'Good', message: expect.stringContaining('fraud-2') });
  });

  it('makes no sense of what is not paused, and names the approval that is waited for', async () => {
    const world = await inFirstStep();
    expect(refusalOf(resumeRollout(factsOf(world)))).toBe('ModelDeployment "fraud" is not paused');
    world.edit(steered({ approval: 'Required' }));
    await world.pass(600);
    expect(commandsIn(refusalOf(resumeRollout(factsOf(world))))).toEqual([flyball('approve')]);
  });
});

describe('promote', () => {
  it('takes the rest of its steps from the candidate', async () => {
    const world = await inFirstStep();
    const { outcome } = follow(world, promote(factsOf(world)));
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    await world.pass(20);
    expect(outcome(world.parent).type).toBe('Good');
  });

  it('takes a pause and a missing approval from it as well', async () => {
    const world = await inFirstStep();
    world.edit(steered({ paused: true, approval: 'Required' }));
    await world.pass(300);
    follow(world, promote(factsOf(world)));
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it('makes no sense where nothing is rolled out, and where nothing holds a revision', async () => {
    const world = new ServingWorld(modelDeployment({ spec: { rollout: canary } }));
    expect(refusalOf(promote(factsOf(world)))).toContain('nothing is being rolled out');
    world.register(1);
    await world.pass(3);
    expect(refusalOf(promote(factsOf(world)))).toContain('takes over by itself as soon as its pods are ready');
    await world.pass(20);
    expect(refusalOf(promote(factsOf(world)))).toContain('serves, and is what shall serve');
  });
});

describe('approve', () => {
  it('approves a candidate that has passed everything, and one that was not begun', async () => {
    const world = new ServingWorld(modelDeployment({ spec: steered({ approval: 'Required' }) }));
    world.register(1);
    await world.pass(60);
    const first = follow(world, approve(factsOf(world)));
    await world.pass(30);
    expect(first.outcome(world.parent).type).toBe('Good');
    world.register(2);
    await world.pass(600);
    follow(world, approve(factsOf(world)));
    await world.pass(30);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it('makes no sense where no approval is asked for, where it was given, and without a candidate', async () => {
    const world = await inFirstStep();
    expect(refusalOf(approve(factsOf(world)))).toContain('asks for no approval');
    world.edit(steered({ approval: 'Required' }));
    follow(world, approve(factsOf(world)));
    expect(refusalOf(approve(factsOf(world)))).toContain('is approved already');
    await world.pass(600);
    expect(refusalOf(approve(factsOf(world)))).toContain('nothing is being rolled out');
  });
});

describe('abort', () => {
  it('rejects the candidate, and retry has it tried again', async () => {
    const world = await inFirstStep();
    const { outcome, next } = follow(world, abort(factsOf(world)));
    expect(commandsIn(next)).toEqual([flyball('retry')]);
    await world.pass(20);
    expect(outcome(world.parent).type).toBe('Good');
    expect(world.parent.status?.candidate).toBeUndefined();
    expect(commandsIn(refusalOf(abort(factsOf(world))))).toEqual([flyball('retry')]);
    const again = follow(world, retry(factsOf(world), world.now));
    await world.pass(20);
    expect(world.parent.status?.candidate?.version).toBe('fraud-2');
    await world.pass(400);
    expect(again.outcome(world.parent).type).toBe('Good');
  });

  it('rejects what waits for approval before it is begun', async () => {
    const world = new ServingWorld(modelDeployment({ spec: steered({ approval: 'Required' }) }));
    world.register(1);
    await world.pass(60);
    follow(world, abort(factsOf(world)));
    await world.pass(20);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-1', reason: 'Aborted' }]);
  });
});

describe('retry', () => {
  it('makes no sense of what was not rejected', async () => {
    expect(refusalOf(retry(factsOf(await serving()), new Date()))).toBe(
      'nothing of what the spec asks for was rejected',
    );
  });

  it('ends badly if it is rejected again', async () => {
    const world = await serving();
    world.behaviours.set('fraud-2', 'Crashes');
    world.register(2);
    await world.pass(100);
    const { outcome } = follow(world, retry(factsOf(world), world.now));
    await world.pass(5);
    expect(outcome(world.parent).type).toBe('Waiting');
    await world.pass(100);
    expect(outcome(world.parent)).toMatchObject({ type: 'Bad', message: expect.stringContaining('CrashLooping') });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, KeptLog, replyStatus } from '../../test/builders/apiserver.ts';
import { type Gadget, gadgetController } from '../../test/builders/toy.ts';
import type { Condition } from '../api/condition.ts';
import { conditionHeadline } from '../api/headline.ts';
import { EventRecorder } from './events.ts';

const lastTransitionTime = '2026-11-24T00:00:00Z';
const controller = {
  ...gadgetController(),
  headline: (status: Gadget['status']) =>
    conditionHeadline(status?.conditions, 'Ready', String((status as { run?: string }).run)),
};
let server: FakeApiServer;
let log: KeptLog;
let version = 0;

beforeEach(async () => {
  server = new FakeApiServer();
  log = new KeptLog();
  await server.start();
});
afterEach(() => server.stop());

const recorder = () => new EventRecorder(server.client(), 'pod', () => new Date(lastTransitionTime), log);

function gadget(
  status: Condition['status'],
  reason: string,
  { run = '1', settled = true, message = reason } = {},
): Gadget {
  version += 1;
  const ready: Condition = { type: 'Ready', status, reason, message, lastTransitionTime };
  const reconciling: Condition = { type: 'Reconciling', status: 'True', reason, message, lastTransitionTime };
  const written = { run, conditions: settled ? [ready] : [ready, reconciling] };
  return {
    apiVersion: 'test.dev/v1',
    kind: 'Gadget',
    metadata: { namespace: 'here', name: 'a', uid: '1', resourceVersion: String(version) },
    status: written,
  };
}

const fresh = (): Gadget => ({ ...gadget('Unknown', ''), status: {} });

/** Tells of a life, one transition after the other. */
async function tell(life: readonly Gadget[], events = recorder()): Promise<void> {
  for (const [index, after] of life.entries()) {
    const before = life[index - 1];
    if (before !== undefined) await events.transition(controller, before, after);
  }
}

const told = () => server.requests.map(({ body }) => `${String(body['type'])} ${String(body['reason'])}`);

describe('Events', () => {
  it('tell of each change of the headline, in its words', async () => {
    await tell([fresh(), gadget('Unknown', 'Training', { message: 'attempt a-1 trains' })]);
    expect(server.requests[0]).toMatchObject({
      path: '/apis/events.k8s.io/v1/namespaces/here/events',
      body: {
        type: 'Normal',
        reason: 'Training',
        note: 'attempt a-1 trains',
        action: 'Reconcile',
        regarding: { kind: 'Gadget', namespace: 'here', name: 'a', uid: '1' },
        eventTime: '2026-11-24T00:00:00.000000Z',
      },
    });
  });

  it('are silent when only the message or another condition changed', async () => {
    await tell([gadget('True', 'Made'), gadget('True', 'Made', { message: 'other', settled: false })]);
    expect(told()).toEqual([]);
  });

  it('are at most three for an episode, of which one is kept for the outcome', async () => {
    const waiting = ['Pending', 'Pulling', 'Training', 'Evaluating'].map((reason) => gadget('Unknown', reason));
    await tell([fresh(), ...waiting, gadget('False', 'GateFailed')]);
    expect(told()).toEqual(['Normal Pending', 'Normal Pulling', 'Warning GateFailed']);
  });

  it('start anew with the next episode', async () => {
    const first = ['Pending', 'Pulling'].map((reason) => gadget('Unknown', reason));
    const second = ['Pending', 'Pulling'].map((reason) => gadget('Unknown', reason, { run: '2' }));
    await tell([fresh(), ...first, gadget('True', 'Done'), ...second, gadget('False', 'Failed', { run: '2' })]);
    expect(told()).toHaveLength(6);
  });

  it('are not warnings while something is under way', async () => {
    await tell([fresh(), gadget('False', 'Deploying', { settled: false }), gadget('False', 'Broken')]);
    expect(told()).toEqual(['Normal Deploying', 'Warning Broken']);
  });

  it('have one place left, for the outcome, in an episode that began before a restart', async () => {
    await tell([gadget('Unknown', 'Pending'), gadget('Unknown', 'Training'), gadget('True', 'Done')]);
    expect(told()).toEqual(['Normal Done']);
  });

  it('are named by their place in the episode, so that no restart makes them more', async () => {
    const all = ['Pending', 'Pulling', 'Training'].map((reason) => gadget('Unknown', reason));
    await tell([fresh(), ...all, gadget('True', 'Done')]);
    await tell([gadget('Unknown', 'Training'), gadget('True', 'Done'), gadget('False', 'Lost')]);
    expect(told()).toEqual(['Normal Pending', 'Normal Pulling', 'Normal Done', 'Normal Done']);
    const posted = server.requests.map(({ body }) => (body['metadata'] as { name: string }).name);
    expect(new Set(posted).size).toBe(3);
  });

  it('go to the next place if something was told in theirs', async () => {
    let denials = 2;
    server.intercept = (_, response) => {
      denials -= 1;
      if (denials >= 0) replyStatus(response, 409, 'AlreadyExists');
      return denials >= 0;
    };
    await tell([fresh(), gadget('True', 'Made')]);
    expect(told()).toEqual(['Normal Made', 'Normal Made', 'Normal Made']);
    expect(log.lines).toEqual([]);
  });

  it('cut what is longer than the API server takes, between characters', async () => {
    await tell([fresh(), gadget('True', 'Made', { message: 'ü'.repeat(1_000) })]);
    const note = String(server.requests[0]?.body['note']);
    expect(Buffer.byteLength(note)).toBeLessThanOrEqual(1_024);
    expect(note).toMatch(/^ü+…$/);
  });

  it('are posted one at a time, in order', async () => {
    const events = recorder();
    const life = [
      fresh(),
      ...['Pending', 'Pulling'].map((reason) => gadget('Unknown', reason)),
      gadget('True', 'Done'),
    ];
    let underWay = 0;
    let most = 0;
    server.intercept = (_, response) => {
      most = Math.max(most, (underWay += 1));
      setTimeout(() => {
        underWay -= 1;
        replyStatus(response, 403, 'Forbidden');
      }, 10);
      return true;
    };
    const transitions = life.slice(1).map((after, index) => events.transition(controller, life[index] ?? after, after));
    await Promise.all(transitions);
    expect([told(), most]).toEqual([['Normal Pending', 'Normal Pulling', 'Normal Done'], 1]);
  });

  it('fail without harm', async () => {
    server.intercept = (_, response) => {
      replyStatus(response, 403, 'Forbidden');
      return true;
    };
    await tell([fresh(), gadget('True', 'Made')]);
    expect(log.lines).toEqual([expect.stringContaining('warn Cannot post an event')]);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Headline } from '../../../api/headline.ts';
import type { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';
import { serving } from '../../../../test/simulate/rollout.ts';
import { headline } from './headline.ts';

/** What becomes events, as the recorder has it: at most two of an episode while it is open. */
function watching(world: ServingWorld): readonly Headline[] {
  const told: Headline[] = [];
  let before = headline(world.parent.status ?? {});
  world.everySecond = ({ parent: { status } }) => {
    const after = headline(status ?? {});
    const isNews =
      after?.reason !== before?.reason ||
      after?.outcome !== before?.outcome ||
      (after?.chapter !== undefined && after.chapter !== before?.chapter);
    if (after !== undefined && isNews) told.push(after);
    before = after;
  };
  return told;
}

describe('The headlines of a rollout', () => {
  it('are its beginning, each step that was reached, and its end; each step is an episode of its own', async () => {
    const world = await serving();
    const told = watching(world);
    world.register(2);
    await world.pass(280);
    expect(
      told.map(
        ({ outcome, reason, message }) => `${outcome} ${reason}: ${message.replaceAll(/ \(revision \w+\)/g, '')}`,
      ),
    ).toEqual([
      'Open RollingOut: fraud-1 serves at http://fraud.team.svc. fraud-2 is rolled out beside it.',
      'Open RollingOut: fraud-2 holds weight 25 for 1m, until status.candidate.holdUntil.',
      'Open RollingOut: fraud-2 holds weight 50 for 2m, until status.candidate.holdUntil.',
      'Open Serving: fraud-2 serves at http://fraud.team.svc.',
      'Good Serving: fraud-2 serves at http://fraud.team.svc.',
    ]);
    const perEpisode = new Map<string, number>();
    for (const { episode } of told) perEpisode.set(episode, (perEpisode.get(episode) ?? 0) + 1);
    expect([...perEpisode.values()]).toEqual([2, 1, 2]);
  });

  it('are none for a step that nobody waits in', async () => {
    const world = await serving({ rollout: { steps: [{ weight: 50, hold: '0s' }] } });
    const told = watching(world);
    world.register(2);
    await world.pass(60);
    expect(told.map(({ reason }) => reason)).toEqual(['RollingOut', 'Serving', 'Serving']);
  });
});

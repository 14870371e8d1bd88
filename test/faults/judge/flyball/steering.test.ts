import { describe, expect, it } from '@jest/globals';
import { change, found } from '../builders.ts';
import { steeringRules } from './steering.ts';

const serve = (version: number, rollout: object, stable: string | undefined, more: object = {}) =>
  change('modeldeployments', 'Modified', {
    name: 'serve',
    version,
    meta: { generation: version },
    spec: { rollout },
    status: { observedGeneration: version, ...(stable !== undefined && { stable: { revision: stable } }), ...more },
  });

describe('The judge of steered rollouts', () => {
  const judged = (rollout: object) =>
    found(steeringRules, { changes: [serve(1, rollout, 'a'), serve(2, rollout, 'b')] });

  it.each([
    [{ paused: true }, 'while it was paused'],
    [{ abortedRevision: 'b' }, 'which was aborted'],
    [{ approval: 'Required' }, 'without the approval that it needs'],
    [{ approval: 'Required', approvedRevision: 'a' }, 'without the approval that it needs'],
  ])('sees a promotion against %j', (rollout, why) => {
    expect(judged(rollout)).toEqual([`I9: ModelDeployment serve promoted revision b ${why}`]);
  });

  it('lets what is allowed pass', () => {
    expect(judged({})).toEqual([]);
    expect(judged({ approval: 'Required', approvedRevision: 'b', abortedRevision: 'a' })).toEqual([]);
  });

  it('goes by the spec that was observed, and asks nothing of the first revision and of a way back', () => {
    const edited = serve(3, { paused: true }, 'b', { observedGeneration: 2 });
    expect(found(steeringRules, { changes: [serve(2, {}, 'a'), edited] })).toEqual([]);
    expect(
      found(steeringRules, { changes: [serve(1, { paused: true }, undefined), serve(2, { paused: true }, 'b')] }),
    ).toEqual([]);
    const back = serve(1, { paused: true }, 'a', { previous: { revision: 'b' } });
    expect(found(steeringRules, { changes: [back, serve(2, { paused: true }, 'b')] })).toEqual([]);
  });
});

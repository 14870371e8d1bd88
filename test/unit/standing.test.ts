import { describe, expect, it } from '@jest/globals';
import { differences } from '../e2e/helm/standing.ts';

const pod = (uid: string, restarts: number) => JSON.stringify({ uid, restarts, phase: 'Running' });
const before = new Map([
  ['Pod model-1', pod('a', 0)],
  ['Job fraud-1', '{"uid":"b"}'],
]);

describe('What the end-to-end suite helm sees of what stands', () => {
  it('is nothing where all is as it was', () => {
    expect(differences(before, new Map(before))).toEqual([]);
  });

  it.each<[string, string, ReadonlyMap<string, string>]>([
    ['a pod that was started again', 'changed: Pod model-1', new Map([...before, ['Pod model-1', pod('a', 1)]])],
    ['a Job that was made anew', 'changed: Job fraud-1', new Map([...before, ['Job fraud-1', '{"uid":"c"}']])],
    ['what is lost', 'lost: Job fraud-1', new Map([...before].slice(0, 1))],
    ['what is new', 'new: Pod model-2', new Map([...before, ['Pod model-2', pod('d', 0)]])],
  ])('is %s', (_, line, after) => {
    expect(differences(before, after)).toEqual([expect.stringContaining(line)]);
  });
});

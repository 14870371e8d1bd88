import { describe, expect, it } from '@jest/globals';
import { generationsIn, nextGeneration, obsolete } from './generations.ts';

const of = { type: 'Location', scheme: 's3', authority: 'bucket', path: 'checkpoints/fraud-uid' } as const;

describe('The generations of a checkpoint', () => {
  it('are the newest first, and whole once they have a marker', () => {
    const names = ['000000001-a/', '000000001-a.json', '000000002-a/', '000000010-b/', '000000010-b.json'];
    expect(generationsIn(names, of)).toEqual([
      { name: '000000010-b', at: { ...of, path: `${of.path}/000000010-b` }, isWhole: true },
      { name: '000000002-a', at: { ...of, path: `${of.path}/000000002-a` }, isWhole: false },
      { name: '000000001-a', at: { ...of, path: `${of.path}/000000001-a` }, isWhole: true },
    ]);
  });

  it('are not what others put there', () => {
    expect(generationsIn(['notes.json', 'notes/', '12-a/', '000000001-A/', '../', 'x'], of)).toEqual([]);
  });

  it('are numbered after all that there are, half ones too, with the pod in their names', () => {
    const { name, at } = nextGeneration(generationsIn(['000000099-a/', '000000007-b.json'], of), of, 'c');
    expect([name, at.path]).toEqual(['000000100-c', 'checkpoints/fraud-uid/000000100-c']);
    expect(nextGeneration([], of, 'c').name).toBe('000000001-c');
  });

  it('are kept if they are of the newest two that are whole, or if others may still be at them', () => {
    const whole = ['1', '2', '3', '5'].flatMap((number) => [`00000000${number}-a/`, `00000000${number}-a.json`]);
    const generations = generationsIn([...whole, '000000004-a/', '000000004-b/', '000000006-a/'], of);
    const want = ['000000006-a', '000000004-a', '000000002-a', '000000001-a'];
    expect(obsolete(generations, 'a').map(({ name }) => name)).toEqual(want);
  });

  it('are removed by what is left of them, be it the marker alone', () => {
    const generations = generationsIn(['000000001-a.json', '000000002-a.json', '000000003-a.json'], of);
    expect(obsolete(generations, 'b').map(({ name }) => name)).toEqual(['000000001-a']);
  });
});

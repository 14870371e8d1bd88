import { describe, expect, it } from '@jest/globals';
import { usage } from '../e2e/options.ts';
import type { Suite } from '../e2e/suite.ts';
import { chosen, playOf, suites } from '../e2e/suites.ts';

const suite = (quick: Suite['quick'], installs: Suite['installs'] = 'flyball', scenes?: readonly string[]): Suite => ({
  title: 'something to see',
  images: [],
  installs,
  quick,
  ...(scenes && { scenes }),
  play: () => Promise.resolve(),
});

const all = {
  first: suite('alone'),
  second: suite('beside'),
  third: suite('alone', 'flyball', ['one', 'two']),
  fourth: suite('beside'),
  elsewhere: suite('own cluster', 'nothing'),
  long: suite('none'),
};

const played = (name?: string) =>
  playOf(chosen(name, [], all), name).map(({ cluster, installs, turns }) => ({
    cluster,
    installs,
    turns: turns.map((turn) => turn.map(([one]) => one)),
  }));

describe('end-to-end suites', () => {
  it('share one cluster for their quick forms, those that may not be beside others first', () => {
    expect(played()).toEqual([
      { cluster: 'e2e', installs: 'flyball', turns: [['first'], ['third'], ['second', 'fourth']] },
      { cluster: 'elsewhere', installs: 'nothing', turns: [['elsewhere']] },
    ]);
  });

  it('have a cluster of their own when they are named', () => {
    expect(played('long')).toEqual([{ cluster: 'long', installs: 'flyball', turns: [['long']] }]);
  });

  it('make no cluster to share when none shares it', () => {
    const onlyOwn = { elsewhere: all.elsewhere };
    expect(playOf(chosen(undefined, [], onlyOwn), undefined).map(({ cluster }) => cluster)).toEqual(['elsewhere']);
  });

  it('are told when another is asked for', () => {
    expect(() => chosen('fifth', [], all)).toThrow(
      'There is no suite "fifth". Suites: first, second, third, fourth, elsewhere, long.',
    );
    expect(() => chosen('toString', [], all)).toThrow('There is no suite "toString"');
  });

  it('tell their scenes when another is asked for', () => {
    expect(chosen('third', ['two'], all)).toEqual([['third', all.third]]);
    expect(() => chosen('third', ['three'], all)).toThrow('The suite third has no scene "three". Scenes: one, two.');
    expect(() => chosen('first', ['one'], all)).toThrow('The suite first has no scene "one". It has none.');
  });
});

describe.each(Object.entries(suites))('the end-to-end suite %s', (name, { title, installs, quick, scenes }) => {
  it('is in the help, with its scenes', () => {
    expect(usage).toContain(`  ${name.padEnd(12)}${title}\n`);
    if (scenes) expect(usage.replaceAll(/\s+/g, ' ')).toContain(`scenes: ${scenes.join(' ')} `);
  });

  it('has a name that a cluster can have, and one line for --help', () => {
    expect(name).toMatch(/^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/);
    expect(name).not.toBe('e2e');
    expect(title).toMatch(/^[^\n.]{10,100}$/);
  });

  it('finds on the shared cluster what it needs', () => {
    expect(installs === 'flyball' || quick === 'own cluster' || quick === 'none').toBe(true);
  });
});

import { describe, expect, it } from '@jest/globals';
import { optionsFrom, usage, UsageError, wantsHelp } from './options.ts';

describe('The command line of the fault rig', () => {
  it('asks for sixty plans of the operator unless it says something else', () => {
    expect(optionsFrom([])).toMatchObject({ plans: 60, seed: 1, parallel: 10, operator: 'flyball', plan: undefined });
    expect(optionsFrom(['--plans', '500', '--seed', '0', '--plan', 'serve'])).toMatchObject({
      plans: 500,
      seed: 0,
      plan: [{ scenario: 'serve', injections: [] }],
    });
  });

  it.each([
    [['--plnas', '5'], /--plnas/],
    [['--plans', 'many'], /--plans is a whole number of at least 1, and not "many"/],
    [['--plans', '0'], /--plans/],
    [['--parallel', '1.5'], /--parallel/],
    [['--seed', '-1'], /--seed/],
    [['--plan', 'serve/sabotage@Write:1'], /there is no fault "sabotage"/],
    [['--operator', 'other'], /There is no operator "other"/],
    [['--bug', 'nothing'], /There is no seeded bug "nothing"/],
    [['serve'], /serve/],
  ])('is refused with a reason if it is %j', (words, reason) => {
    expect(() => optionsFrom(words)).toThrow(UsageError);
    expect(() => optionsFrom(words)).toThrow(reason);
  });

  it('may ask for help, which names every option', () => {
    expect(wantsHelp(['--plans', '5', '--help'])).toBe(true);
    expect(wantsHelp(['--plans', '5'])).toBe(false);
    for (const option of ['--plans', '--seed', '--parallel', '--plan', '--operator', '--seeded-bugs', '--bug']) {
      expect(usage).toContain(`${option} `);
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import { commandOf, table, violated } from './report.ts';
import { failure } from './run.ts';
import { scenarios } from './scenarios/index.ts';
import { parsePlan } from './plans.ts';

const outcome = (text: string, violations: readonly string[] = []) => ({ ...failure(parsePlan(text), ''), violations });

describe('The table of plans', () => {
  it('has a row for each scenario, a column for each class of faults, and tells what was violated', () => {
    const outcomes = [
      outcome('train/kill-after-write@Write:1'),
      outcome('train/kill-after-write@Write:2', ['I2']),
      outcome('serve'),
      { ...outcome('serve'), disaster: 'Restore' },
    ];
    expect(table(outcomes)).toBe(
      ['       Crash           None  Restore', 'serve                  1     1', 'train  2 (1 violated)'].join('\n'),
    );
  });
});

describe('What was violated', () => {
  it('is said plan by plan with its text, and nothing of what went well', () => {
    const outcomes = [outcome('serve'), outcome('train/kill-after-write@Write:1', ['I1: two Jobs', 'I2', 'I3', 'I4'])];
    const want = ['VIOLATED 4 train/kill-after-write@Write:1', '  I1: two Jobs', '  I2', '  I3'];
    expect(violated(outcomes)).toEqual(want);
  });
});

describe('The command of a plan', () => {
  it('repeats it', () => {
    const plan = parsePlan('train/kill-after-write@Write:1');
    const command = "npm run faults -- --plan 'train/kill-after-write@Write:1'";
    expect(commandOf(plan, { operator: 'flyball', plantBug: false })).toBe(command);
    expect(commandOf(plan, { operator: 'controller-runtime', plantBug: true })).toBe(
      `${command} --operator controller-runtime --plant-bug`,
    );
  });
});

describe('The scenarios', () => {
  it('have names of their own', () => {
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
  });
});

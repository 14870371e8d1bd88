import { describe, expect, it } from '@jest/globals';
import { commandsIn } from '../../../api/message.ts';
import type { CheckStatus } from '../../../api/types.ts';
import { conditionsFor } from './conditions.ts';

const failing = (name: string, message: string): CheckStatus => ({
  name,
  verdict: 'Failing',
  since: '2026-11-24T12:00:00Z',
  reason: 'OutOfBounds',
  message,
});
const told = (checks: readonly CheckStatus[]) =>
  conditionsFor(checks, undefined, 1).find(({ type }) => type === 'ChecksPassed')?.message ?? '';

describe('What a Monitor says of several checks', () => {
  it('is what each says, and once what all say', () => {
    expect(told([failing('a', 'slow'), failing('b', 'broken: `kubectl get pods`'), failing('c', 'slow')])).toBe(
      'a, c: slow; b: broken: `kubectl get pods`',
    );
  });

  it('has whole messages and commands only, and says how many more there are', () => {
    const checks = Array.from({ length: 16 }, (_, index) =>
      failing(`check-${index}`, `${'so it is '.repeat(12)}: \`kubectl get pod p-${index}\``),
    );
    const text = told(checks);
    expect(text.length).toBeLessThanOrEqual(1024);
    expect(text).toMatch(/; and \d+ more$/);
    expect(commandsIn(text).every((command) => /^kubectl get pod p-\d+$/.test(command))).toBe(true);
  });
});

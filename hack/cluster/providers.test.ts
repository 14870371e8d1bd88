import { expect, test } from '@jest/globals';
import { find } from './providers.ts';

test.each(['Demo', '../demo', '', 'demo-', 'a'.repeat(31)])('the cluster name "%s" is refused', async (name) => {
  await expect(find({ provider: 'local', name })).rejects.toThrow(/at most 30 lower-case letters/);
});

test('a cluster that is not up is answered with the command that starts it', async () => {
  const want = 'node hack/cluster/cli.ts up --provider local --name never-started';
  await expect(find({ provider: 'local', name: 'never-started' })).rejects.toThrow(want);
});

import { expect, test } from '@jest/globals';
import { withLock } from './lock.ts';

// The local provider is for Linux alone; contributors on other systems skip its tests.
const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('two holders of one lock take turns', async () => {
  const name = `test/${process.pid}`;
  const seen: string[] = [];
  const work = (label: string) => async () => {
    seen.push(`${label} begins`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    seen.push(`${label} ends`);
  };
  await Promise.all([withLock(name, work('first')), withLock(name, work('second'))]);
  const want = ['first begins', 'first ends', 'second begins', 'second ends'];
  expect(seen).toEqual(want);
});

onLinux('a lock is free again after its work failed', async () => {
  const name = `test/failing/${process.pid}`;
  await expect(withLock(name, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  const want = 'done';
  expect(await withLock(name, () => Promise.resolve('done'))).toBe(want);
});

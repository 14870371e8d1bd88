import { expect, test } from '@jest/globals';
import { isRunning, startTimeOf } from './processes.ts';

// The local provider is for Linux alone; contributors on other systems skip its tests.
const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('a process of the recorded pid and start time is ours', () => {
  const startTime = startTimeOf(process.pid) ?? 0;
  expect(isRunning({ name: 'test', pid: process.pid, startTime })).toBe(true);
});

onLinux('a later process that got the recorded pid is not ours', () => {
  const startTime = (startTimeOf(process.pid) ?? 0) - 1;
  expect(isRunning({ name: 'test', pid: process.pid, startTime })).toBe(false);
});

onLinux('a pid that nobody has is not running', () => {
  const beyondTheHighestPid = 4_194_305;
  expect(startTimeOf(beyondTheHighestPid)).toBeUndefined();
});

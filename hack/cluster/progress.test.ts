import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { clock, during, say } from './progress.ts';

let lines: string[];
let write: ReturnType<typeof jest.spyOn>;

beforeEach(() => {
  jest.useFakeTimers();
  lines = [];
  write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    // Node's own warnings pass here too.
    if (/^ {2}…|^built/.test(String(text))) lines.push(String(text).trimEnd());
    return true;
  });
  // Where the test runs, there may be a terminal.
  Object.defineProperty(process.stderr, 'isTTY', { value: false, configurable: true });
  // Silence counts from here.
  say('it begins');
});

afterEach(() => {
  write.mockRestore();
  jest.useRealTimers();
});

/** Something that takes that many seconds. */
const lasting = (seconds: number) => () => new Promise<void>((done) => setTimeout(done, seconds * 1000));

describe('Without a terminal', () => {
  it('work that takes long says so every 15 seconds, and short work says nothing', async () => {
    const work = during('building etcd', lasting(40));
    await jest.advanceTimersByTimeAsync(40_000);
    await work;
    expect(lines).toEqual(['  … building etcd: 15 s', '  … building etcd: 30 s']);
    const short = during('packing', lasting(4));
    await jest.advanceTimersByTimeAsync(10_000);
    await short;
    expect(lines).toHaveLength(2);
  });

  it('nothing is said soon after something else was', async () => {
    const work = during('building etcd', lasting(24));
    await jest.advanceTimersByTimeAsync(10_000);
    say('built helm');
    await jest.advanceTimersByTimeAsync(14_000);
    await work;
    expect(lines).toEqual(['built helm']);
  });

  it('the part that the rest waits for is told, with what it noted last', async () => {
    const work = during('starting', () =>
      during('waiting', async (note) => {
        note('drift 0.1');
        await lasting(16)();
      }),
    );
    await jest.advanceTimersByTimeAsync(16_000);
    await work;
    expect(lines).toEqual(['  … waiting: 15 s, drift 0.1']);
  });
});

it('Durations are said in minutes from a minute on', () => {
  expect([clock(0.4), clock(59.4), clock(252)]).toEqual(['0 s', '59 s', '4 m 12 s']);
});

/** Runs every check and goes on after a failure, so that one run tells all; side by side what does not disturb each other. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Count, counted, failedTests } from './stages/count.ts';
import { type Running, start } from './stages/running.ts';
import { startable } from './stages/schedule.ts';
import { type Stage, stages } from './stages/stages.ts';

const usage = `Usage: ./hack/test [STAGE …] [--help]

  Runs the stages that are named, or all, several at a time, and ends with N passed, N failed. Exit code 0: nothing failed; 1: something
  did; 2: no such stage. Ctrl-C ends what runs and removes its clusters.

  Stages: programs, stores, images, bundle, end-to-end, format, lint, types, generated, unit, model, integration, benchmark, proxies, downloads, faults, attacks`;

/** All together; what is left then has failed, since whoever waits for it would end it without a word. */
const limitMinutes = 85;
/** Whoever runs tests for others takes minutes of silence for the end. */
const silenceSeconds = 55;
/** How long a stage that was told to end may take to remove its cluster. */
const graceSeconds = 180;
/** How much of a failed stage is said again at the end: of a long log often nothing but the end can be seen. */
const repeatedLines = 12;

interface Told {
  readonly count: Count;
  readonly summary: string;
  readonly failure: string | undefined;
}

const asked = wanted(process.argv.slice(2));
const results = mkdtempSync(join(tmpdir(), 'flyball-test-'));
const began = performance.now();
const running = new Map<Running, Promise<Told>>();
let waiting: readonly Stage[] = asked;
/** Why no stage is started any more. */
let stopped: string | undefined;
let lastWord = performance.now();

const told: Told[] = [];
const timers = [
  setInterval(breakSilence, 1000),
  setTimeout(() => stop(`${limitMinutes} minutes are over`), limitMinutes * 60_000),
];
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal));

for (;;) {
  const next =
    stopped === undefined
      ? startable(
          waiting,
          [...running.keys()].map(({ stage }) => stage),
          availableParallelism(),
        )
      : [];
  waiting = waiting.filter((stage) => !next.includes(stage));
  for (const stage of next) begin(stage);
  if (running.size === 0) break;
  told.push(await Promise.race(running.values()));
}
for (const timer of timers) clearTimeout(timer);
rmSync(results, { recursive: true });
conclude();

function begin(stage: Stage): void {
  say(`\n== ${stage.name}`);
  // Which stage says something is known where there is one.
  const mark = asked.length === 1 ? '' : `${stage.name} | `;
  const one = start(stage, join(results, `${stage.name}.json`), (line) => say(`${mark}${line}`));
  running.set(
    one,
    one.ended.then((ended) => {
      running.delete(one);
      const count = counted(stage, ended);
      const summary = `${stage.name}: ${count.passed} passed, ${count.failed} failed, ${secondsSince(one.since)} s`;
      say(`== ${summary}`);
      const end = ended.end.trimEnd().split('\n').slice(-repeatedLines).join('\n');
      const failure = `\n== what failed in ${stage.name}\n${failedTests(ended.resultsFile) || end}`;
      return { count, summary, failure: count.failed > 0 ? failure : undefined };
    }),
  );
}

/** Ends all that runs; a second time at once. */
function stop(why: string): void {
  const again = stopped !== undefined;
  stopped ??= why;
  say(`\n${why}: ending ${[...running.keys()].map(({ stage }) => stage.name).join(', ') || 'nothing'}`);
  for (const one of running.keys()) {
    one.signal(again ? 'SIGKILL' : 'SIGTERM');
    setTimeout(() => one.signal('SIGKILL'), graceSeconds * 1000).unref();
  }
}

function conclude(): void {
  const failures = told.flatMap(({ failure }) => failure ?? []);
  const never = waiting.map(({ name }) => `${name}: 0 passed, 1 failed, not begun: ${stopped}`);
  for (const failure of failures) console.log(failure);
  const total = told.reduce(
    (sum, { count }) => ({ passed: sum.passed + count.passed, failed: sum.failed + count.failed }),
    { passed: 0, failed: never.length },
  );
  const all = `in all ${secondsSince(began)} s`;
  console.log(`\n${[...told.map(({ summary }) => summary), ...never, all].join('\n')}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(stopped === 'SIGINT' ? 130 : stopped === 'SIGTERM' ? 143 : total.failed === 0 ? 0 : 1);
}

function say(line: string): void {
  lastWord = performance.now();
  console.log(line);
}

function breakSilence(): void {
  if (secondsSince(lastWord) < silenceSeconds) return;
  const busy = [...running.keys()].map(({ stage, since }) => `${stage.name} (${secondsSince(since)} s)`);
  say(`… ${secondsSince(began)} s: ${busy.join(' and ')}`);
}

function secondsSince(time: number): number {
  return Math.round((performance.now() - time) / 1000);
}

function wanted(words: readonly string[]): readonly Stage[] {
  if (words.includes('--help') || words.includes('-h')) {
    console.log(usage);
    process.exit(0);
  }
  const unknown = words.filter((word) => !stages.some(({ name }) => name === word));
  if (unknown.length > 0) {
    console.error(`No stage ${unknown.join(', ')}. Stages: ${stages.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
  }
  return stages.filter(({ name }) => words.length === 0 || words.includes(name));
}

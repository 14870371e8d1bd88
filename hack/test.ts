/** Runs every check in order and goes on after a failure, so that one run tells all. `hack/test [stage …]` runs some. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** How the stage's tests are counted; a stage without any counts as one test by its exit code. */
  readonly counted?: 'jest' | 'last line';
}

const results = mkdtempSync(join(tmpdir(), 'flyball-test-'));
const resultsFile = (stage: string) => join(results, `${stage}.json`);
const jest = (stage: string) => ['--json', `--outputFile=${resultsFile(stage)}`];

const stages: readonly Stage[] = [
  { name: 'format', command: ['npm', 'run', '--silent', 'format:check'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'generated', command: ['npm', 'run', '--silent', 'generate:check'] },
  { name: 'unit', command: ['npm', 'test', '--silent', '--', ...jest('unit')], counted: 'jest' },
  { name: 'bundle', command: ['npm', 'run', '--silent', 'build'] },
  {
    name: 'integration',
    command: ['npm', 'run', '--silent', 'test:integration', '--', ...jest('integration')],
    counted: 'jest',
  },
  { name: 'model', command: ['npm', 'run', '--silent', 'modelcheck', '--', '--states', '100000'] },
  { name: 'benchmark', command: ['npm', 'run', '--silent', 'bench', '--', '--smoke'] },
  {
    name: 'faults',
    command: ['npm', 'run', '--silent', 'faults', '--', '--plans', '250', '--seed', '5', '--confirm'],
  },
  { name: 'attacks', command: ['npm', 'run', '--silent', 'attacks'], counted: 'last line' },
  { name: 'end-to-end', command: ['npm', 'run', '--silent', 'test:e2e'], counted: 'last line' },
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`No stage ${unknown.join(', ')}. Stages: ${stages.map((stage) => stage.name).join(', ')}.`);
  process.exit(2);
}

/** How much of a failed stage is said again at the end: of a long log often nothing but the end can be seen. */
const repeatedLines = 40;

let total: Count = { passed: 0, failed: 0 };
const summary: string[] = [];
const failures: string[] = [];
for (const stage of stages.filter((one) => asked.length === 0 || asked.includes(one.name))) {
  const started = performance.now();
  console.log(`\n== ${stage.name}`);
  const { exitCode, lastCount, end } = await run(stage.command);
  const count = counted(stage, exitCode, lastCount);
  total = { passed: total.passed + count.passed, failed: total.failed + count.failed };
  const seconds = Math.round((performance.now() - started) / 1000);
  summary.push(`${stage.name}: ${count.passed} passed, ${count.failed} failed, ${seconds} s`);
  if (count.failed > 0) failures.push(`\n== what failed in ${stage.name}\n${failedTests(stage.name) || end}`);
}
for (const failure of failures) console.log(failure);
rmSync(results, { recursive: true });
console.log(`\n${summary.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

/** A stage that ends badly without a failed test of its own (a crash, no result) counts as one failure. */
function counted(stage: Stage, exitCode: number, lastCount: Count | undefined): Count {
  const count =
    stage.counted === 'jest' ? jestCount(stage.name) : stage.counted === 'last line' ? lastCount : undefined;
  if (exitCode === 0) return count ?? (stage.counted ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 });
  return { passed: count?.passed ?? 0, failed: Math.max(1, count?.failed ?? 0) };
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly name: string;
    /** Why the file could not be run at all, or what its tests said. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function jestReport(stage: string): JestReport | undefined {
  try {
    return JSON.parse(readFileSync(resultsFile(stage), 'utf8')) as JestReport;
  } catch {
    return undefined;
  }
}

function jestCount(stage: string): Count | undefined {
  const report = jestReport(stage);
  if (report === undefined) return undefined;
  return { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites };
}

/** Each failed test with the beginning of what it says; empty if the stage counts none. */
function failedTests(stage: string): string {
  const files = jestReport(stage)?.testResults ?? [];
  return files
    .flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      const isBroken = assertionResults.length === 0 && message !== '';
      return [
        ...failed.map(({ fullName, failureMessages }) => [fullName, ...firstLines(failureMessages.join('\n'), 12)]),
        ...(isBroken ? [[name, ...firstLines(message, 12)]] : []),
      ];
    })
    .map((lines) => lines.join('\n  '))
    .slice(0, 10)
    .join('\n');
}

function firstLines(text: string, count: number): readonly string[] {
  const lines = stripVTControlCharacters(text).trim().split('\n');
  return lines.filter((line) => !line.includes('/node_modules/')).slice(0, count);
}

interface Ended {
  readonly exitCode: number;
  readonly lastCount: Count | undefined;
  /** The last lines of what it said, on both outputs. */
  readonly end: string;
}

async function run(command: readonly string[]): Promise<Ended> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let tail = '';
  const passOn = (from: Readable, to: Writable) => {
    from.setEncoding('utf8').on('data', (chunk: string) => {
      to.write(chunk);
      tail = (tail + chunk).slice(-16_384);
    });
  };
  passOn(child.stdout, process.stdout);
  passOn(child.stderr, process.stderr);
  const exitCode = await new Promise<number>((resolve) => {
    child.on('close', (code) => resolve(code ?? 1));
    child.on('error', () => resolve(1));
  });
  const line = [...tail.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  return {
    exitCode,
    lastCount: line ? { passed: Number(line[1]), failed: Number(line[2]) } : undefined,
    end: tail.trimEnd().split('\n').slice(-repeatedLines).join('\n'),
  };
}

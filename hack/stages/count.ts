/** How many tests of a stage passed, and which failed. */
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { Stage } from './stages.ts';

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** How a stage ended. */
export interface Ended {
  readonly exitCode: number;
  /** The last lines of what it said, on both outputs. */
  readonly end: string;
  /** Where Jest has told of its tests, if it came to that. */
  readonly resultsFile: string;
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

/** A stage that ends badly without a failed test of its own (a crash, no result) counts as one failure. */
export function counted(stage: Stage, { exitCode, end, resultsFile }: Ended): Count {
  const count =
    stage.counted === 'jest' ? jestCount(resultsFile) : stage.counted === 'last line' ? lastCount(end) : undefined;
  if (exitCode === 0) return count ?? (stage.counted ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 });
  return { passed: count?.passed ?? 0, failed: Math.max(1, count?.failed ?? 0) };
}

/** Each failed test with the beginning of what it says; empty if the stage counts none. */
export function failedTests(resultsFile: string): string {
  const files = jestReport(resultsFile)?.testResults ?? [];
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

function lastCount(end: string): Count | undefined {
  const line = [...end.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  return line && { passed: Number(line[1]), failed: Number(line[2]) };
}

function jestCount(resultsFile: string): Count | undefined {
  const report = jestReport(resultsFile);
  if (report === undefined) return undefined;
  return { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites };
}

function jestReport(resultsFile: string): JestReport | undefined {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8')) as JestReport;
  } catch {
    return undefined;
  }
}

function firstLines(text: string, count: number): readonly string[] {
  const lines = stripVTControlCharacters(text).trim().split('\n');
  return lines.filter((line) => !line.includes('/node_modules/')).slice(0, count);
}

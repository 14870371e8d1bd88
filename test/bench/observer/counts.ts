/** Whether all proxies do the same work: equal answers to equal requests, and every request counted. */
import { isDeepStrictEqual } from 'node:util';
import type { Arm } from './arms.ts';
import { amountsByBin, bodies } from './payload.ts';
import { path } from './rig.ts';

/** What a client has received: status, body, and the fields that concern it. */
export type Answer = readonly [status: number, body: string, fields: Readonly<Record<string, string>>];

/** Sends each body once. */
export async function answersTo(port: number): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const body of bodies) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    const fields = Object.fromEntries(answer.headers);
    for (const ofConnection of ['connection', 'keep-alive', 'date']) delete fields[ofConnection];
    answers.push([answer.status, await answer.text(), fields]);
  }
  return answers;
}

/** @throws an Error that shows the first difference. */
export function requireEqual(arm: Arm, wanted: readonly Answer[], answers: readonly Answer[]): void {
  wanted.forEach((answer, index) => {
    if (isDeepStrictEqual(answers[index], answer)) return;
    throw new Error(
      `${arm.name} answers ${JSON.stringify(answers[index])} where ${JSON.stringify(answer)} is expected`,
    );
  });
}

/**
 * Holds an arm to what it was asked.
 * @param predictions how many it has passed on, beside the one GET by which it was seen to be ready
 * @param isEachOnce whether these were all bodies, each once
 */
export async function requireCounted(
  arm: Arm,
  metricsPort: number,
  predictions: number,
  isEachOnce: boolean,
): Promise<void> {
  if (arm.counts === 'Nothing') return;
  const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  const samples = samplesOf(await answer.text());
  const sum = (name: string, ...labels: readonly string[]): number =>
    samples
      .filter((sample) => sample.name === name && labels.every((label) => sample.labels.includes(label)))
      .reduce((total, { value }) => total + value, 0);
  const require = (what: string, found: number, wanted: number): void => {
    if (found !== wanted) throw new Error(`${arm.name} counts ${found} of ${wanted}: ${what}`);
  };
  const prefix = arm.counts === 'Go' ? 'proxy' : 'flyball';
  require('answers by code', sum(`${prefix}_requests_total`, 'code="200"'), predictions + 1);
  require('answers by time', sum(`${prefix}_request_duration_seconds_count`), predictions + 1);
  if (arm.counts === 'Go') return;
  for (const signal of ['amount', 'class']) {
    require(`signal ${signal}`, sum('flyball_signal_total', `signal="${signal}"`), arm.watches ? predictions : 0);
  }
  if (!arm.watches || !isEachOnce) return;
  for (const [bin, wanted] of amountsByBin()) {
    require(`bin ${bin} of amount`, sum('flyball_signal_total', 'signal="amount"', `bin="${bin}"`), wanted);
  }
  for (const bin of ['fraud', 'legitimate']) {
    if (sum('flyball_signal_total', 'signal="class"', `bin="${bin}"`) === 0) throw new Error(`no class is ${bin}`);
  }
}

interface Sample {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
}

function samplesOf(text: string): readonly Sample[] {
  return [...text.matchAll(/^([a-z_]+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels = '', value]) => ({
    name,
    labels,
    value: Number(value),
  }));
}

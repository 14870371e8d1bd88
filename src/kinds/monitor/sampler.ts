import { createHash } from 'node:crypto';
import { milliseconds } from '../../api/duration.ts';
import type { IMonitor } from '../../api/types.ts';
import { uidOf } from '../../api/resource.ts';
import type { Milliseconds } from '../../controller.ts';
import { PrometheusError } from '../../measure/prometheus.ts';
import type { PrometheusClient, Sample } from '../../measure/prometheus.ts';
import type { Blind, Measure, Question, Reading } from './checks/measure.ts';

/** A metrics store that the administrator has opened to some namespaces. */
export interface QuerySource {
  readonly name: string;
  readonly client: PrometheusClient;
  readonly namespaces: readonly string[];
}

/** What the last sample of a check found. */
export interface Finding {
  readonly at: Date;
  readonly outcome: Measured | Blind;
}

export interface Measured extends Reading {
  readonly type: 'Measured';
}

export interface Sampled {
  /** By the check's name; none for a check whose question has not been asked yet. */
  readonly findings: ReadonlyMap<string, Finding>;
  /** Whether the values in status are to be brought up to date, hourly. */
  readonly refresh: boolean;
  readonly next: Date;
}

/** Asks the metrics stores, but no oftener than the Monitors' intervals. */
export interface Sampler {
  sample(monitor: IMonitor, measures: ReadonlyMap<string, Measure>, now: Date): Promise<Sampled>;
  /** What is held in memory, for metrics. */
  remembered(now: Date): readonly Memory[];
}

export interface Memory {
  readonly monitor: IMonitor;
  readonly at: Date;
  readonly next: Date;
  readonly refresh: boolean;
  readonly answers: ReadonlyMap<string, Answer>;
}

interface Answer extends Finding {
  /** What was asked; the answer is worth nothing for another question, such as that about the next revision. */
  readonly question: string;
}

const hour: Milliseconds = 3_600_000;

/**
 * Each Monitor has its own slots: the multiples of its interval, shifted by a phase that its UID gives. So a thousand Monitors
 * spread evenly, and a restart of the operator moves none. A new or edited Monitor does not wait for its slot. Held in memory
 * only: after a restart the status keeps the verdicts until the next slot.
 */
export function createSampler(prometheus: PrometheusClient | undefined, sources: readonly QuerySource[]): Sampler {
  const memories = new Map<string, Memory>();

  function clientOf({ source }: Question): PrometheusClient | undefined {
    return source === undefined ? prometheus : sources.find(({ name }) => name === source)?.client;
  }

  async function ask(measures: ReadonlyMap<string, Measure>, now: Date): Promise<Map<string, Answer>> {
    const asked = new Map<string, Promise<readonly Sample[]>>();
    const once = (client: PrometheusClient, source: string | undefined, expression: string) => {
      const key = JSON.stringify([source, expression]);
      const pending = asked.get(key) ?? client.query(expression, now);
      asked.set(key, pending);
      return pending;
    };
    const questions = [...measures].flatMap(([name, measure]) =>
      measure.type === 'Question' ? [{ name, measure }] : [],
    );
    const answers = await Promise.all(
      questions.map(async ({ name, measure }) => {
        const client = clientOf(measure);
        const outcome =
          client === undefined ? notConfigured : await answerOf(measure, (text) => once(client, measure.source, text));
        return [name, { at: now, outcome, question: keyOf(measure) }] as const;
      }),
    );
    return new Map(answers);
  }

  function forget(now: Date): void {
    for (const [uid, { at, next }] of memories) {
      const patience = 3 * (next.getTime() - at.getTime()) + hour;
      if (now.getTime() - next.getTime() > patience) memories.delete(uid);
    }
  }

  return {
    async sample(monitor, measures, now) {
      const uid = uidOf(monitor);
      const slots = slotsOf(uid, milliseconds(monitor.spec.interval ?? '1m') ?? 60_000);
      const last = memories.get(uid);
      const known = last ?? {
        monitor,
        at: now,
        next: slots.after(now),
        refresh: false,
        answers: new Map<string, Answer>(),
      };
      const due = isEdited(monitor, last) || (last !== undefined && now >= last.next);
      const memory = due
        ? {
            monitor,
            at: now,
            next: slots.after(now),
            refresh: hourOf(uid, now) > hourOf(uid, known.at),
            answers: await ask(measures, now),
          }
        : { ...known, monitor };
      memories.set(uid, memory);
      return { findings: findingsFor(measures, memory.answers), refresh: memory.refresh, next: memory.next };
    },
    remembered(now) {
      forget(now);
      return [...memories.values()];
    },
  };
}

/** New to the operator, or changed since it was last seen. */
function isEdited({ metadata, status }: IMonitor, last: Memory | undefined): boolean {
  const before = last === undefined ? status?.observedGeneration : last.monitor.metadata?.generation;
  return before !== metadata?.generation;
}

function findingsFor(
  measures: ReadonlyMap<string, Measure>,
  answers: ReadonlyMap<string, Answer>,
): ReadonlyMap<string, Finding> {
  const valid = [...answers].filter(([name, { question }]) => {
    const measure = measures.get(name);
    return measure?.type === 'Question' && keyOf(measure) === question;
  });
  return new Map(valid);
}

function keyOf({ source, expressions, window }: Question): string {
  return JSON.stringify([source, expressions, window]);
}

async function answerOf(
  question: Question,
  ask: (expression: string) => Promise<readonly Sample[]>,
): Promise<Measured | Blind> {
  try {
    return { type: 'Measured', ...question.read(await Promise.all(question.expressions.map(ask))) };
  } catch (error) {
    if (!(error instanceof PrometheusError)) throw error;
    if (question.source === undefined) return unreachable(error);
    const message =
      `Query source "${question.source}" gives no answer: ${error.message}. ` +
      `If it refused the query, correct spec.checks; else the administrator has to see to the source.`;
    return { type: 'Blind', reason: 'QueryFailed', message };
  }
}

const notConfigured: Blind = {
  type: 'Blind',
  reason: 'PrometheusNotConfigured',
  message: "The operator knows no Prometheus to ask. The administrator sets prometheus.url in the chart's values.",
};

function unreachable(error: PrometheusError): Blind {
  const message = `${error.message}. The administrator sees to Prometheus, or to prometheus.url in the chart's values.`;
  return { type: 'Blind', reason: 'PrometheusUnreachable', message };
}

function slotsOf(uid: string, interval: Milliseconds) {
  const phase = phaseOf(uid, interval);
  return {
    after: (time: Date) => new Date((Math.floor((time.getTime() - phase) / interval) + 1) * interval + phase),
  };
}

function hourOf(uid: string, time: Date): number {
  return Math.floor((time.getTime() - phaseOf(uid, hour)) / hour);
}

function phaseOf(uid: string, length: Milliseconds): Milliseconds {
  return createHash('sha256').update(uid).digest().readUInt32BE(0) % length;
}

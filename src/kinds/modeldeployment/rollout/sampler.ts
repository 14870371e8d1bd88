import { uidOf } from '../../../api/resource.ts';
import type { AnalysisCheck, CandidateStatus } from '../../../api/types.ts';
import { PrometheusError } from '../../../measure/prometheus.ts';
import type { PrometheusClient } from '../../../measure/prometheus.ts';
import { errorRatio, latencyQuantile, requestCount } from '../../../measure/queries.ts';
import type { RevisionSeries } from '../../../measure/queries.ts';
import type { AnalysisSamples } from './analysis.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import { holdRemaining, samplingInterval } from './rollout.ts';
import { situationOf } from './situation.ts';
import { checksFor } from './steps.ts';

/** Asks Prometheus about a candidate, but no oftener than decisions need. */
export interface Sampler {
  sample(observed: ModelDeploymentFacts, now: Date): Promise<AnalysisSamples>;
}

interface Answer {
  /** Which candidate, at which step. */
  readonly about: string;
  readonly at: Date;
  readonly samples: AnalysisSamples;
}

/** Those of deployments that were deleted in the middle of a step are pushed out by others. */
const answersKept = 10_000;

const withoutPrometheus =
  'The operator knows no Prometheus, so that the candidate cannot be judged. ' +
  "The administrator sets prometheus.url in the chart's values, or remove spec.rollout.analysis.";

/**
 * Samples once per interval while a step holds, and once more when its hold is over. Between two samples the last answer
 * stands, however often objects change. It is held in memory only: after a restart Prometheus is simply asked again.
 */
export function createSampler(prometheus: PrometheusClient | undefined): Sampler {
  const answers = new Map<string, Answer>();
  return {
    async sample(observed, now) {
      const uid = uidOf(observed.parent);
      const question = questionOf(observed, now);
      if (question === undefined) {
        answers.delete(uid);
        return { type: 'NotAsked' };
      }
      if (prometheus === undefined) return { type: 'Unavailable', message: withoutPrometheus };
      const last = answers.get(uid);
      if (last !== undefined && last.about === question.about && !isDue(last.at, question.holdEnd, now)) {
        return last.samples;
      }
      const samples = await ask(prometheus, question);
      answers.delete(uid);
      answers.set(uid, { about: question.about, at: now, samples });
      if (answers.size > answersKept) answers.delete(answers.keys().next().value ?? uid);
      return samples;
    },
  };
}

interface Question {
  readonly about: string;
  readonly holdEnd: Date;
  readonly series: RevisionSeries;
  readonly window: number;
  readonly checks: readonly AnalysisCheck[];
}

/** There is something to ask once the weight of a step with checks is in effect. */
function questionOf(observed: ModelDeploymentFacts, now: Date): Question | undefined {
  const situation = situationOf(observed, now);
  const { roles, step } = situation;
  const { candidate } = roles;
  if (step === undefined || candidate?.weightSince === undefined) return undefined;
  const checks = checksFor(situation, candidate);
  if (checks.length === 0) return undefined;
  const { namespace, name: modelDeployment } = situation;
  return {
    about: aboutOf(candidate),
    holdEnd: new Date(now.getTime() + holdRemaining(candidate, step, now)),
    series: { namespace, modelDeployment, revision: candidate.revision },
    window: (now.getTime() - Date.parse(candidate.weightSince)) / 1000,
    checks,
  };
}

function aboutOf({ revision, step, weightSince }: CandidateStatus): string {
  return `${revision} ${step} ${weightSince}`;
}

function isDue(last: Date, holdEnd: Date, now: Date): boolean {
  const judged = holdEnd <= now && last < holdEnd;
  return judged || now.getTime() - last.getTime() >= samplingInterval;
}

async function ask(prometheus: PrometheusClient, question: Question): Promise<AnalysisSamples> {
  const { series, window, checks } = question;
  const value = async (expression: string) => {
    const answer = await prometheus.query(expression);
    // A sum is one series; several are no answer to what was asked.
    return answer.length === 1 ? answer[0]?.value : undefined;
  };
  try {
    const requests = await value(requestCount(series, window));
    const values = await Promise.all(
      checks.map(async (check) => [check.name, await value(expressionOf(check, series, window))] as const),
    );
    return { type: 'Sampled', requests, values: Object.fromEntries(values) };
  } catch (error) {
    if (!(error instanceof PrometheusError)) throw error;
    const message = `${error.message}. The rollout goes on when Prometheus answers; the administrator sees to that.`;
    return { type: 'Unavailable', message };
  }
}

function expressionOf({ latency }: AnalysisCheck, series: RevisionSeries, window: number): string {
  return latency === undefined ? errorRatio(series, window) : latencyQuantile(series, window, Number(latency.quantile));
}

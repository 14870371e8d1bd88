import { kubectl } from '../../../api/command.ts';
import type { AnalysisCheck, CheckStatus, IModelDeployment, IMonitor, MonitorCheck } from '../../../api/types.ts';
import type { Proof, Step } from '../explanation.ts';

const unmeasured = ['NotEnoughSamples', 'NoData', 'TooFewSamples'];

/** Whether a check has no value since nobody asks the model. */
export function isUnasked(reason: string, samples: number | undefined): boolean {
  return unmeasured.includes(reason) && (samples ?? 0) === 0;
}

/** Without requests there is nothing to measure. */
export function asking(deployment: string, namespace: string, reason: string): Step[] {
  if (!unmeasured.includes(reason)) return [];
  const command = kubectl(undefined, 'flyball', 'ask', deployment, '-n', namespace);
  return [{ text: 'see whether anybody asks the model, and ask it yourself', command }];
}

/** What each check of a Monitor measures, and found. */
export function checkProofs({ spec, status }: IMonitor): Proof[] {
  return (status?.checks ?? []).map((found) => {
    const declared = spec.checks.find(({ name }) => name === found.name);
    const of = declared === undefined ? '' : ` (${declaredWords(declared)})`;
    return {
      source: `check ${found.name}${of}`,
      words: foundWords(found),
      ...(found.sampledAt !== undefined && { at: found.sampledAt }),
    };
  });
}

/** What the checks measured of the revision that is rolled out, in the step that it came to last. */
export function analysisProofs({ spec, status }: IModelDeployment): Proof[] {
  const step = status?.candidate?.steps?.at(-1);
  return (step?.values ?? []).map(({ name, value, against, samples, sampledAt }) => {
    const declared = spec.rollout?.analysis?.find((check) => check.name === name);
    const of = declared === undefined ? '' : ` (${declaredWords(declared)})`;
    const beside = against === undefined ? [] : [`${against} of what serves`];
    return {
      source: `check ${name}${of} at weight ${step?.weight ?? 100}`,
      words: [value ?? 'no value', ...beside, ...(samples === undefined ? [] : [`${samples} samples`])].join(', '),
      at: sampledAt,
    };
  });
}

function foundWords({ verdict, value, samples, message }: CheckStatus): string {
  const measured = [value === undefined ? [] : `value ${value}`, samples === undefined ? [] : `${samples} samples`];
  return [verdict, ...measured.flat(), ...(message === undefined ? [] : [message])].join(', ');
}

function declaredWords(check: MonitorCheck | AnalysisCheck): string {
  const { max } = check;
  const min = 'min' in check ? check.min : undefined;
  const what = measured(check);
  return [
    ...(what === check.name ? [] : [what]),
    ...(min === undefined ? [] : [`min ${min}`]),
    ...(max === undefined ? [] : [`max ${max}`]),
  ].join(', ');
}

function measured(check: MonitorCheck | AnalysisCheck): string {
  if ('drift' in check && check.drift !== undefined) return `drift of ${check.drift.signal}`;
  if ('query' in check && check.query !== undefined) return `query of ${check.query.source}`;
  if (check.latency === undefined) return 'errors';
  const { quantile, of } = check.latency;
  return `${of === 'FirstByte' ? 'time to the first byte' : 'latency'}, quantile ${quantile}`;
}

import { kubectl } from '../../../api/command.ts';
import { label } from '../../../api/labels.ts';
import type { Message, Remedy } from '../../../api/message.ts';
import { grpcUnseen, observersJob } from '../../../api/observer.ts';
import type { Key } from '../../../api/resource.ts';
import { firstMatch } from '../../../api/rules.ts';
import type { Rule } from '../../../api/rules.ts';
import type { AnalysisCheck } from '../../../api/types.ts';
import { grouped } from '../../../measure/decimal.ts';
import type { Answer, Answers, Quantity, Reading, Unanswered } from '../../../measure/measure.ts';
import { requestQuantity } from '../../../measure/requests.ts';
import { checkValue } from '../../../measure/value.ts';
import type { CheckValue } from '../../../measure/value.ts';
import { amount, breachOf, foundIn } from '../../../measure/words.ts';
import type { DeploymentReason } from '../status/reasons.ts';

/** What is said of it is in parts, so that others can say more. */
export type AnalysisVerdict =
  | { readonly type: 'Passed' }
  | (Message & { readonly type: 'NoData'; readonly reason: DeploymentReason })
  | (Message & { readonly type: 'Failed' });

/** What is judged: the candidate of a ModelDeployment. */
export interface Analysed {
  /** Of the ModelDeployment. */
  readonly key: Key;
  readonly revision: string;
  /** Whether clients may ask it past its observer; not by default. */
  readonly takesGRPC?: boolean;
}

interface Case extends Analysed {
  readonly check: AnalysisCheck;
  readonly quantity: Quantity;
  readonly reading: Reading;
}

/** Each assumes that those before it were silent. If all are, the check passes. */
const rules: readonly Rule<[Case], AnalysisVerdict>[] = [
  notCounted,
  tooFew,
  overLimit,
  nothingToCompare,
  overIncrease,
  perhapsByChance,
  unfinished,
];

/**
 * Judges the checks by what the metrics store says about the candidate since its weight took effect. One that fails decides, even
 * if another has no data; no data never passes.
 */
export function analyse(checks: readonly AnalysisCheck[], answers: Answers, analysed: Analysed): AnalysisVerdict {
  const verdicts = checks.map((check) => judge(check, answers.get(check.name), analysed));
  return (
    verdicts.find(({ type }) => type === 'Failed') ??
    verdicts.find(({ type }) => type === 'NoData') ?? { type: 'Passed' }
  );
}

/** What the checks measured, in their order, for status; those without an answer are left out. */
export function analysisValues(checks: readonly AnalysisCheck[], answers: Answers): readonly CheckValue[] {
  return checks.flatMap(({ name }) => {
    const answer = answers.get(name);
    return (answer && checkValue(name, answer)) ?? [];
  });
}

function judge(check: AnalysisCheck, answer: Answer | undefined, analysed: Analysed): AnalysisVerdict {
  if (answer === undefined) return noData('AnalysisPending', { what: 'the analysis has not been asked for yet' });
  const { outcome } = answer;
  if (outcome.type !== 'Measured') return unavailable(outcome, analysed);
  const found: Case = { ...analysed, check, quantity: requestQuantity(check), reading: outcome };
  return firstMatch(rules, found) ?? { type: 'Passed' };
}

/** Where not even 0 is told, nobody counts. */
function notCounted({ check, quantity, reading, ...analysed }: Case): AnalysisVerdict | undefined {
  const { samples, value = NaN, aside, remedy } = reading;
  if (samples !== undefined && (samples < quantity.minSamples || !Number.isNaN(value))) return undefined;
  const lacking = `check "${check.name}" judges the requests to the new revision, and Prometheus has no value for it`;
  return noData('NoData', {
    what: unseen(aside === undefined ? lacking : `${lacking}, ${aside}`, analysed),
    remedies: [
      remedy ?? {
        text: `see that its job ${observersJob} scrapes the port "metrics" of the pods`,
        command: podsOf(analysed),
      },
    ],
  });
}

function tooFew({ check, quantity: { minSamples }, reading, ...analysed }: Case): AnalysisVerdict | undefined {
  const { samples = 0, aside } = reading;
  if (samples >= minSamples) return undefined;
  const has = `check "${check.name}" judges after ${grouped(minSamples)} requests to the new revision`;
  const what =
    aside === undefined ? `${has}, which have not come yet` : `${has}: ${grouped(samples)} came, and ${aside}`;
  return noData('TooFewSamples', {
    what: unseen(what, analysed),
    remedies: [...helpOf(reading), { text: 'send requests' }, fewer(analysed)],
  });
}

function overLimit(found: Case): AnalysisVerdict | undefined {
  const { check, quantity, reading, revision } = found;
  const breach = breachOf({ max: check.max }, reading, quantity);
  return breach === undefined ? undefined : failed(check, foundIn(quantity, reading, { breach, revision }));
}

/** Without it nobody knows whether the world or the candidate is worse than before. */
function nothingToCompare({
  check,
  quantity: { minSamples },
  reading,
  ...analysed
}: Case): AnalysisVerdict | undefined {
  const { against, againstSamples = 0 } = reading;
  if (check.maxIncrease === undefined || (against !== undefined && againstSamples >= minSamples)) return undefined;
  if (reading.againstAside !== undefined) return neverCompared(check, reading.againstAside, analysed);
  return noData('NothingToCompare', {
    what: unseen(
      `check "${check.name}" compares with the stable revision after ${grouped(minSamples)} requests to that as well, ` +
        `of which Prometheus has counted ${grouped(againstSamples)} since the weight was reached`,
      analysed,
    ),
    remedies: [
      { text: 'wait for requests, which its observer has to count' },
      edit('set max instead of against', analysed),
      fewer(analysed),
    ],
  });
}

/** To wait for requests is no help: what is stable stays as it was made. */
function neverCompared({ name }: AnalysisCheck, aside: string, analysed: Analysed): AnalysisVerdict {
  return noData('NothingToCompare', {
    what: unseen(`check "${name}" has nothing of the stable revision to compare with, ${aside}`, analysed),
    remedies: [edit('set max instead of against until a new revision is stable', analysed)],
  });
}

function overIncrease(found: Case): AnalysisVerdict | undefined {
  const { check, quantity, reading, revision } = found;
  const { maxIncrease } = check;
  if (maxIncrease === undefined || (reading.increase?.least ?? 0) <= maxIncrease) return undefined;
  return failed(check, foundIn(quantity, reading, { breach: increaseIn(found, maxIncrease), revision }));
}

/** More requests settle it, one way or the other. */
function perhapsByChance(found: Case): AnalysisVerdict | undefined {
  const { check, quantity, reading, revision } = found;
  const { maxIncrease } = check;
  if (maxIncrease === undefined || (reading.increase?.value ?? 0) <= maxIncrease) return undefined;
  return noData('TooFewSamples', {
    what: `${foundIn(quantity, reading, { breach: increaseIn(found, maxIncrease), revision })}, which may be chance`,
    remedies: [{ text: 'wait for more requests, which settle it' }],
  });
}

/** It would fail if what still runs, or what nobody waited for, comes to the worst. */
function unfinished({ check, quantity, reading, ...analysed }: Case): AnalysisVerdict | undefined {
  const { worst = -Infinity, increase } = reading;
  const { max = Infinity, maxIncrease = Infinity } = check;
  if (worst <= max && (increase === undefined || increase.worst <= maxIncrease)) return undefined;
  return noData('RequestsUnfinished', {
    what: `${foundIn(quantity, reading, analysed)}: too many requests have no answer for the check to pass`,
    remedies: [
      ...helpOf(reading),
      ...(check.maxIncrease === undefined && check.latency !== undefined
        ? [edit('if clients leave as often without a fault, compare by against: Stable', analysed)]
        : []),
    ],
  });
}

/** Requests may have come that nobody counts. */
function unseen(what: string, { takesGRPC = false }: Analysed): string {
  return takesGRPC ? `${what}; ${grpcUnseen}` : what;
}

function increaseIn({ quantity, reading }: Case, maxIncrease: number): string {
  const { against = NaN } = reading;
  return `which is more than ${amount(maxIncrease, quantity)} above the ${amount(against, quantity)} of the stable revision`;
}

function failed({ name }: AnalysisCheck, found: string): AnalysisVerdict {
  return { type: 'Failed', what: `check "${name}" failed: ${found}` };
}

function noData(reason: DeploymentReason, message: Message): AnalysisVerdict {
  return { type: 'NoData', reason, ...message };
}

function unavailable(outcome: Unanswered, analysed: Analysed): AnalysisVerdict {
  if (outcome.type === 'NotConfigured') {
    return noData('PrometheusUnavailable', {
      what: 'the operator knows no Prometheus, so that the new revision cannot be judged',
      remedies: [
        { text: "the administrator sets prometheus.url in the chart's values" },
        edit('remove spec.rollout.analysis', analysed),
      ],
    });
  }
  return noData('PrometheusUnavailable', {
    what: 'Prometheus gives no answer; the rollout goes on when it does',
    remedies: [{ text: 'the administrator sees to Prometheus' }],
    quote: { by: 'the client', words: outcome.words },
  });
}

function fewer(analysed: Analysed): Remedy {
  return edit('lower minSamples in spec.rollout.analysis', analysed);
}

function edit(text: string, { key: { namespace, name } }: Analysed): Remedy {
  return { text, command: kubectl(namespace, 'edit', 'mdep', name) };
}

function helpOf({ remedy }: Reading): readonly Remedy[] {
  return remedy === undefined ? [] : [remedy];
}

function podsOf({ key: { namespace, name }, revision }: Analysed) {
  return kubectl(namespace, 'get', 'pods', '-l', `${label.modelDeployment}=${name},${label.revision}=${revision}`);
}

import { shortened } from '../../../api/condition.ts';
import type { GateRule, GateVerdict } from '../../../api/types.ts';
import type { Champion } from './champion.ts';
import { decimalText, scaled, unscaled } from '../../../domain/decimal.ts';
import { defined } from '../../../api/defined.ts';

/**
 * Judges an attempt by every rule, in their order. All must pass; a metric that is missing, and a champion that cannot be
 * compared with, fail.
 * @param metrics as decimals, by name.
 */
export function judge(
  gate: readonly GateRule[],
  metrics: Readonly<Record<string, string>>,
  champion: Champion,
): GateVerdict[] {
  return gate.map((rule) => {
    const value = own(metrics, rule.metric);
    if (value === undefined) return missing(rule, metrics, champion);
    return rule.against === undefined ? judgeBounds(rule, value) : judgeAgainst(rule, value, champion);
  });
}

/** Whether verdicts were given by these rules and against this champion: if not, the gate was edited since. */
export function isJudgedBy(
  verdicts: readonly GateVerdict[],
  gate: readonly GateRule[],
  champion: string | undefined,
): boolean {
  return (
    verdicts.length === gate.length &&
    gate.every((rule, index) => {
      const verdict = verdicts[index];
      return verdict?.metric === rule.metric && verdict.rule === ruleText(rule, champion);
    })
  );
}

/** A rule in words, such as `min 0.9` or `maxDecrease 0.01 against fraud-3`. */
function ruleText(rule: GateRule, champion: string | undefined): string {
  const bounds = [
    ['min', rule.min],
    ['max', rule.max],
    ['maxDecrease', rule.maxDecrease],
    ['maxIncrease', rule.maxIncrease],
  ] as const;
  const text = bounds.flatMap(([name, bound]) => (bound === undefined ? [] : [`${name} ${digits(bound)}`])).join(', ');
  return rule.against === undefined ? text : `${text} against ${champion ?? 'no champion'}`;
}

/** A threshold by its digits: 0.0000001, not 1e-7. */
function digits(threshold: number): string {
  return decimalText(threshold) ?? String(threshold);
}

function judgeBounds(rule: GateRule, value: string): GateVerdict {
  const { metric, min, max } = rule;
  const actual = scaled(value) ?? 0n;
  const basis = { metric, rule: ruleText(rule, undefined), value };
  const found = `${metric} is ${value}`;
  const fails = (bound: string): GateVerdict => ({
    ...basis,
    passed: false,
    reason: 'Fails',
    message: `${found}, ${bound}`,
  });
  if (min !== undefined && actual < (scaled(min) ?? 0n)) return fails(`below min ${digits(min)}`);
  if (max !== undefined && actual > (scaled(max) ?? 0n)) return fails(`above max ${digits(max)}`);
  return { ...basis, passed: true, reason: 'Holds', message: found };
}

function judgeAgainst(rule: GateRule, value: string, champion: Champion): GateVerdict {
  const basis = { ...againstBasis(rule, champion), value };
  if (champion.type === 'None') {
    return {
      ...basis,
      passed: true,
      reason: 'Bootstrap',
      message: `${rule.metric} is ${value}; there is no champion yet`,
    };
  }
  if (champion.type === 'NotComparable') return { ...basis, ...notComparable(champion.name, champion.why) };
  const championValue = own(champion.metrics, rule.metric);
  if (championValue === undefined) {
    return { ...basis, ...notComparable(champion.name, `its ${rule.metric} is not known`) };
  }
  return { ...basis, championValue, ...compare(rule, value, championValue, champion.name) };
}

/** maxDecrease bounds champion − value, maxIncrease bounds value − champion. */
function compare(
  rule: GateRule,
  value: string,
  championValue: string,
  champion: string,
): Pick<GateVerdict, 'passed' | 'reason' | 'message'> {
  const decrease = (scaled(championValue) ?? 0n) - (scaled(value) ?? 0n);
  const isDecrease = rule.maxDecrease !== undefined;
  const change = isDecrease ? decrease : -decrease;
  const allowed = scaled((isDecrease ? rule.maxDecrease : rule.maxIncrease) ?? 0) ?? 0n;
  const compared = `${rule.metric} is ${value}, that of ${champion} is ${championValue}`;
  if (change <= allowed) return { passed: true, reason: 'Holds', message: compared };
  const message = `${compared}: ${unscaled(change)} ${isDecrease ? 'less' : 'more'}, at most ${unscaled(allowed)} is allowed`;
  return { passed: false, reason: 'Fails', message };
}

function missing(rule: GateRule, metrics: Readonly<Record<string, string>>, champion: Champion): GateVerdict {
  const names = Object.keys(metrics).join(', ');
  const message = `the results have no metric ${rule.metric}${names === '' ? '; they have none' : `; they have ${names}`}`;
  return { ...againstBasis(rule, champion), passed: false, reason: 'MetricMissing', message: shortened(message, 512) };
}

function notComparable(champion: string, why: string): Pick<GateVerdict, 'passed' | 'reason' | 'message'> {
  return { passed: false, reason: 'NotComparable', message: `cannot be compared with ${champion}: ${why}` };
}

function againstBasis(rule: GateRule, champion: Champion): Pick<GateVerdict, 'metric' | 'rule' | 'champion'> {
  const name = rule.against === undefined || champion.type === 'None' ? undefined : champion.name;
  return defined<Pick<GateVerdict, 'metric' | 'rule' | 'champion'>>({
    metric: rule.metric,
    rule: ruleText(rule, name),
    champion: name,
  });
}

function own(values: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** I7: without data nothing is promoted, nothing is rejected and no training is asked for. */
import type { IModelDeployment, IMonitor } from '../../../../src/api/types.ts';
import { modelDeployments, monitors } from '../../../../src/api/kinds.ts';
import type { Measurement } from '../../contract.ts';
import type { Change } from '../../history.ts';
import { type Evidence, lives, nameOf, type Rule } from '../evidence.ts';

export const dataRules: readonly Rule[] = [noPromotionWithoutData, noVerdictWithoutData, valuesWereAnswered];

/** A canary that has to pass an analysis is judged by the newest answer: that there was a good one before is no data either. */
function noPromotionWithoutData({ changes, measurements }: Evidence): readonly string[] {
  return statesOf<IModelDeployment>(changes, modelDeployments.plural).flatMap((states) =>
    states.slice(1).flatMap(({ object, at }, index) => {
      const { spec, status: before } = states[index]?.object ?? object;
      const stable = object.status?.stable?.revision;
      const isCanary =
        before?.stable !== undefined && stable !== before.stable.revision && stable !== before.previous?.revision;
      if (stable === undefined || !isCanary || (spec.rollout?.analysis ?? []).length === 0) return [];
      const known = measurements.filter(
        (measurement) => measurement.at <= at && measurement.expression.includes(`revision="${stable}"`),
      );
      // Who gets no answer to one question does not ask the others.
      const [last, count] = [known.at(-1), known.findLast(isCount)];
      return last?.status === 200 && count !== undefined && hasData(count)
        ? []
        : [`I7: ${nameOf(object)} promoted revision ${stable} and the newest answer about it has no value`];
    }),
  );
}

function noVerdictWithoutData({ changes, measurements }: Evidence): readonly string[] {
  return statesOf<IMonitor>(changes, monitors.plural).flatMap((states) =>
    states.flatMap(({ object, at }, index) => {
      const before = states[index - 1]?.object.status;
      const { retrain, rejections = [] } = object.status ?? {};
      const asked = retrain !== undefined && retrain.requestedAt !== before?.retrain?.requestedAt;
      const rejected = rejections.length > (before?.rejections ?? []).length;
      if (!asked && !rejected) return [];
      const hadData = measurements.some((measurement) => measurement.at <= at && hasData(measurement));
      const deed = asked ? 'asked for training' : 'rejected a revision';
      return hadData ? [] : [`I7: ${nameOf(object)} ${deed} without a single value`];
    }),
  );
}

/** What a check found by a query of the user's own is a number that was answered to it by then, and none that was made up. */
function valuesWereAnswered({ changes, measurements }: Evidence): readonly string[] {
  return statesOf<IMonitor>(changes, monitors.plural).flatMap((states) =>
    states.flatMap(({ object, at }) =>
      (object.status?.checks ?? []).flatMap(({ name, value }) => {
        const expression = object.spec.checks.find((check) => check.name === name)?.query?.expr;
        if (value === undefined || expression === undefined) return [];
        const answers = measurements.filter((one) => one.at <= at && one.expression === expression).flatMap(valuesOf);
        return answers.includes(Number(value))
          ? []
          : [`I7: ${nameOf(object)} says that check ${name} found ${value}, which nobody answered`];
      }),
    ),
  );
}

function statesOf<R>(changes: readonly Change[], plural: string) {
  const all = [...lives(changes, plural).values()];
  return all.map((states) =>
    states.map(({ object, at }) => ({ object: object as unknown as R & Change['object'], at })),
  );
}

/** The questions beside it are about requests that were given up, or have not ended: there need be none. */
function isCount({ expression }: Measurement): boolean {
  return expression.includes('flyball_requests_total{');
}

/** Whether an answer holds a finite number, and none that is not. */
function hasData(measurement: Measurement): boolean {
  const values = valuesOf(measurement);
  return values.length > 0 && values.every((value) => Number.isFinite(value));
}

function valuesOf({ status, body }: Measurement): readonly number[] {
  try {
    const { data } = JSON.parse(body) as {
      readonly data?: { readonly result?: readonly { readonly value: readonly unknown[] }[] };
    };
    return status === 200 ? (data?.result ?? []).map(({ value }) => Number.parseFloat(String(value[1]))) : [];
  } catch {
    return [];
  }
}

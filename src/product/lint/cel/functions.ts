/** What Kubernetes adds to CEL, as far as our rules use it, and `format`, which writes lists as Kubernetes does. */
import { CelScalar, celFunc, celMethod, type CelFunc, type CelValue, isCelList, listType } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { bytesOf } from '../../../domain/quantity.ts';

const { BOOL, DOUBLE, DYN, INT, STRING } = CelScalar;

/** A quantity is its amount: nothing else has methods that compare, and the rules let no sum of it be made. */
const quantities: readonly CelFunc[] = [
  celFunc('quantity', [STRING], DOUBLE, amountOf),
  celFunc('isQuantity', [STRING], BOOL, (text) => bytesOf(text) !== undefined),
  celMethod('isLessThan', DOUBLE, [DOUBLE], BOOL, function (other) {
    return this < other;
  }),
  celMethod('isGreaterThan', DOUBLE, [DOUBLE], BOOL, function (other) {
    return this > other;
  }),
];

const lists: readonly CelFunc[] = [
  celMethod('sum', listType(DYN), [], INT, function () {
    return Array.from(this, (item) => (typeof item === 'bigint' ? item : 0n)).reduce((total, item) => total + item, 0n);
  }),
];

const texts: readonly CelFunc[] = [
  celMethod('find', STRING, [STRING], STRING, function (pattern) {
    return new RegExp(pattern, 'u').exec(this)?.[0] ?? '';
  }),
  celMethod('format', STRING, [listType(DYN)], STRING, function (values) {
    const given = [...values];
    return this.replaceAll(/%[sd]/g, () => written(given.shift()));
  }),
];

export const functions: readonly CelFunc[] = [
  ...strings.filter(({ name }) => name !== 'format'),
  ...quantities,
  ...lists,
  ...texts,
];

function amountOf(text: string): number {
  const amount = bytesOf(text);
  if (amount === undefined) throw new Error(`"${text}" is no quantity`);
  return amount;
}

/** A text stands in quotation marks within a list alone. */
function written(value: CelValue | undefined): string {
  if (isCelList(value)) {
    return `[${Array.from(value, (item) => (typeof item === 'string' ? `"${item}"` : written(item))).join(', ')}]`;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

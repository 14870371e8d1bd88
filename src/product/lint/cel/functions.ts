/** What Kubernetes adds to CEL, as far as our rules use it, and what the library does otherwise than Kubernetes. */
import { CelScalar, celFunc, celMethod, type CelFunc, type CelValue, isCelList, listType } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { bytesOf } from '../../../domain/quantity.ts';

const { BOOL, DOUBLE, DYN, INT, STRING } = CelScalar;

/** A quantity is its amount: nothing else has methods that compare, and the rules let no sum of it be made. */
const quantities: readonly CelFunc[] = [
  celFunc('quantity', [STRING], DOUBLE, amountOf),
  celFunc('isQuantity', [STRING], BOOL, (text) => readAmount(text) !== undefined),
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

/** The library takes an empty text for 0. */
const conversions: readonly CelFunc[] = [
  celFunc('double', [STRING], DOUBLE, (text) => {
    const value = text.trim() === text && text !== '' ? Number(text) : NaN;
    if (Number.isNaN(value)) throw new Error("type conversion error from 'string' to 'double'");
    return value;
  }),
];

export const functions: readonly CelFunc[] = [
  ...strings.filter(({ name }) => name !== 'format'),
  ...quantities,
  ...lists,
  ...texts,
  ...conversions,
];

/** Quantities of any form, also those that our schemas take nowhere: rules ask for their forms elsewhere. */
function readAmount(text: string): number | undefined {
  const [, digits, unit = ''] =
    /^([+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+))([a-zA-Z]{1,2}|[eE][+-]?[0-9]+)?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  if (unit === 'n' || unit === 'u') return Number(digits) * (unit === 'n' ? 1e-9 : 1e-6);
  const factor = /[0-9]$/.test(unit) ? Number(`1${unit}`) : bytesOf(`1${unit}`);
  return factor === undefined ? undefined : Number(digits) * factor;
}

function amountOf(text: string): number {
  const amount = readAmount(text);
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

import type { BinaryTensors, Elements } from './binary.ts';
import { valueAt } from './pointer.ts';
import type { SkipReason } from './skip.ts';

/** So many rows of one body are counted: more would let one client's batches be all that a check sees, and take long to look at. */
export const mostRows = 64;

/** Of so many it is told at most that they were too many, as a body of JSON can have: bytes have no bound. */
export const mostClaimed = 32 * 1024;

/** The value of a signal in each row of a body, or why there is none. */
export type Column = { readonly valueIn: (row: number) => unknown } | { readonly skipped: SkipReason };

/** The data of a tensor, row after row: nested data have one element for each row. */
interface Layout {
  readonly at: (index: number) => unknown;
  /** Elements of a row. */
  readonly width: number;
}

/**
 * How many predictions a body holds: as the first dimension of its first tensor says, if its data can be divided so. undefined if they
 * cannot. A body of another protocol is one prediction. Nobody can claim more rows than he sends.
 */
export function rowsOf(body: unknown, tensors: BinaryTensors = none): number | undefined {
  const tensor = valueAt(body, '/inputs/0') ?? valueAt(body, '/outputs/0');
  const rows = firstDimension(tensor);
  const elements = tensors.get(tensor);
  if (elements !== undefined && 'skipped' in elements) return Math.min(rows, mostRows);
  return rows === 1 || layoutOf(tensor, rows, elements) !== undefined ? rows : undefined;
}

const none: BinaryTensors = new Map();

/** Whether a pointer may name something that came as bytes. */
export function isIntoData(pointer: string): boolean {
  return intoData.test(pointer);
}

/**
 * The values that a pointer names in the rows of a body. It is written for row 0: in row r it names the element that is r rows further,
 * or in nested data the same one of row r. What is in no tensor's data, or in a tensor of one row, is said of all rows.
 */
export function columnOf(body: unknown, pointer: string, { rows, tensors = none }: Told): Column {
  const [, tensorPointer = '', index, rest = ''] = intoData.exec(pointer) ?? [];
  const tensor = index === undefined ? undefined : valueAt(body, tensorPointer);
  const own = firstDimension(tensor);
  const elements = tensors.get(tensor);
  if (elements !== undefined) {
    if ('skipped' in elements) return elements;
    return columnOfBytes(elements, flatIndex(`${index}${rest}`, tensor), rows === 1 || own === 1 ? [1] : [rows, own]);
  }
  if (rows === 1 || own === 1) {
    const value = valueAt(body, pointer);
    return { valueIn: () => value };
  }
  const layout = own === rows ? layoutOf(tensor, rows) : undefined;
  if (layout === undefined || Number(index) >= layout.width) return { skipped: 'Batch' };
  return { valueIn: (row) => valueAt(layout.at(Number(index) + row * layout.width), rest) };
}

interface Told {
  readonly rows: number;
  readonly tensors?: BinaryTensors | undefined;
}

/** @param own how many rows the tensor has itself, if what it says is of one row. */
function columnOfBytes(elements: Elements, index: number, [rows, own = rows]: readonly [number, number?]): Column {
  const { length, readable, at, cutBy } = elements;
  const width = length / rows;
  if (own !== rows || !Number.isInteger(width) || (rows > 1 && index >= width)) return { skipped: 'Batch' };
  if (!(index < length)) return { valueIn: () => undefined };
  const last = index + (Math.min(rows, mostRows) - 1) * width;
  if (last >= readable) return { skipped: cutBy ?? 'Malformed' };
  return { valueIn: (row) => at(rows === 1 ? index : index + row * width) };
}

/** Bytes have no form: a pointer may name their elements as in flat data, or as in nested ones. NaN if it names none. */
function flatIndex(path: string, tensor: unknown): number {
  const indices = path.split('/').map(Number);
  if (indices.length === 1) return indices[0] ?? NaN;
  const shape = valueAt(tensor, '/shape');
  if (!Array.isArray(shape) || shape.length !== indices.length) return NaN;
  return indices.reduce((flat, index, level) => (index < shape[level] ? flat * shape[level] + index : NaN), 0);
}

/** A tensor of the Open Inference Protocol, an index in its data, and what follows in nested ones. */
const intoData = /^(\/(?:inputs|outputs)\/(?:0|[1-9][0-9]*))\/data\/(0|[1-9][0-9]*)((?:\/.*)?)$/s;

function firstDimension(tensor: unknown): number {
  const dimension = valueAt(tensor, '/shape/0');
  return typeof dimension === 'number' && Number.isSafeInteger(dimension) && dimension > 1 ? dimension : 1;
}

function layoutOf(tensor: unknown, rows: number, elements?: Pick<Elements, 'length' | 'at'>): Layout | undefined {
  const data = elements ?? listed(valueAt(tensor, '/data'));
  if (data === undefined) return undefined;
  const width = data.length / rows;
  return Number.isInteger(width) && width > 0 ? { at: data.at, width } : undefined;
}

function listed(data: unknown): Pick<Elements, 'length' | 'at'> | undefined {
  return Array.isArray(data) ? { length: data.length, at: (index) => data[index] as unknown } : undefined;
}

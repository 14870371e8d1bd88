import { valueAt } from './pointer.ts';

/** So many rows of one body are counted: more would let one client's batches be all that a check sees, and take long to look at. */
export const mostRows = 64;

/** The value of a signal in each row of a body, or why there is none. */
export type Column = { readonly valueIn: (row: number) => unknown } | { readonly skipped: 'Batch' | 'Binary' };

/** The data of a tensor, row after row: nested data have one element for each row. */
interface Layout {
  readonly data: readonly unknown[];
  /** Elements of a row. */
  readonly width: number;
}

/**
 * How many predictions a body holds: as the first dimension of its first tensor says, if its data can be divided so. undefined if they
 * cannot. A body of another protocol is one prediction. Nobody can claim more rows than he sends.
 */
export function rowsOf(body: unknown): number | undefined {
  const tensor = valueAt(body, '/inputs/0') ?? valueAt(body, '/outputs/0');
  const rows = firstDimension(tensor);
  if (isBinary(tensor)) return Math.min(rows, mostRows);
  return rows === 1 || layoutOf(tensor, rows) !== undefined ? rows : undefined;
}

/**
 * The values that a pointer names in the rows of a body. It is written for row 0: in row r it names the element that is r rows further,
 * or in nested data the same one of row r. What is in no tensor's data, or in a tensor of one row, is said of all rows.
 */
export function columnOf(body: unknown, pointer: string, rows: number): Column {
  const [, tensorPointer = '', index, rest = ''] = intoData.exec(pointer) ?? [];
  const tensor = index === undefined ? undefined : valueAt(body, tensorPointer);
  if (isBinary(tensor)) return { skipped: 'Binary' };
  const own = firstDimension(tensor);
  if (rows === 1 || own === 1) {
    const value = valueAt(body, pointer);
    return { valueIn: () => value };
  }
  const layout = own === rows ? layoutOf(tensor, rows) : undefined;
  if (layout === undefined || Number(index) >= layout.width) return { skipped: 'Batch' };
  return { valueIn: (row) => valueAt(layout.data[Number(index) + row * layout.width], rest) };
}

/** A tensor of the Open Inference Protocol, an index in its data, and what follows in nested ones. */
const intoData = /^(\/(?:inputs|outputs)\/(?:0|[1-9][0-9]*))\/data\/(0|[1-9][0-9]*)((?:\/.*)?)$/s;

function firstDimension(tensor: unknown): number {
  const dimension = valueAt(tensor, '/shape/0');
  return typeof dimension === 'number' && Number.isSafeInteger(dimension) && dimension > 1 ? dimension : 1;
}

function layoutOf(tensor: unknown, rows: number): Layout | undefined {
  const data = valueAt(tensor, '/data');
  if (!Array.isArray(data)) return undefined;
  const width = data.length / rows;
  return Number.isInteger(width) && width > 0 ? { data, width } : undefined;
}

/** Its data follow the JSON (binary tensor data extension). */
function isBinary(tensor: unknown): boolean {
  return valueAt(tensor, '/parameters/binary_data_size') !== undefined && valueAt(tensor, '/data') === undefined;
}

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columnOf, rowsOf } from './rows.ts';

const request = (...inputs: readonly object[]) => ({ inputs });

/** What a pointer names in each row of a body, or why it names nothing. */
function valuesAt(body: unknown, pointer: string): unknown {
  const rows = rowsOf(body);
  if (rows === undefined) return 'no rows';
  const column = columnOf(body, pointer, { rows });
  return 'skipped' in column ? column.skipped : Array.from({ length: rows }, (_, row) => column.valueIn(row));
}

const flat = request({ name: 'x', shape: [3, 2], datatype: 'FP64', data: [10, 11, 20, 21, 30, 31] });
const nested = request({ name: 'x', shape: [3, 2], datatype: 'FP64', data: [[10, 11], [20, 21], [30, 31]] }); // prettier-ignore

describe('A pointer that is written for row 0 names', () => {
  it('in flat data the same column of each row', () => {
    expect(valuesAt(flat, '/inputs/0/data/0')).toEqual([10, 20, 30]);
    expect(valuesAt(flat, '/inputs/0/data/1')).toEqual([11, 21, 31]);
  });

  it('in nested data the same place of each row, however deep', () => {
    expect(valuesAt(nested, '/inputs/0/data/0/1')).toEqual([11, 21, 31]);
    const deep = request({ shape: [2, 1, 2], data: [[[1, 2]], [[3, 4]]] });
    expect(valuesAt(deep, '/inputs/0/data/0/0/1')).toEqual([2, 4]);
  });

  it('in several tensors of one column each the value of each row', () => {
    const body = request(
      { name: 'age', shape: [2, 1], data: [40, 50] },
      { name: 'city', shape: [2], data: ['a', 'b'] },
    );
    expect(valuesAt(body, '/inputs/0/data/0')).toEqual([40, 50]);
    expect(valuesAt(body, '/inputs/1/data/0')).toEqual(['a', 'b']);
  });

  it('in an answer the value of each row of its own first tensor', () => {
    const answer = { outputs: [{ name: 'class', shape: [2], data: [0, 1] }, { name: 'p', shape: [2, 2], data: [1, 2, 3, 4] }] }; // prettier-ignore
    expect(valuesAt(answer, '/outputs/0/data/0')).toEqual([0, 1]);
    expect(valuesAt(answer, '/outputs/1/data/1')).toEqual([2, 4]);
  });

  it('outside of the data, or in a tensor of one row, what is said of all rows', () => {
    const body = { parameters: { country: 'DE' }, inputs: [...flat.inputs, { name: 'top', shape: [1], data: [5] }] };
    expect(valuesAt(body, '/parameters/country')).toEqual(['DE', 'DE', 'DE']);
    expect(valuesAt(body, '/inputs/1/data/0')).toEqual([5, 5, 5]);
  });

  it('nothing where data and pointer differ in being flat or nested', () => {
    expect(valuesAt(flat, '/inputs/0/data/0/1')).toEqual([undefined, undefined, undefined]);
    expect(valuesAt(nested, '/inputs/0/data/1')).toBe('Batch');
  });

  it('nothing of one row where it leads beyond row 0, or into a tensor of other rows', () => {
    expect(valuesAt(flat, '/inputs/0/data/2')).toBe('Batch');
    expect(valuesAt(request(...flat.inputs, { shape: [2], data: [1, 2] }), '/inputs/1/data/0')).toBe('Batch');
  });
});

describe('The rows of a body', () => {
  it('are those of its first tensor, also if the request names the outputs that it wants', () => {
    expect(rowsOf({ ...flat, outputs: [{ name: 'class' }] })).toBe(3);
    expect(rowsOf({ outputs: [{ name: 'y', shape: [2], data: [1, 2] }] })).toBe(2);
  });

  it.each([
    ['a document of another protocol', { instances: [[1], [2]] }],
    ['a list', [1, 2, 3]],
    ['a text where tensors should be', { inputs: 'text' }],
    ['nothing', null],
    ['a tensor of one row', request({ shape: [1, 30], data: [] })],
    ['a tensor without a shape', request({ data: [1, 2] })],
    ['a shape that is none', request({ shape: [1.5], data: [1, 2] })],
    ['a tensor of no rows', request({ shape: [0], data: [] })],
  ])('are one in %s', (_what, body) => {
    expect(rowsOf(body)).toBe(1);
  });

  it.each([
    ['more rows than data', { shape: [1e9, 2], data: [1, 2] }],
    ['data that are no multiple of the rows', { shape: [2, 2], data: [1, 2, 3] }],
    ['no data', { shape: [2, 2] }],
  ])('cannot be told by a tensor with %s', (_what, tensor) => {
    expect(rowsOf(request(tensor))).toBeUndefined();
  });

  it('are bounded where a tensor has no data that bound them', () => {
    const tensor = { shape: [1e12], parameters: { binary_data_size: 8 } };
    expect(rowsOf(request(tensor), new Map([[tensor, { skipped: 'Binary' }]]))).toBe(64);
  });

  it('are found in any JSON, and never more than it has values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.integer()), fc.jsonValue(), (data, shape, other) => {
        const rows = rowsOf(request({ shape, data, parameters: other })) ?? 1;
        expect(rows).toBeLessThanOrEqual(Math.max(Array.isArray(data) ? data.length : 1, 64));
        rowsOf(other);
        columnOf(other, '/inputs/0/data/0', { rows });
      }),
    );
  });
});

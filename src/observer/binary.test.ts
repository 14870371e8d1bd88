import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { binaryTensorsOf } from './binary.ts';
import { columnOf, rowsOf } from './rows.ts';

interface Tensor {
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly bytes: Buffer;
}

/** A body as it is sent, of which so many of the bytes behind the JSON were kept. */
function sent(tensors: readonly Tensor[], kept = Infinity, among: 'inputs' | 'outputs' = 'inputs') {
  const listed = tensors.map(({ datatype, shape, bytes }, index) => ({
    name: `t${index}`,
    datatype,
    shape,
    parameters: { binary_data_size: bytes.length },
  }));
  const bytes = Buffer.concat(tensors.map((tensor) => tensor.bytes));
  const part = { bytes: bytes.subarray(0, kept), length: bytes.length };
  return { body: { [among]: listed }, part: kept < bytes.length ? { ...part, cutBy: 'TooLarge' as const } : part };
}

/** What a pointer names in each row that is counted. */
function valuesAt({ body, part }: ReturnType<typeof sent>, pointer: string): unknown {
  const tensors = binaryTensorsOf(body, part);
  if (tensors === undefined) return 'Malformed';
  const rows = rowsOf(body, tensors);
  if (rows === undefined) return 'no rows';
  const column = columnOf(body, pointer, { rows, tensors });
  return 'skipped' in column
    ? column.skipped
    : Array.from({ length: Math.min(rows, 64) }, (_, row) => column.valueIn(row));
}

const floats = (shape: readonly number[], values: readonly number[]): Tensor => ({
  datatype: 'FP32',
  shape,
  bytes: Buffer.from(Float32Array.from(values).buffer),
});
const texts = (shape: readonly number[], values: readonly string[]): Tensor => ({
  datatype: 'BYTES',
  shape,
  bytes: Buffer.concat(
    values.map((value) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(Buffer.byteLength(value));
      return Buffer.concat([length, Buffer.from(value)]);
    }),
  ),
});

describe('An element that came as bytes', () => {
  it.each<[string, string, unknown]>([
    ['BOOL', '01', true],
    ['BOOL', '00', false],
    ['UINT8', 'ff', 255],
    ['UINT16', 'fffe', 65279],
    ['UINT32', 'ffffffff', 4294967295],
    ['UINT64', '0100000000000000', 1],
    ['INT8', 'ff', -1],
    ['INT16', 'feff', -2],
    ['INT32', 'fdffffff', -3],
    ['INT64', 'fcffffffffffffff', -4],
    ['FP16', '003c', 1],
    ['FP16', '00c0', -2],
    ['FP16', '5535', 0.333251953125],
    ['FP16', '0100', 2 ** -24],
    ['FP16', '007c', Infinity],
    ['FP16', '017c', NaN],
    ['BF16', '803f', 1],
    ['BF16', '49c0', -3.140625],
    ['FP32', '0000c03f', 1.5],
    ['FP64', '000000000000f83f', 1.5],
  ])('of %s %s is %p', (datatype, hex, value) => {
    expect(valuesAt(sent([{ datatype, shape: [1, 1], bytes: Buffer.from(hex, 'hex') }]), '/inputs/0/data/0')).toEqual([
      value,
    ]);
  });

  it('of text has its length before it', () => {
    expect(valuesAt(sent([texts([3], ['DE', '', 'Österreich'])]), '/inputs/0/data/0')).toEqual([
      'DE',
      '',
      'Österreich',
    ]);
  });

  it('is in the tensor whose turn it is, in requests and in answers, beside tensors of JSON', () => {
    const { body, part } = sent([floats([2, 2], [1, 2, 3, 4]), texts([2], ['a', 'b']), floats([2, 1], [7, 8])]);
    const json = { name: 'j', datatype: 'INT32', shape: [2], data: [5, 6] };
    const mixed = { body: { inputs: [body['inputs']?.[0], json, body['inputs']?.[1], body['inputs']?.[2]] }, part };
    const at = (pointer: string) => valuesAt(mixed as unknown as ReturnType<typeof sent>, pointer);
    expect(at('/inputs/0/data/1')).toEqual([2, 4]);
    expect(at('/inputs/1/data/0')).toEqual([5, 6]);
    expect(at('/inputs/2/data/0')).toEqual(['a', 'b']);
    expect(at('/inputs/3/data/0')).toEqual([7, 8]);
    const answer = sent([floats([2], [1, 2])], Infinity, 'outputs');
    expect(valuesAt(answer, '/outputs/0/data/0')).toEqual([1, 2]);
  });

  it('is named as in flat data and as in nested ones', () => {
    const body = sent([floats([2, 1, 2], [1, 2, 3, 4])]);
    expect(valuesAt(body, '/inputs/0/data/1')).toEqual([2, 4]);
    expect(valuesAt(body, '/inputs/0/data/0/0/1')).toEqual([2, 4]);
    expect(valuesAt(body, '/inputs/0/data/0/1')).toEqual([undefined, undefined]);
    expect(valuesAt(body, '/inputs/0/data/0/0/2')).toEqual([undefined, undefined]);
    expect(valuesAt(body, '/inputs/0/data/2')).toBe('Batch');
    expect(valuesAt(sent([floats([1, 2], [1, 2])]), '/inputs/0/data/2')).toEqual([undefined]);
  });

  it('is said of all rows where its tensor has one, and of none where it has others', () => {
    expect(valuesAt(sent([floats([2], [1, 2]), floats([1], [9])]), '/inputs/1/data/0')).toEqual([9, 9]);
    expect(valuesAt(sent([floats([2], [1, 2]), floats([3], [7, 8, 9])]), '/inputs/1/data/0')).toBe('Batch');
  });

  it('can be read where those of the first 64 rows were kept, though not all were', () => {
    const many = Array.from({ length: 40_000 }, (_, index) => index);
    const body = sent([floats([20_000, 2], many)], 64 * 1024);
    expect(rowsOf(body.body, binaryTensorsOf(body.body, body.part))).toBe(20_000);
    expect(valuesAt(body, '/inputs/0/data/1')).toEqual(Array.from({ length: 64 }, (_, row) => 2 * row + 1));
    expect(valuesAt(sent([floats([2, 20_000], many)], 64 * 1024), '/inputs/0/data/1')).toBe('TooLarge');
    const behind = sent([floats([1, 40_000], many), floats([1], [5])], 64 * 1024);
    expect(valuesAt(behind, '/inputs/1/data/0')).toBe('TooLarge');
    const words = Array.from({ length: 20_000 }, (_, index) => String(index));
    expect(valuesAt(sent([texts([20_000], words)], 64 * 1024), '/inputs/0/data/0')).toEqual(words.slice(0, 64));
  });

  it('of a type that nobody knows is skipped as such', () => {
    const body = sent([{ datatype: 'FP8', shape: [2], bytes: Buffer.alloc(2) }]);
    expect(valuesAt(body, '/inputs/0/data/0')).toBe('Binary');
  });
});

describe('Bytes that do not add up are Malformed:', () => {
  const { body, part } = sent([floats([2], [1, 2])]);
  const [tensor] = body['inputs'] ?? [];
  const of = (fields: object) => binaryTensorsOf({ inputs: [{ ...tensor, ...fields }] }, part);

  it.each([
    ['a shape of more', { shape: [3] }],
    ['a shape of fewer', { shape: [1] }],
    ['a negative one', { shape: [-2] }],
    ['one beyond all numbers', { shape: [1e15, 1e15] }],
    ['none', { shape: undefined }],
    ['another width', { datatype: 'FP64' }],
    ['more than came', { parameters: { binary_data_size: 12 }, shape: [3] }],
    ['fewer than came', { parameters: { binary_data_size: 4 }, shape: [1] }],
    ['a size that is none', { parameters: { binary_data_size: '8' } }],
    ['a negative size', { parameters: { binary_data_size: -8 } }],
    ['texts without room for their lengths', { datatype: 'BYTES', shape: [3] }],
    ['a text longer than its tensor', { datatype: 'BYTES', shape: [1] }],
  ])('%s', (_what, fields) => {
    expect(of({})?.size).toBe(1);
    expect(of(fields)).toBeUndefined();
  });

  it('texts that end before their tensor does', () => {
    const short = { ...texts([1], ['ab']), bytes: Buffer.concat([texts([1], ['ab']).bytes, Buffer.alloc(3)]) };
    expect(valuesAt(sent([short]), '/inputs/0/data/0')).toBe('Malformed');
  });

  it('bytes of no tensor, and a tensor without bytes', () => {
    expect(binaryTensorsOf({ inputs: [] }, { bytes: Buffer.alloc(4), length: 4 })).toBeUndefined();
    expect(binaryTensorsOf(body, undefined)).toBeUndefined();
    expect(binaryTensorsOf({ inputs: [{ shape: [1], data: [1] }] }, undefined)?.size).toBe(0);
  });
});

it('Whatever comes, the observer reads within it or gives a reason', () => {
  const tensor = fc.record({
    datatype: fc.constantFrom('BYTES', 'FP16', 'INT64', 'BOOL', 'FP8', 'FP32'),
    shape: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }),
    parameters: fc.record({ binary_data_size: fc.integer({ min: 0, max: 40 }) }),
  });
  fc.assert(
    fc.property(
      fc.array(tensor, { maxLength: 3 }),
      fc.uint8Array({ maxLength: 60 }),
      fc.nat(60),
      (inputs, raw, kept) => {
        const part = { bytes: Buffer.from(raw).subarray(0, kept), length: raw.length };
        const body = { inputs };
        const tensors = binaryTensorsOf(body, kept < raw.length ? { ...part, cutBy: 'TooLarge' } : part);
        if (tensors === undefined) return;
        const rows = rowsOf(body, tensors);
        if (rows === undefined) return;
        for (const pointer of ['/inputs/0/data/0', '/inputs/1/data/3', '/inputs/2/data/0/1']) {
          const column = columnOf(body, pointer, { rows, tensors });
          if ('valueIn' in column) for (let row = 0; row < Math.min(rows, 64); row += 1) column.valueIn(row);
        }
      },
    ),
  );
});

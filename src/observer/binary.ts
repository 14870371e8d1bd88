import { valueAt } from './pointer.ts';
import type { SkipReason } from './skip.ts';

/** What followed the JSON of a body: as much of it as was kept, and how long it was. */
export interface BinaryPart {
  readonly bytes: Buffer;
  readonly length: number;
  /** Why not all was kept. Absent if it was. */
  readonly cutBy?: Extract<SkipReason, 'TooLarge' | 'Busy'>;
}

/** The elements of a tensor in row-major order. */
export interface Elements {
  readonly length: number;
  /** The elements before this one can be read. */
  readonly readable: number;
  /** Why not all can be. */
  readonly cutBy: BinaryPart['cutBy'];
  readonly at: (index: number) => unknown;
}

/** The elements of the tensors that came as bytes, by the tensor as the JSON has it; what cannot be read has the reason. */
export type BinaryTensors = ReadonlyMap<unknown, Elements | { readonly skipped: SkipReason }>;

interface Place {
  readonly bytes: Buffer;
  readonly offset: number;
  readonly size: number;
}

/** How an element of a type is read, little-endian as all of them are. */
interface Format {
  readonly width: number;
  readonly read: (bytes: Buffer, offset: number) => unknown;
}

const formats: ReadonlyMap<unknown, Format> = new Map<string, Format>([
  ['BOOL', { width: 1, read: (bytes, offset) => bytes.readUInt8(offset) !== 0 }],
  ['UINT8', { width: 1, read: (bytes, offset) => bytes.readUInt8(offset) }],
  ['UINT16', { width: 2, read: (bytes, offset) => bytes.readUInt16LE(offset) }],
  ['UINT32', { width: 4, read: (bytes, offset) => bytes.readUInt32LE(offset) }],
  ['UINT64', { width: 8, read: (bytes, offset) => Number(bytes.readBigUInt64LE(offset)) }],
  ['INT8', { width: 1, read: (bytes, offset) => bytes.readInt8(offset) }],
  ['INT16', { width: 2, read: (bytes, offset) => bytes.readInt16LE(offset) }],
  ['INT32', { width: 4, read: (bytes, offset) => bytes.readInt32LE(offset) }],
  ['INT64', { width: 8, read: (bytes, offset) => Number(bytes.readBigInt64LE(offset)) }],
  ['FP16', { width: 2, read: (bytes, offset) => half(bytes.readUInt16LE(offset)) }],
  ['BF16', { width: 2, read: (bytes, offset) => brain(bytes.readUInt16LE(offset)) }],
  ['FP32', { width: 4, read: (bytes, offset) => bytes.readFloatLE(offset) }],
  ['FP64', { width: 8, read: (bytes, offset) => bytes.readDoubleLE(offset) }],
]);

/** Of a text there are four bytes with its length, and then those of the text. */
const prefix = 4;

/**
 * Where each tensor of a body has its elements, by the Open Inference Protocol's binary tensor data extension: after the JSON, in the
 * order of the tensors. Undefined if sizes, shapes and types do not add up to what came.
 */
export function binaryTensorsOf(body: unknown, part: BinaryPart | undefined): BinaryTensors | undefined {
  const tensors = new Map<unknown, Elements | { readonly skipped: SkipReason }>();
  let offset = 0;
  for (const tensor of tensorsOf(body)) {
    const size = valueAt(tensor, '/parameters/binary_data_size');
    if (size === undefined || valueAt(tensor, '/data') !== undefined) continue;
    if (!isCount(size)) return undefined;
    const place = { bytes: part?.bytes ?? Buffer.alloc(0), offset, size };
    const elements = elementsOf(tensor, place, part?.cutBy);
    if (elements === undefined) return undefined;
    tensors.set(tensor, elements);
    offset += size;
  }
  return offset === (part?.length ?? 0) ? tensors : undefined;
}

/** An answer has outputs; a request has inputs, and names the outputs that it wants. */
function tensorsOf(body: unknown): readonly unknown[] {
  const tensors = valueAt(body, '/inputs') ?? valueAt(body, '/outputs');
  return Array.isArray(tensors) ? tensors : [];
}

function elementsOf(
  tensor: unknown,
  place: Place,
  cutBy: BinaryPart['cutBy'],
): Elements | { readonly skipped: SkipReason } | undefined {
  const datatype = valueAt(tensor, '/datatype');
  const length = lengthOf(valueAt(tensor, '/shape'));
  const format = formats.get(datatype);
  if (length === undefined) return undefined;
  if (format !== undefined) {
    return place.size === length * format.width ? { ...ofFixedWidth(length, format, place), cutBy } : undefined;
  }
  // A type that is not known here may be any bytes.
  if (datatype !== 'BYTES') return { skipped: 'Binary' };
  return place.size >= length * prefix ? textsIn(length, place, cutBy) : undefined;
}

function ofFixedWidth(length: number, { width, read }: Format, { bytes, offset }: Place): Omit<Elements, 'cutBy'> {
  const readable = Math.min(length, Math.max(0, Math.floor((bytes.length - offset) / width)));
  return { length, readable, at: (index) => read(bytes, offset + index * width) };
}

/** Each text is where the one before ends, so that they are looked for from the first on. */
function textsIn(length: number, { bytes, offset, size }: Place, cutBy: BinaryPart['cutBy']): Elements | undefined {
  const places: (readonly [start: number, end: number])[] = [];
  let next = offset;
  while (places.length < length && next + prefix <= bytes.length) {
    const start = next + prefix;
    next = start + bytes.readUInt32LE(next);
    if (next > offset + size) return undefined;
    if (next > bytes.length) break;
    places.push([start, next]);
  }
  if (places.length === length ? next !== offset + size : cutBy === undefined) return undefined;
  return {
    length,
    readable: places.length,
    cutBy,
    at: (index) => bytes.toString('utf8', ...(places[index] ?? [0, 0])),
  };
}

/** How many elements there are; undefined if that is no shape. */
function lengthOf(shape: unknown): number | undefined {
  if (!Array.isArray(shape) || !shape.every(isCount)) return undefined;
  const length = shape.reduce((product: number, dimension: number) => product * dimension, 1);
  return isCount(length) ? length : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** IEEE 754's binary16: a sign, five bits of exponent and ten of fraction. */
function half(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 0x1f, bits & 0x3ff];
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const four = new DataView(new ArrayBuffer(4));

/** The upper half of a binary32. */
function brain(bits: number): number {
  four.setUint32(0, bits * 0x10000);
  return four.getFloat32(0);
}

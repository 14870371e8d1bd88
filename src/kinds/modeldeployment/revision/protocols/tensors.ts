import { isFields } from '../../../../domain/canonical.ts';

/** A tensor as a request of the Open Inference Protocol has it. */
interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data: readonly (number | boolean | string)[];
}

/** Of all tensors of an example: a model of images takes some hundred thousand. */
const mostElements = 1_000_000;

/**
 * A request with zeros for what a model's metadata says of its inputs, one row each where the number is open; undefined where it does not say,
 * or of too much.
 */
export function zeros(metadata: unknown): { readonly inputs: readonly Tensor[] } | undefined {
  const declared = isFields(metadata) ? metadata['inputs'] : undefined;
  if (!Array.isArray(declared) || declared.length === 0) return undefined;
  const inputs = declared.map(tensorOf);
  if (!inputs.every((tensor) => tensor !== undefined)) return undefined;
  const size = inputs.reduce((sum, { count }) => sum + count, 0);
  if (size > mostElements) return undefined;
  return {
    inputs: inputs.map(({ count, nothing, ...tensor }) => ({
      ...tensor,
      data: Array<typeof nothing>(count).fill(nothing),
    })),
  };
}

function tensorOf(input: unknown) {
  if (!isFields(input)) return undefined;
  const { name, datatype, shape } = input;
  if (typeof name !== 'string' || typeof datatype !== 'string' || !Array.isArray(shape)) return undefined;
  const sizes = shape.map(Number);
  if (!sizes.every((size) => Number.isInteger(size) && size >= -1)) return undefined;
  const open = sizes.map((size) => (size === -1 ? 1 : size));
  const count = open.reduce((product, size) => product * size, 1);
  return { name, datatype, shape: open, count, nothing: nothingOf(datatype) };
}

function nothingOf(datatype: string): number | boolean | string {
  if (datatype === 'BOOL') return false;
  return datatype === 'BYTES' ? '' : 0;
}

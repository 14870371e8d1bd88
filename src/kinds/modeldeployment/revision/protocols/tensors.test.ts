import { describe, expect, it } from '@jest/globals';
import { zeros } from './tensors.ts';

const input = (fields: object = {}) => ({ name: 'x', datatype: 'FP32', shape: [-1, 2], ...fields });

describe('an example for a model of the Open Inference Protocol', () => {
  it('has the names, types and shapes of its metadata, and one row', () => {
    const metadata = { name: 'm', inputs: [input(), input({ name: 'on', datatype: 'BOOL', shape: [1] })] };
    expect(zeros(metadata)).toEqual({
      inputs: [
        { name: 'x', datatype: 'FP32', shape: [1, 2], data: [0, 0] },
        { name: 'on', datatype: 'BOOL', shape: [1], data: [false] },
      ],
    });
    expect(zeros({ inputs: [input({ datatype: 'BYTES', shape: ['1'] })] })?.inputs[0]?.data).toEqual(['']);
  });

  it('is none where the metadata does not say, says nonsense, or says of more than anybody sends', () => {
    for (const inputs of [
      undefined,
      [],
      [{}],
      [input({ shape: ['many'] })],
      [input({ shape: [-2] })],
      [input({ name: 7 })],
    ]) {
      expect(zeros({ inputs })).toBeUndefined();
    }
    expect(zeros({ inputs: [input({ shape: [1000, 1001] })] })).toBeUndefined();
    expect(zeros({ inputs: [input({ shape: Array(400).fill(2 ** 20) })] })).toBeUndefined();
    expect(zeros('text')).toBeUndefined();
  });
});

import { sortedJSON } from '../../src/domain/canonical.ts';

/** Numbers values, equal ones alike, so that states are small and compared quickly. */
export class Interned<V extends object> {
  #numbers = new Map<string, number>();
  #values: V[] = [];

  number(value: V): number {
    const text = sortedJSON(value);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#values.push(value) - 1;
    this.#numbers.set(text, number);
    return number;
  }

  value(number: number): V {
    const value = this.#values[number];
    if (value === undefined) throw new Error(`there is no value ${number}`);
    return value;
  }
}

import { celEnv, type CelInput, CelScalar, isCelError, parse, plan } from '@bufbuild/cel';
import { describe, expect, it } from '@jest/globals';
import { structuralSchemas } from '../../../api/generated/structural.ts';
import type { StructuralSchema } from '../../../api/structuralschema.ts';
import { functions } from './functions.ts';

const environment = celEnv({ variables: { self: CelScalar.DYN }, funcs: [...functions] });

function evaluated(expression: string, self: CelInput = null): unknown {
  const outcome = plan(environment, parse(expression))({ self });
  return isCelError(outcome) ? new Error(outcome.message) : outcome;
}

describe('What Kubernetes adds to CEL', () => {
  it.each([
    ["quantity('1Gi').isGreaterThan(quantity('1000M'))", true],
    ["quantity('0.5').isLessThan(quantity('500m'))", false],
    ["isQuantity('8GB')", false],
    ["isQuantity('8G')", true],
    ["['-1', '+.5', '1.', '1e3', '1E-3', '5n', '5u', '1E'].all(text, isQuantity(text))", true],
    ["['', '-', 'e3', '1e', '1 Gi', '1Ki3', '0x1', 'NaN'].exists(text, isQuantity(text))", false],
    ["quantity('1e3').isLessThan(quantity('1001')) && quantity('999').isLessThan(quantity('1e3'))", true],
    ["'512Mi'.find('^[0-9.]+')", '512'],
    ["'Mi'.find('^[0-9.]+')", ''],
    ['[1, 2, 3].sum()', 6n],
    ['[].sum()', 0n],
    ["'%s has %d of %s'.format(['a', 2, ['b', 'c']])", 'a has 2 of ["b", "c"]'],
    ["'%s'.format([0.1])", '0.1'],
    ["'%s'.format([[1, 2]])", '[1, 2]'],
    ["'%s'.format(['%d'])", '%d'],
    ["'a\\u00e9'.matches('^\\\\pL+$')", true],
    ["duration('1h30m') > duration('89m')", true],
    ["'fraud'.upperAscii()", 'FRAUD'],
  ])('gives for %s what the API server gives', (expression, want) => {
    expect(evaluated(expression)).toEqual(want);
  });

  it('has no amount of what is no quantity', () => {
    expect(evaluated("quantity('8GB').isLessThan(quantity('1'))")).toEqual(new Error('"8GB" is no quantity'));
  });

  it('has no number of what is none', () => {
    expect(evaluated("double('1.5') > 1.0")).toBe(true);
    for (const text of ['', ' 1', '1,5']) expect(evaluated(`double('${text}') > 1.0`)).toBeInstanceOf(Error);
  });

  it('matches in a time that grows with the text alone', () => {
    expect(evaluated("self.matches('^(a+)+$')", `${'a'.repeat(10_000)}!`)).toBe(false);
  });
});

describe('The rules of all schemas', () => {
  const rules = Object.values(structuralSchemas).flatMap(rulesIn);

  it('are expressions that can be read, with functions that are known', () => {
    expect(rules.length).toBeGreaterThan(250);
    const macros = ['has', 'all', 'exists', 'exists_one', 'filter', 'map'];
    const standard = [
      'matches',
      'size',
      'string',
      'startsWith',
      'endsWith',
      'contains',
      'duration',
      'double',
      'bytes',
      'timestamp',
      'getHours',
      'getSeconds',
    ];
    const ours = functions.map(({ name }) => name);
    for (const rule of rules) plan(environment, parse(rule));
    const inCode = new Set(
      rules.flatMap((rule) =>
        [...rule.replaceAll(/'[^']*'/g, "''").matchAll(/(\w+)[(]/g)].map(([, name = '']) => name),
      ),
    );
    expect([...inCode].filter((name) => ![...macros, ...standard, ...ours].includes(name))).toEqual([]);
  });
});

function rulesIn(schema: StructuralSchema): readonly string[] {
  const { properties = {}, items, additionalProperties, 'x-kubernetes-validations': own = [] } = schema;
  const inner = [
    ...Object.values(properties),
    ...(items ? [items] : []),
    ...(additionalProperties ? [additionalProperties] : []),
  ];
  return [...own.flatMap(({ rule, messageExpression = "''" }) => [rule, messageExpression]), ...inner.flatMap(rulesIn)];
}

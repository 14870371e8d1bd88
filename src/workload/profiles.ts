/** The hardware profiles of an installation, as the chart hands them to the operator. */
import { isFields } from '../domain/canonical.ts';
import type { HardwareProfile } from './hardware.ts';
import { profilesProblem } from './profilerules.ts';

const variable = 'FLYBALL_ACCELERATORS';

/**
 * Reads a JSON list such as `[{"name": "h100", "resource": "nvidia.com/gpu"}]`; none if nothing is said.
 * @throws an Error that names the profile, the field and its value, and says what to write. Helm says the same: charts/flyball/templates/_accelerators.tpl.
 */
export function parseHardwareProfiles(json: string | undefined): readonly HardwareProfile[] {
  if (json === undefined || json === '') return [];
  const value = parsed(json);
  if (!Array.isArray(value)) {
    throw new Error(`${variable} must be a JSON list such as [{"name": "h100", "resource": "nvidia.com/gpu"}]`);
  }
  const profiles = value.map((item: unknown, index) => formed(item, index));
  const problem = profilesProblem(profiles);
  if (problem !== undefined) throw new Error(`${variable} ${problem}`);
  return profiles;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(`${variable} is not JSON: ${String(error)}`, { cause: error });
  }
}

function formed(item: unknown, index: number): HardwareProfile {
  const what = `item ${index}`;
  const problem = isFields(item) ? formProblem(item) : 'is no object';
  if (problem !== undefined) throw new Error(`${variable} ${what} ${problem}`);
  return item as unknown as HardwareProfile;
}

type Form = (value: unknown) => boolean;

const text: Form = (value) => typeof value === 'string';
const amount: Form = (value) => text(value) || (typeof value === 'number' && Number.isFinite(value));
const mapOf =
  (form: Form): Form =>
  (value) =>
    isFields(value) && Object.values(value).every(form);
const listOf =
  (forms: Readonly<Record<string, Form>>): Form =>
  (value) =>
    Array.isArray(value) &&
    value.every(
      (item) => isFields(item) && Object.entries(item).every(([field, inner]) => own(forms, field)?.(inner) === true),
    );
const oneOf =
  (...values: readonly string[]): Form =>
  (value) =>
    values.some((one) => one === value);

function isWhole(item: object): boolean {
  return 'name' in item && 'value' in item;
}

interface FieldForm {
  readonly form: Form;
  readonly want: string;
}

const fields: Readonly<Record<keyof HardwareProfile, FieldForm>> = {
  name: { form: text, want: 'a text' },
  resource: { form: text, want: 'a text' },
  product: { form: text, want: 'a text' },
  nodeSelector: { form: mapOf(text), want: 'an object of texts' },
  tolerations: {
    form: listOf({
      key: text,
      operator: oneOf('Exists', 'Equal'),
      value: text,
      effect: oneOf('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
      tolerationSeconds: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
    }),
    want: 'a list of tolerations, as pods have them',
  },
  runtimeClassName: { form: text, want: 'a text' },
  sharedMemory: { form: amount, want: 'a quantity' },
  extended: { form: mapOf(amount), want: 'an object of amounts' },
  env: {
    form: (value) => listOf({ name: text, value: text })(value) && (value as readonly object[]).every(isWhole),
    want: 'a list of objects with name and value, both texts',
  },
};

function formProblem(item: Readonly<Record<string, unknown>>): string | undefined {
  for (const [field, value] of Object.entries(item)) {
    const known = own(fields, field);
    if (known === undefined) {
      return `has the unknown field ${JSON.stringify(field)}: known are ${Object.keys(fields).join(', ')}`;
    }
    if (!known.form(value)) return `has ${field} ${JSON.stringify(value)}: write ${known.want}`;
  }
  const missing = (['name', 'resource'] as const).find((field) => item[field] === undefined);
  return missing && `has no ${missing}: write one`;
}

function own<T>(all: Readonly<Record<string, T>>, field: string): T | undefined {
  return Object.hasOwn(all, field) ? all[field] : undefined;
}

import { isFields } from '../../../domain/canonical.ts';
import type { Recipe } from '../../../domain/recipe.ts';

/** Whether a value that was read from an annotation has the form that it would have if we had written it. */
type Form = (value: unknown) => boolean;

export const number: Form = (value) => typeof value === 'number' && Number.isFinite(value);

export const count =
  (most: number): Form =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most;

export const text =
  (longest: number, pattern = /^/): Form =>
  (value) =>
    typeof value === 'string' && value.length <= longest && pattern.test(value);

/** The name of an object. */
export const name = text(253, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/);

export const uid = text(64, /./);

export const time: Form = (value) =>
  text(40, /^\d{4}-\d\d-\d\dT/)(value) && typeof value === 'string' && !Number.isNaN(Date.parse(value));

export const oneOf =
  (values: readonly unknown[]): Form =>
  (value) =>
    values.includes(value);

export const optional =
  (form: Form): Form =>
  (value) =>
    value === undefined || form(value);

const list =
  (most: number, form: Form): Form =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(form);

const mapOf =
  (form: Form): Form =>
  (value) =>
    isFields(value) && Object.values(value).every(form);

/** An object with these fields. */
export const fields =
  (forms: Readonly<Record<string, Form>>): Form =>
  (value) =>
    isFields(value) && Object.entries(forms).every(([field, form]) => form(value[field]));

const word = text(2048);
const amount: Form = (value) => number(value) || text(32)(value);

const forms: Readonly<Record<Exclude<keyof Recipe, 'workingDir' | 'envFrom' | 'results' | 'pod'>, Form>> = {
  image: text(512, /./),
  command: optional(list(64, word)),
  args: optional(list(64, word)),
  env: optional(
    list(
      64,
      fields({
        name: text(128, /./),
        value: optional(word),
        secretKeyRef: optional(fields({ name: text(253), key: text(253) })),
      }),
    ),
  ),
  resources: optional(fields({ cpu: optional(amount), memory: optional(amount) })),
  accelerator: optional(fields({ resource: text(128, /./), count: count(1024), product: optional(text(63)) })),
  nodes: optional(count(64)),
  source: optional(fields({ repository: text(512), revision: text(512) })),
  datasets: optional(list(16, fields({ name: text(40, /./), uri: text(512), digest: optional(text(128)) }))),
  parameters: optional(mapOf(text(262_144))),
  seed: optional(number),
  checkpoint: optional(fields({ claimName: text(253, /./) })),
  output: optional(fields({ uri: text(512) })),
};

const recipe = fields(forms);

export function isRecipe(value: unknown): value is Recipe {
  return recipe(value);
}

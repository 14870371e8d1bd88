import type { Accelerator } from '../../../api/generated/shared.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import { recipePodForm, resources, sources, variables, word } from './podforms.ts';
import { count, fields, list, mapOf, number, oneOf, optional, record, text } from './wellformed.ts';

export const recipeForm = record<Recipe>({
  image: text(512, /./),
  command: optional(list(64, word)),
  args: optional(list(64, word)),
  workingDir: optional(text(512, /./)),
  env: optional(variables),
  envFrom: optional(sources),
  resources: optional(resources),
  accelerator: optional(
    record<Accelerator>({
      resource: optional(text(128, /./)),
      count: count(1024),
      product: optional(text(63)),
      profile: optional(text(128, /./)),
    }),
  ),
  nodes: optional(count(64)),
  rendezvous: optional(oneOf(['JAX'])),
  source: optional(fields({ repository: text(512), revision: text(512) })),
  datasets: optional(list(16, fields({ name: text(40, /./), uri: text(512), digest: optional(text(128)) }))),
  parameters: optional(mapOf(text(262_144))),
  seed: optional(number),
  checkpoint: optional(fields({ claimName: optional(text(253, /./)), uri: optional(text(512)) })),
  output: optional(fields({ uri: text(512), by: optional(oneOf(['Container'])) })),
  results: optional(fields({ path: optional(text(512, /./)), format: optional(oneOf(['Document', 'Metrics'])) })),
  pod: optional(recipePodForm),
});

import type { FeatureProfile } from '../api/types.ts';

/** As long as results may name a category. Keys of maps have no bound in a schema, and whoever restores a ModelVersion writes them. */
const longestName = 63;

/** The shares of the categories that can be read; undefined for a number. What has a longer name counts as any other value. */
export function categoriesOf({ categories }: FeatureProfile): FeatureProfile['categories'] {
  return categories && Object.fromEntries(Object.entries(categories).filter(([name]) => name.length <= longestName));
}

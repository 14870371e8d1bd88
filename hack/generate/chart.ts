/** The folder of the chart's copy of `crds/`. Helm packages neither what lies outside of a chart nor what a link points to. */
export const chartFolder = 'charts/flyball/files/crds';

/**
 * The files that the chart's copy of `crds/` consists of, by path relative to the repository. `definitions` are the texts of
 * `crds/*.yaml` by file name. Files in `chartFolder` that are not in the result are stale.
 */
export function chartFiles(definitions: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...definitions].map(([name, text]) => [`${chartFolder}/${name}`, text]));
}

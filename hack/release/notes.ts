/**
 * The section of a version in a changelog of the format of Keep a Changelog, without its heading.
 * @throws if there is none, or if nothing stands in it.
 */
export function notesOf(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m);
  const section = sections.find((one) => one.startsWith(`[${version}]`));
  const text = section?.slice(section.indexOf('\n')).trim() ?? '';
  if (text === '')
    throw new Error(`CHANGELOG.md has no section "## [${version}]": move what is in "Unreleased" there.`);
  return `${text}\n`;
}

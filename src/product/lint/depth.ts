/**
 * Whether a text is nested deeper than a parser should be asked to follow, which needs a stack, and time, for each level. By its brackets, and
 * by what can stand before a value on one line, whatever they stand in: manifests have not so many.
 */
export function isTooDeep(text: string, deepest: number): boolean {
  return text
    .split(/^---/m)
    .some(
      (document) => openBrackets(document) > deepest || document.split('\n').some((line) => levelsOf(line) > deepest),
    );
}

/** The most that are open at a time. */
function openBrackets(text: string): number {
  let open = 0;
  let most = 0;
  for (const { 0: bracket } of text.matchAll(/[[\]{}]/g)) {
    open = bracket === '[' || bracket === '{' ? open + 1 : Math.max(0, open - 1);
    most = Math.max(most, open);
  }
  return most;
}

/** Of a line, as far as no bracket and no quotation mark begins: `- - a: b: &c !d`. */
function levelsOf(line: string): number {
  const plain = /^[^{["'#]*/.exec(line)?.[0] ?? '';
  return plain.length < 500 ? 0 : (plain.match(/[-?:] |[&!]/g)?.length ?? 0);
}

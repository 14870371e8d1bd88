/**
 * What acts on whoever shows a text instead of being shown: control characters (C0 and C1, so ESC and BEL), marks that turn the
 * direction of writing, characters without width, line and paragraph separators, and halves of characters.
 */
const acting = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const eachActing = new RegExp(acting, 'gu');

/** What a terminal obeys instead of showing it: colours, cursor moves (CSI), titles and links (OSC and its relatives). */
const terminalSequences =
  // oxlint-disable-next-line no-control-regex -- they are what it looks for
  /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|(?:\u001B[PX\]^_]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u0090\u0098\u009C-\u009F]*(?:\u0007|\u001B\\|\u009C)|\u001B[ -/]*[0-~]/g;

/** Words of others as one line that does nothing to a terminal and holds no command of ours. */
export function oneLine(words: string): string {
  return harmless(words).replaceAll('`', "'").trim();
}

/** A text as one line that does nothing to a terminal. The commands of a message stay between their backticks. */
export function harmless(words: string): string {
  return words
    .toWellFormed()
    .replace(terminalSequences, '')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ');
}

/** Lines of ordinary English, as most of a log are, need no look at each character. */
const ordinary = /^[\t -~]*$/;

/** The same of one line of a log or a document, whose blanks mean something: an indented traceback stays one. */
export function harmlessLine(words: string): string {
  if (ordinary.test(words)) return words;
  return words
    .toWellFormed()
    .replace(terminalSequences, '')
    .replace(eachActing, (character) => (character === '\t' ? character : ''));
}

/** Whether a text can be shown as it is. */
export function isPlain(text: string): boolean {
  return !acting.test(text);
}

/** A JSON value whose texts, names of members included, can be shown as they are: a space stands for each character that cannot. */
export function plain<T>(value: T): T;
export function plain(value: unknown): unknown {
  if (typeof value === 'string') return isPlain(value) ? value : value.toWellFormed().replace(eachActing, ' ');
  if (Array.isArray(value)) return value.map((item: unknown) => plain(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [plain(name), plain(member)]));
}

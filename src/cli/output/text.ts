import { shortened } from '../../api/condition.ts';
import { harmless, harmlessLine } from '../../api/text.ts';

/** What a part of a text means to people. A terminal shows it by colour; words alone have to tell as much. */
export type Style = 'good' | 'bad' | 'waiting' | 'faint' | 'strong' | 'command' | Lane;

/** What tells apart what comes side by side, such as the logs of several pods. The colours mean nothing else. */
export const lanes = ['lane1', 'lane2', 'lane3', 'lane4', 'lane5', 'lane6'] as const;
export type Lane = (typeof lanes)[number];

export interface Span {
  readonly words: string;
  readonly style?: Style;
}

/**
 * One line that people read. Whatever is put into it does nothing to a terminal: words of others, be they names, messages or numbers, become
 * parts of a text by `text` and `styled` alone, which take out what acts, and the backticks that mark our commands.
 */
export class Text {
  readonly spans: readonly Span[];

  constructor(spans: readonly Span[]) {
    this.spans = spans;
  }

  /** Without styles. */
  get words(): string {
    return this.spans.map(({ words }) => words).join('');
  }
}

/** A line of a log or a document, with its blanks. */
export function asWritten(line: string): Text {
  return new Text([{ words: harmlessLine(line) }]);
}

/** What may stand in a text; undefined stands for nothing. */
export type Part = Text | string | number | undefined;

/** ``text`${name} serves` ``: the words of the template are ours, what is put in is made harmless. */
export function text(words: TemplateStringsArray, ...parts: readonly Part[]): Text {
  return new Text(words.flatMap((ours, index) => [{ words: ours }, ...spansOf(parts[index])]));
}

/** A part as it is meant. */
export function styled(style: Style, part: Part): Text {
  const isTorn = typeof part === 'string' && part.length > longestCommand;
  if (style === 'command' && isTorn) return new Text([{ words: '…', style }]);
  return new Text(spansOf(part).map(({ words }) => ({ words, style })));
}

/** Several parts as one, with our own words between them. */
export function joined(parts: readonly Part[], between = ' '): Text {
  const shown = parts.filter((part) => part !== undefined);
  return new Text(shown.flatMap((part, index) => [...(index === 0 ? [] : [{ words: between }]), ...spansOf(part)]));
}

/** What a condition, an event or a verdict says: its commands stand between backticks, and can be copied. */
export function message(words: string): Text {
  const parts = words.split('`');
  // An odd backtick begins no command.
  const isCommand = (index: number) => index % 2 === 1 && index < parts.length - 1;
  return new Text(
    parts.flatMap((part, index) => (isCommand(index) ? styled('command', part).spans : [{ words: shown(part) }])),
  );
}

/** The same within a sentence, where words alone have to tell which of them are a command: the backticks stay. */
export function sentence(words: string): Text {
  const parts = words.split('`');
  const isCommand = (index: number) => index % 2 === 1 && index < parts.length - 1;
  return new Text(
    parts.flatMap((part, index): readonly Span[] =>
      isCommand(index)
        ? [{ words: '`' }, { words: harmless(part), style: 'command' }, { words: '`' }]
        : text`${part}`.spans,
    ),
  );
}

/** Half a command is none. */
const longestCommand = 1_200;

/** No name and no message of Kubernetes is longer; who wants all of it asks for a document. */
const longestPart = 2_000;

function shown(words: string): string {
  // What acts takes room, too, and nobody shall have to wait for what is not shown.
  return shortened(harmless(words.slice(0, 4 * longestPart)), longestPart);
}

function spansOf(part: Part): readonly Span[] {
  if (part === undefined) return [];
  return part instanceof Text ? part.spans : [{ words: shown(String(part)).replaceAll('`', "'") }];
}

/** What people see while they wait: lines that stay, and under them one that moves. */

/** Without a terminal, how long it may be silent: a log shall show that something is at work, and be readable. */
const silence = 15_000;

interface Work {
  readonly title: string;
  readonly began: number;
  note: string;
}

const works: Work[] = [];
let said = performance.now();
let timer: NodeJS.Timeout | undefined;

/** Says a line that stays. */
export function say(line: string, stream: NodeJS.WriteStream = process.stderr): void {
  erase();
  stream.write(`${line}\n`);
  said = performance.now();
}

/**
 * Does something that may take long. Meanwhile a line tells what it is and for how long it has been going on, with what `note` was given
 * last: on a terminal it moves, elsewhere a new one comes every 15 seconds.
 */
export async function during<T>(title: string, work: (note: (text: string) => void) => Promise<T>): Promise<T> {
  const entry: Work = { title, began: performance.now(), note: '' };
  works.push(entry);
  timer ??= setInterval(tell, 1000).unref();
  try {
    return await work((text) => (entry.note = text));
  } finally {
    works.splice(works.indexOf(entry), 1);
    erase();
    if (works.length === 0) clearInterval(timer);
    if (works.length === 0) timer = undefined;
  }
}

/** A duration as people say it. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} m ${whole % 60} s`;
}

/** The work that was begun last is the part that the others wait for. */
function tell(): void {
  const work = works.at(-1);
  if (work === undefined) return;
  const now = performance.now();
  const time = clock((now - work.began) / 1000);
  const line = `  … ${work.title}: ${time}${work.note === '' ? '' : `, ${work.note}`}`;
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${line.slice(0, (process.stderr.columns || 80) - 1)}`);
  else if (now - said >= silence) say(line);
}

function erase(): void {
  if (process.stderr.isTTY && works.length > 0) process.stderr.write('\r\x1b[2K');
}

/**
 * Words that do as much harm as words can: they set a terminal's title, clear its screen, turn the direction of writing, hide what
 * follows, hold half a character, end a command of ours, and are long in characters that take three bytes.
 */
export const hostileWords = `\u001B]0;owned\u0007\u001B[2J\u009B31m\u202Eevil\u2066\u200B\uFEFF\uD800\u0085\u2028\`rm -rf /\` $(PATH)\n${'漢'.repeat(1300)}`;

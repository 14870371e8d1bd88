/**
 * Starts main.ts by the pinned Node. It is JavaScript, and `cli.ts` is a link to it, so that `node hack/cluster/cli.ts` can be typed on
 * any Node that starts npm: an older one refuses a file of TypeScript, and goes by the name that the link leads to.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const launch = fileURLToPath(new URL('../launch', import.meta.url));
const program = spawn(launch, ['hack/cluster/main.ts', ...process.argv.slice(2)], { stdio: 'inherit' });
program.on('error', (error) => {
  console.error(`${launch} cannot be run: ${error.message}`);
  process.exit(1);
});
program.on('exit', (code) => process.exit(code ?? 1));
// A terminal interrupts both: the program cleans up, and this waits for it.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => program.kill('SIGTERM'));

/**
 * Runs named steps in order, says how long each took, and stops at the first that fails.
 * @param {readonly { name: string, run: () => Promise<void> }[]} steps
 * @returns {Promise<boolean>} whether all succeeded
 */
export async function runSteps(steps) {
  const done = [];
  for (const step of steps) {
    const started = Date.now();
    console.log(`\n── ${step.name} ${'─'.repeat(Math.max(0, 72 - step.name.length))}`);
    try {
      await step.run();
      done.push({ step: step.name, result: 'passed', seconds: secondsSince(started) });
    } catch (error) {
      done.push({ step: step.name, result: 'FAILED', seconds: secondsSince(started) });
      console.error(`\n${step.name} failed: ${error instanceof Error ? error.message : error}`);
      break;
    }
  }
  console.log('');
  for (const { step, result, seconds } of done) {
    console.log(`${result}  ${String(seconds).padStart(5)} s  ${step}`);
  }
  return done.every(({ result }) => result === 'passed');
}

function secondsSince(started) {
  return Math.round((Date.now() - started) / 100) / 10;
}

import { readFileSync, writeFileSync } from 'node:fs';
import { LogicEngine } from 'json-logic-engine';
import { test } from 'vitest';
import { compileLogic } from './compile.ts';
const frame = { flagKey: 'f', scope: { context: {}, now: 0, state: undefined, trace: undefined } };
test('x', () => {
  const [rule, data] = JSON.parse(readFileSync('/tmp/jl/last.json', 'utf8'));
  let t = performance.now();
  try { compileLogic(rule)(data, frame) } catch (e) { console.log(String(e)) }
  writeFileSync('/tmp/jl/o.txt','ours'+ `${performance.now() - t}`); t = performance.now();
  try { new LogicEngine().build(rule)(data) } catch (e) { console.log(String(e)) }
  console.log('ref', performance.now() - t);
});

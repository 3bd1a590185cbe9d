import { expect, inject, it } from 'vitest';

it('every example of the READMEs compiles, as strictly as the project itself', () => {
  expect(inject('problems').join('\n')).toBe('');
});

import { asker, badgesOf } from '../isolation/visits.mjs';

/**
 * Gives the function that posts the page's form as a browser without scripts does, and has every badge of the
 * answer: what the action said, and the page after it.
 */
export async function formOf(url) {
  const ask = asker(url, { number: 0, hasSaid: false });
  const fields = fieldsOf(await (await ask('/page')).text());
  return async (ask) => {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    const init = { method: 'POST', headers: { origin: new URL(url).origin }, body };
    const html = await (await ask('/page', init)).text();
    return [saidIn(html), ...badgesOf(html)];
  };
}

/** The hidden fields of the page's only form: which action it is for. */
function fieldsOf(html) {
  const inputs = html.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?\/>/g);
  const fields = [...inputs].map(([, name, value = '']) => [
    name,
    value.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  ]);
  if (fields.length === 0) throw new Error('The page has no form');
  return fields;
}

function saidIn(html) {
  const [, said] = /<output data-action="">([^<]+)</.exec(html) ?? [];
  if (said === undefined) throw new Error('The action said nothing');
  return said;
}

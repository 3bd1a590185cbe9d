import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type WatchedPage, waitForText } from '../../demo/e2e/harness/browser.ts';
import { type ExposureEndpoint, startExposureEndpoint } from '../../demo/e2e/harness/sink.ts';
import { runApplication, textOf } from './harness/application.ts';

let sink: ExposureEndpoint;
beforeAll(async () => {
  sink = await startExposureEndpoint();
});
afterAll(() => sink.close());
const application = runApplication(() => ({ EXPOSURE_SINK_URL: sink.url }));

let visitor: WatchedPage;
/** What the visitor was bucketed by when they came. */
let before: string;

beforeEach(async () => {
  visitor = await application.newVisitor();
  await application.open(visitor);
  before = await textOf(visitor, 'server-bucket');
  return () => visitor.close();
});

const fill = (label: string, value: string) =>
  visitor.page.selectOption(`select[aria-label="${label}"]`, value);

async function signIn(account: string, bucketing: string): Promise<void> {
  await visitor.page.fill('input[aria-label="Account"]', account);
  await fill('Bucketing', bucketing);
  await visitor.page.click('text=Sign in');
  await waitForText(visitor.page, 'account', account);
}

async function signOut(who: string): Promise<void> {
  await fill('Visitor', who);
  await visitor.page.click('text=Sign out');
  await waitForText(visitor.page, 'account', 'nobody');
}

const buckets = () =>
  Promise.all(['server-bucket', 'late-bucket', 'browser-bucket'].map((id) => textOf(visitor, id)));

/** Every text that was on the page, of all that show the bucket. */
const everShown = async () =>
  new Set(
    (
      await Promise.all(
        ['server-bucket', 'late-bucket', 'browser-bucket'].map((id) => visitor.shownTexts(id)),
      )
    ).flat(),
  );

const plan = () => textOf(visitor, 'browser-plan');

describe('signing in with the visitor’s bucketing', () => {
  it('changes no value, not for a moment, and what the account is goes by the account', async () => {
    expect(await plan()).toBe('none');
    await signIn('ann', 'visitor');
    expect(await buckets()).toEqual([before, before, before]);
    expect(await plan()).toBe('pro');
    expect([...(await everShown())]).toEqual([before]);
    expect(visitor.complaints).toEqual([]);
  });

  it('holds over a reload, over signing out, and when the account comes back', async () => {
    await signIn('ann', 'visitor');
    await application.open(visitor);
    expect(await buckets()).toEqual([before, before, before]);
    await signOut('same');
    expect(await buckets()).toEqual([before, before, before]);
    expect(await plan()).toBe('none');
    await signIn('ann', 'visitor');
    expect(await buckets()).toEqual([before, before, before]);
  });

  it('counts one visitor once', async () => {
    sink.clear();
    const other = await application.newVisitor();
    await application.open(other);
    const own = await textOf(other, 'server-bucket');
    await sink.waitFor(({ targetingKey, flagKey }) => targetingKey === own && flagKey === 'bucket');
    await other.page.selectOption('select[aria-label="Bucketing"]', 'visitor');
    await other.page.click('text=Sign in');
    // The plan is another, and counts; the bucket is the same, and does not.
    const shown = await sink.waitFor(
      ({ flagKey, value, targetingKey }) =>
        flagKey === 'plan' && value === 'pro' && targetingKey === own,
    );
    expect(shown.targetingKey).toBe(own);
    const counted = sink.arrivals.filter(
      ({ flagKey, targetingKey }) =>
        flagKey === 'bucket' && [own, 'ann'].includes(String(targetingKey)),
    );
    expect(counted).toMatchObject([{ targetingKey: own }]);
    await other.close();
  });

  it('works where a login sends its visitors back to, too', async () => {
    await visitor.page.goto(`${application.url}/api/session?account=ann&bucketing=visitor`);
    expect(await buckets()).toEqual([before, before, before]);
    expect(await plan()).toBe('pro');
  });
});

describe('signing in with the account’s bucketing', () => {
  it('changes to the account’s values, with no default in between', async () => {
    await signIn('ann', 'account');
    expect(await buckets()).toEqual(['ann', 'ann', 'ann']);
    expect([...(await everShown())]).toEqual([before, 'ann']);
    expect(await visitor.page.title()).toBe('for ann');
    expect(visitor.complaints).toEqual([]);
  });

  it('counts the account from then on', async () => {
    await signIn('bob', 'account');
    await sink.waitFor(
      ({ targetingKey, flagKey }) => targetingKey === 'bob' && flagKey === 'bucket',
    );
  });

  it('ends with signing out', async () => {
    await signIn('ann', 'account');
    await signOut('same');
    expect(await buckets()).toEqual([before, before, before]);
  });

  it('is followed by somebody new on a browser that people share', async () => {
    await signIn('ann', 'account');
    await signOut('new');
    const [server, late, browser] = await buckets();
    expect(new Set([server, late, browser]).size).toBe(1);
    expect([before, 'ann', 'default']).not.toContain(server);
  });
});

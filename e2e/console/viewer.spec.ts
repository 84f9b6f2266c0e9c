import type { Page } from "@playwright/test";
import { callProcedure } from "./call-procedure.ts";
import { expect, test } from "./console-test.ts";

/** What a button begins with when it acts on the work or on the settings; the letter of its key may follow. */
const acting =
  /^(Abort|Add|Cancel|Change|Create|Disable|Discard|Drain|Edit|Force|Ignore|Let the policy|Invite|Make|Move|New|Note|Pause|Promote|Put back|Remove|Reopen|Reprioritise|Reset|Resolve|Resume|Retry|Reveal|Revoke|Roll back|Run|Save|Set|Submit|Take back|Test|Try|Withdraw|Write)(?![a-z]{2})/;
/** These change only what the visitor sees. */
const harmless = /^(Set the |Run look)/;

/** Every act that needs more than a viewer, by the page it is done from. */
const acts: Readonly<Record<string, readonly string[]>> = {
  "/queues/e2e": ["queues.change", "queues.cancelRunning"],
  "/jobs": [
    "jobs.retry",
    "jobs.cancel",
    "bulk.start",
    "explore.saveView",
    "explore.deleteView",
    "explore.pinView",
  ],
  "/jobs/:job": ["jobs.reprioritise", "jobs.move", "jobs.note", "jobs.retryEdited", "jobs.reveal"],
  "/dead-letter": ["jobs.discard", "jobs.restore"],
  "/bulk/:bulk": ["bulk.steer", "bulk.takeBack"],
  "/failures/:group": ["failures.setState"],
  "/rules": ["rules.try", "rules.put"],
  "/policies": ["policies.put"],
  "/policies/default": ["policies.backtest"],
  "/definitions/e2e-echo": ["definitions.put", "definitions.setPaused", "definitions.submit"],
  "/priorities": ["priorities.put"],
  "/dependencies/e2e-service": ["dependencies.force", "dependencies.reset", "dependencies.change"],
  "/automation": ["automation.undo"],
  "/workers/:worker": ["workers.drain"],
  "/settings": ["settings.putGeneral"],
  "/settings/retention": ["settings.putRetention"],
  "/settings/storage": ["settings.putStorageGuards"],
  "/settings/scaling": ["settings.putScaling"],
  "/settings/alerts": ["alerts.putPolicies"],
  "/settings/webhooks": ["webhooks.create", "webhooks.update", "webhooks.remove", "webhooks.test"],
  "/alerts": ["alerts.acknowledge", "alerts.contain", "alerts.silence", "alerts.unsilence"],
  "/settings/redaction": ["redaction.put", "redaction.tryText", "redaction.tryJobs"],
  "/settings/people": [
    "people.invite",
    "people.withdrawInvite",
    "people.resetLink",
    "people.setRole",
    "people.setDisabled",
    "people.signOut",
  ],
  "/settings/tokens": ["tokens.create", "tokens.revoke"],
};
/** Pages on which there is nothing to act on but by going further. */
const readOnly = [
  "/",
  "/queues",
  "/failures",
  "/bulk",
  "/definitions",
  "/dependencies",
  "/workers",
  "/audit",
];

/** Pages of which an admin is shown to have such buttons, so that their absence says something. */
const telling = [
  "/queues/e2e",
  "/jobs/:job",
  "/failures/:group",
  "/definitions/e2e-echo",
  "/policies/default",
  "/dependencies/e2e-service",
];

/** Opens a page; resolves to its heading when it has drawn what it knows. */
async function open(page: Page, path: string): Promise<string> {
  await page.goto(path);
  const main = page.getByRole("main");
  const heading = main.getByRole("heading", { level: 1 });
  await expect(heading).toBeAttached();
  await expect(main.getByRole("status", { name: "Loading" })).toHaveCount(0);
  return (await heading.textContent()) ?? "";
}

/** The names of the buttons in sight that act. */
async function actingButtons(page: Page): Promise<string[]> {
  const names = await page
    .getByRole("main")
    .getByRole("button")
    .evaluateAll((buttons) =>
      buttons
        .filter((button) => !(button as HTMLButtonElement).disabled)
        .map((button) => button.getAttribute("aria-label") ?? button.textContent ?? ""),
    );
  return names.filter((name) => acting.test(name) && !harmless.test(name));
}

test.describe("a viewer", () => {
  test.use({ role: "viewer" });

  test("finds no button on any page that acts, where an admin finds them", async ({
    page,
    browser,
    baseURL,
    resident,
    producer,
    database,
  }) => {
    test.setTimeout(120_000);
    const { id: job } = await producer.enqueue("e2e-fail", { message: "seen by a viewer", text: "v" });
    const first = async (text: string) =>
      (await database.query(text)).rows[0] as Record<string, string> | undefined;
    const found = async (text: string) => {
      await expect.poll(() => first(text), { timeout: 30_000 }).toBeDefined();
      return (await first(text))?.id ?? "";
    };
    const { cookie } = await resident("admin");
    const started = await callProcedure(
      { baseUrl: baseURL ?? "", visitor: { login: "", cookie: (await resident("operator")).cookie } },
      "bulk.start",
      { act: { action: "reprioritise", priority: "low" }, ids: [job], reason: "to look at" },
    );
    const { operationId } = (await started.json()).result.data as { operationId: string };
    const places: Record<string, string> = {
      ":job": job,
      ":bulk": operationId,
      ":group": await found(
        "select fingerprint as id from signalbox.failure_groups where message like 'seen by a viewer%'",
      ),
      ":worker": await found(
        "select id::text from signalbox.workers where ended_at is null and transport = 'postgres' limit 1",
      ),
    };
    await found(`select id::text from signalbox.dead where id = ${job}`);
    const at = (path: string) => path.replace(/:\w+/, (name) => places[name] ?? name);

    const others = await browser.newContext({ baseURL });
    await others.addCookies([{ ...cookie, url: baseURL ?? "" }]);
    const admin = await others.newPage();
    for (const path of [...readOnly, ...Object.keys(acts)]) {
      if (!telling.includes(path)) {
        await open(page, at(path));
      } else {
        const heading = await open(admin, at(path));
        await expect.poll(() => actingButtons(admin), { message: `an admin on ${path}` }).not.toEqual([]);
        await expect.poll(() => open(page, at(path))).toBe(heading);
      }
      expect(await actingButtons(page), `a viewer on ${path}`).toEqual([]);
    }
    await others.close();
  });

  test("is refused by the server whatever they call past the pages, and nothing is done", async ({
    baseURL,
    resident,
    database,
  }) => {
    const entries = async () =>
      (
        await database.query(
          "select count(*)::int as entries from signalbox.audit_entries where object_kind <> 'session'",
        )
      ).rows[0].entries as number;
    const visitor = await resident("viewer");
    const before = await entries();
    for (const name of Object.values(acts).flat()) {
      const answer = await callProcedure({ baseUrl: baseURL ?? "", visitor }, name, {});
      expect([name, answer.status]).toEqual([name, 403]);
      expect(await answer.text()).toMatch(/operator|admin/);
    }
    expect(await entries()).toBe(before);
  });
});

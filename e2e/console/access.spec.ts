import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./console-test.ts";
import { visitorPassword } from "./sign-in-visitor.ts";

test.describe("somebody who is not signed in", () => {
  test.use({ role: null });

  test("is sent to the sign-in, told when the password is wrong, and then to the page asked for", async ({
    page,
    visitor,
  }) => {
    const { login } = await visitor("viewer");
    await page.goto("/jobs?q=state:dead");
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await page.getByLabel("Login name").fill(login);
    await page.getByLabel("Password").fill("not the password");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("main").getByRole("alert")).toContainText(
      "The login name or the password is wrong",
    );
    await page.getByLabel("Password").fill(visitorPassword);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/jobs\?q=state:dead$/);
    await expect(page.getByRole("button", { name: "You: The viewer" })).toBeVisible();
  });

  test("never leaves the console by a link that says where to go on", async ({ page, visitor }) => {
    const { login } = await visitor("viewer");
    await page.goto("/sign-in?next=//evil.example/jobs");
    await page.getByLabel("Login name").fill(login);
    await page.getByLabel("Password").fill(visitorPassword);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "You: The viewer" })).toBeVisible();
    await expect(page).toHaveURL(/:\d+\/$/);
  });

  test("is told that a link does not work, and what to do", async ({ page }) => {
    await page.goto(`/invite/${"A".repeat(43)}`);
    await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
    await expect(page.getByText("Ask an admin for a new one.")).toBeVisible();
  });

  for (const colorScheme of ["dark", "light"] as const) {
    for (const width of [1440, 360]) {
      test(`finds a sign-in that violates no rule of accessibility, ${colorScheme}, ${width} px`, async ({
        page,
      }) => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await page.goto("/sign-in");
        await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id }) => id)).toEqual([]);
      });
    }
  }
});

test("an admin invites somebody, who comes in by the link with the role of the invitation, and is shut out again", async ({
  page,
  browser,
  baseURL,
}) => {
  const login = `ines-${Date.now()}@example.test`;
  await page.goto("/settings/people");
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByLabel("Login name").fill(login);
  await page.getByLabel("Role").selectOption("operator");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByRole("group", { name: "One-time link" }).locator("code").innerText();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("region", { name: "Open invitations" })).toContainText(login);

  const elsewhere = await browser.newContext({ baseURL });
  const guest = await elsewhere.newPage();
  await guest.goto(new URL(link).pathname);
  await guest.getByLabel("Your name").fill("Ines");
  await guest.getByLabel("Password").fill("passwordpassword");
  await guest.getByRole("button", { name: "Make the account" }).click();
  await expect(guest.getByText("among the first that are tried")).toBeVisible();
  await guest.getByLabel("Password").fill(visitorPassword);
  await guest.getByRole("button", { name: "Make the account" }).click();
  await expect(guest.getByRole("button", { name: "You: Ines" })).toBeVisible();

  await page.reload();
  await page.getByRole("button", { name: `Acts on ${login}` }).click();
  await page.getByRole("menuitem", { name: "Shut out" }).click();
  await page.getByRole("button", { name: "Shut out" }).click();
  await expect(guest.getByRole("dialog", { name: "You are signed out" })).toBeVisible({ timeout: 10_000 });
  await elsewhere.close();
});

test.describe("a session that ends while a page is open", () => {
  test.use({ role: null });

  test("tells what was not done, takes the password in place, and the page goes on as it was", async ({
    page,
    context,
    baseURL,
    visitor,
    database,
    producer,
  }) => {
    const operator = await visitor("operator");
    await context.addCookies([{ ...operator.cookie, url: baseURL ?? "" }]);
    const runAt = new Date(Date.now() + 3_600_000);
    const { id } = await producer.enqueue("e2e-echo", { text: "kept" }, { runAt });
    await page.goto(`/jobs/${id}`);
    await expect(page.getByRole("button", { name: "Cancel" })).toBeVisible();
    await database.query(
      "delete from signalbox.sessions s using signalbox.users u where u.id = s.user_id and u.login = $1",
      [operator.login],
    );
    const dialog = page.getByRole("dialog", { name: "You are signed out" });
    await expect(dialog).toBeVisible({ timeout: 10_000 });
    await expect(dialog.getByLabel("Login name")).toHaveValue(operator.login);
    await dialog.getByLabel("Password").fill(visitorPassword);
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(page).toHaveURL(new RegExp(`/jobs/${id}$`));
    await expect(page.getByText(/live/).first()).toBeVisible({ timeout: 10_000 });
  });
});

test.describe("a viewer", () => {
  test.use({ role: "viewer" });

  test("sees neither people nor tokens, and is refused them by the server", async ({ page }) => {
    await page.goto("/settings/people");
    await expect(page.getByText("Only admins see this.")).toBeVisible();
    const status = await page.evaluate(
      async () => (await fetch("/api/trpc/people.list?input=%7B%7D")).status,
    );
    expect(status).toBe(403);
  });
});

test("a token is shown once and refused from the call after its revocation", async ({
  page,
  request,
  baseURL,
}) => {
  const name = `probe ${Date.now()}`;
  await page.goto("/settings/tokens");
  await page.getByRole("button", { name: "Make a token" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Make the token" }).click();
  const token = await page.getByRole("group", { name: "Token" }).locator("code").innerText();
  await page.getByRole("button", { name: "I have it" }).click();
  const ask = async () =>
    (await request.get(`${baseURL}/api/v1/jobs`, { headers: { authorization: `Bearer ${token}` } })).status();
  expect(await ask()).toBe(200);
  await page
    .getByRole("row", { name: new RegExp(name) })
    .getByRole("button", { name: "Revoke" })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText(`${name} is refused from now on`)).toBeVisible();
  expect(await ask()).toBe(401);
  expect(await page.content()).not.toContain(token);
});

test("signing out leads to the sign-in, and going back shows nothing", async ({
  page,
  context,
  baseURL,
  visitor,
}) => {
  const { cookie } = await visitor("viewer");
  await context.clearCookies();
  await context.addCookies([{ ...cookie, url: baseURL ?? "" }]);
  await page.goto("/workers");
  await page.getByRole("button", { name: "You: The viewer" }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/workers");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

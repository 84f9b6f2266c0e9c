import { expect, test } from "./console-test.ts";

const markup = '<img src=x onerror="globalThis.harmed=1"><script>globalThis.harmed=1</script>';
const turned = "invoice\u202Egpj.exe";

test("what jobs carry is text and nothing else, wherever it is shown", async ({ page, producer }) => {
  const { id } = await producer.enqueue(
    "e2e-refuse",
    { text: `${markup} ${turned}`, ...JSON.parse('{"__proto__": {"polluted": true}}') },
    { tags: [markup.slice(0, 40)], correlationId: `"><svg onload=globalThis.harmed=1>` },
  );
  await page.goto(`/jobs/${id}`);
  const attempts = page.getByRole("region", { name: "Attempts" });
  await expect(attempts).toContainText(`no account is named ${markup}`, { timeout: 20_000 });
  await expect(attempts).toContainText("invoice⟨U+202E⟩gpj.exe");
  await expect(page.getByRole("region", { name: "Payload" })).toContainText("onerror=");
  await page.getByRole("region", { name: "Payload" }).getByRole("button", { name: "Text" }).click();

  await page.goto("/jobs?definition=e2e-refuse");
  await expect(page.getByRole("table", { name: "Jobs, newest first" })).toContainText("onerror=");
  await page.goto(`/jobs?tag=${encodeURIComponent(markup)}&q=${encodeURIComponent(markup)}`);
  await expect(page.getByRole("button", { name: /Remove filter/ })).toBeVisible();

  expect(await page.evaluate(() => "harmed" in globalThis || "polluted" in {})).toBe(false);
  await expect(page.locator("img[src=x], svg[onload]")).toHaveCount(0);
});

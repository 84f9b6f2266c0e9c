import { expect, type Page } from "@playwright/test";

/** Cancels jobs as the console does, as whoever is signed in on the page. */
export async function cancelJobs(page: Page, ids: readonly string[]): Promise<void> {
  const answer = await page.request.post("/api/trpc/jobs.cancel", {
    data: { ids, reason: "the test is over" },
    headers: { origin: new URL(page.url()).origin },
  });
  expect(answer.status()).toBe(200);
}

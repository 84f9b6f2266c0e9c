import { request as httpRequest } from "node:http";
import { expect, test } from "./console-test.ts";

test("ten tabs are live at once: they share one stream, so that a browser's six connections are enough", async ({
  context,
}) => {
  const pages = await Promise.all(Array.from({ length: 10 }, () => context.newPage()));
  await Promise.all(pages.map((page) => page.goto("/workers")));
  for (const page of pages) await expect(page.getByText(/as of \d\d:\d\d:\d\d · live/)).toBeVisible();
});

test("a page of another site can neither read nor act, by whatever name it calls this machine", async ({
  baseURL,
}) => {
  const { port } = new URL(baseURL ?? "");
  const ask = (method: string, path: string, headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const request = httpRequest({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      request.on("error", reject).end();
    });
  expect(await ask("GET", "/", { host: "rebound.example" })).toBe(403);
  expect(await ask("POST", "/api/trpc/jobs.cancel", { origin: "https://elsewhere.example" })).toBe(403);
  // Its own visitors are let in as far as the sign-in.
  expect(await ask("GET", "/", {})).toBe(303);
  expect(await ask("GET", "/sign-in", {})).toBe(200);
});

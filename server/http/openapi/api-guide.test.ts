import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errorStatus } from "#core/error.ts";
import { allRoutes, openapiRoute } from "../routes/all-routes.ts";

const guide = readFileSync(new URL("../../../docs/api.md", import.meta.url), "utf8");

test("docs/api.md lists exactly the calls there are", () => {
  const listed = [...guide.matchAll(/^\| `([A-Z]+ \/[^`]*)` \|/gm)].map(([, call]) => call);
  const routes = [...allRoutes, openapiRoute(() => null)].map(({ method, path }) => `${method} ${path}`);
  expect(listed.toSorted()).toEqual(routes.toSorted());
});

test("docs/api.md explains exactly the error codes there are, with their statuses", () => {
  const listed = [...guide.matchAll(/^\| `([a-z_]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(Object.fromEntries(listed)).toEqual(errorStatus);
});

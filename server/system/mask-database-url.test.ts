import { describe, expect, test } from "vitest";
import { maskDatabaseUrl } from "./mask-database-url.ts";

describe("a database address that is shown", () => {
  test.each([
    ["postgres://anna:s3cret@db:5432/jobs", "postgres://anna:***@db:5432/jobs"],
    ["postgres://anna:s3@cr/et@db/jobs", "postgres://anna:***@db/jobs"],
    ["postgres://db/jobs?user=anna&password=s3cret", "postgres://db/jobs?user=anna&password=***"],
    ["mysql://anna:s3cret@db/jobs", "mysql://anna:***@db/jobs"],
  ])("never holds its password", (url, shown) => {
    expect(maskDatabaseUrl(url)).toBe(shown);
    expect(maskDatabaseUrl(url)).not.toContain("s3");
  });

  test("is left alone when it has none", () => {
    expect(maskDatabaseUrl("postgres://anna@db/jobs")).toBe("postgres://anna@db/jobs");
  });
});

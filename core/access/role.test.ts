import { describe, expect, it } from "vitest";
import { roleCovers, roles } from "./role.ts";

describe("roles", () => {
  it("are viewer, operator and admin", () => {
    expect(roles).toEqual(["viewer", "operator", "admin"]);
  });

  it("cover themselves and those below them, and nothing above", () => {
    const covered = roles.map((held) => roles.filter((needed) => roleCovers(held, needed)));
    expect(covered).toEqual([["viewer"], ["viewer", "operator"], ["viewer", "operator", "admin"]]);
  });
});

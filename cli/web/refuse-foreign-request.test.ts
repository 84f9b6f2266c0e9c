import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { isLoopbackHost } from "./is-loopback-host.ts";
import { refuseForeignRequest } from "./refuse-foreign-request.ts";

const request = (method: string, headers: Record<string, string>) =>
  ({ method, headers }) as unknown as IncomingMessage;
const refusal = (method: string, headers: Record<string, string>) =>
  refuseForeignRequest(request(method, headers), "127.0.0.1");

describe("a console on this machine", () => {
  it.each(["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "LOCALHOST"])("answers as %s", (host) => {
    expect(refusal("GET", { host })).toBeNull();
    expect(refusal("POST", { host, origin: `http://${host.toLowerCase()}` })).toBeNull();
  });

  it("refuses a name that was made to point here", () => {
    expect(refusal("GET", { host: "evil.example:3000" })).toContain("evil.example");
  });

  it("refuses what a page of another site sends", () => {
    const host = "localhost:3000";
    expect(refusal("POST", { host, origin: "https://evil.example" })).not.toBeNull();
    expect(refusal("POST", { host, origin: "null" })).not.toBeNull();
    expect(refusal("POST", { host, "sec-fetch-site": "cross-site" })).not.toBeNull();
  });

  it("refuses another port of this machine only when the browser calls it another site", () => {
    expect(refusal("POST", { host: "localhost:3000", "sec-fetch-site": "same-site" })).not.toBeNull();
    expect(refusal("POST", { host: "localhost:3000", "sec-fetch-site": "same-origin" })).toBeNull();
  });

  it("lets a link from elsewhere open a page", () => {
    expect(refusal("GET", { host: "localhost:3000", "sec-fetch-site": "cross-site" })).toBeNull();
  });

  it.each(["", "a b", "evil.example/localhost", "localhost:3000@evil.example"])(
    "refuses the broken host '%s'",
    (host) => {
      expect(refusal("GET", { host })).not.toBeNull();
    },
  );
});

describe("isLoopbackHost", () => {
  it.each(["127.0.0.1", "127.8.9.10", "localhost", "a.localhost", "::1", "[::1]"])("%s is", (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });
  it.each(["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.evil.example", "localhost.evil.example", ""])(
    "%s is not",
    (host) => {
      expect(isLoopbackHost(host)).toBe(false);
    },
  );
});

import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { isLoopbackHost } from "./is-loopback-host.ts";
import { type Reach, refuseForeignRequest } from "./refuse-foreign-request.ts";

const local: Reach = { boundHost: "127.0.0.1", publicUrl: null };
const behindProxy: Reach = { boundHost: "0.0.0.0", publicUrl: new URL("https://jobs.example.org") };
const open: Reach = { boundHost: "0.0.0.0", publicUrl: null };
const refusal = (
  method: string,
  headers: Record<string, string>,
  reach = local,
  url = "/api/trpc/jobs.retry",
) => refuseForeignRequest({ method, headers, url } as unknown as IncomingMessage, reach);

describe("a console on this machine", () => {
  it.each(["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "LOCALHOST:3000"])("answers as %s", (host) => {
    expect(refusal("GET", { host })).toBeNull();
    expect(refusal("POST", { host, origin: `http://${host.toLowerCase()}` })).toBeNull();
  });

  it("refuses a name that was made to point here", () => {
    expect(refusal("GET", { host: "evil.example:3000" })).toContain("evil.example");
  });

  it.each(["", "a b", "evil.example/localhost", "localhost:3000@evil.example"])(
    "refuses the broken host '%s'",
    (host) => {
      expect(refusal("GET", { host })).not.toBeNull();
    },
  );

  it.each(["http://localhost:3000/api/trpc/x", "//localhost/api", "*"])("refuses the address '%s'", (url) => {
    expect(refusal("GET", { host: "localhost:3000" }, local, url)).not.toBeNull();
  });
});

describe("what changes something", () => {
  const host = "localhost:3000";

  it("is taken from our own pages", () => {
    expect(refusal("POST", { host, "sec-fetch-site": "same-origin" })).toBeNull();
    expect(
      refusal("POST", { host, origin: "http://localhost:3000", "sec-fetch-site": "same-origin" }),
    ).toBeNull();
    expect(refusal("POST", { host, origin: "http://localhost:3000" })).toBeNull();
  });

  it.each<Record<string, string>>([
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:3001" },
    { origin: "http://localhost" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { origin: "http://localhost:3000", "sec-fetch-site": "cross-site" },
    { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
    {},
  ])("is refused with %j", (headers) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      expect(refusal(method, { host, ...headers })).not.toBeNull();
  });
});

describe("reading", () => {
  const host = "localhost:3000";

  it("of a page may follow a link from elsewhere", () => {
    expect(refusal("GET", { host, "sec-fetch-site": "cross-site" }, local, "/jobs")).toBeNull();
  });

  it("of data may not come from elsewhere", () => {
    expect(refusal("GET", { host, "sec-fetch-site": "cross-site" })).not.toBeNull();
    expect(refusal("GET", { host, "sec-fetch-site": "same-site" })).not.toBeNull();
    expect(refusal("GET", { host, origin: "https://evil.example" })).not.toBeNull();
  });
});

describe("a console behind a proxy", () => {
  it("answers as PUBLIC_URL, and as loopback for whoever is on the machine", () => {
    expect(refusal("GET", { host: "jobs.example.org" }, behindProxy)).toBeNull();
    expect(refusal("GET", { host: "jobs.example.org:443" }, behindProxy)).toBeNull();
    expect(refusal("GET", { host: "127.0.0.1:3000" }, behindProxy)).toBeNull();
    expect(refusal("GET", { host: "evil.example" }, behindProxy)).toContain("PUBLIC_URL");
  });

  it("takes acts from the pages of PUBLIC_URL alone", () => {
    const host = "jobs.example.org";
    expect(refusal("POST", { host, origin: "https://jobs.example.org" }, behindProxy)).toBeNull();
    for (const origin of [
      "http://jobs.example.org",
      "https://jobs.example.org:8443",
      "https://jobs.example.org.evil.example",
    ])
      expect(refusal("POST", { host, origin }, behindProxy)).not.toBeNull();
  });
});

describe("a console on every address without PUBLIC_URL", () => {
  it("takes the Host as its name and holds the Origin to it", () => {
    expect(refusal("POST", { host: "10.0.0.5:3000", origin: "http://10.0.0.5:3000" }, open)).toBeNull();
    expect(refusal("POST", { host: "10.0.0.5:3000", origin: "http://10.0.0.6:3000" }, open)).not.toBeNull();
  });
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

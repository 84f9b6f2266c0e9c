import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { clientAddress } from "./client-address.ts";

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;

describe("the address sign-ins are counted for", () => {
  it("is the peer's, whatever the caller says of itself", () => {
    expect(clientAddress(from("203.0.113.9", "198.51.100.1"), false)).toBe("203.0.113.9");
    expect(clientAddress(from("::ffff:203.0.113.9"), false)).toBe("203.0.113.9");
  });

  it("behind a trusted proxy is the one that the proxy added", () => {
    expect(clientAddress(from("10.0.0.2", "1.2.3.4, 198.51.100.1"), true)).toBe("198.51.100.1");
    expect(clientAddress(from("10.0.0.2", "1.2.3.4, nonsense"), true)).toBe("10.0.0.2");
    expect(clientAddress(from("10.0.0.2"), true)).toBe("10.0.0.2");
  });

  it("is the network of an IPv6 address, so that its many addresses count as one", () => {
    expect(clientAddress(from("2001:db8:1:2:3:4:5:6"), false)).toBe("2001:db8:1:2::/64");
    expect(clientAddress(from("2001:db8:1:2::9"), false)).toBe("2001:db8:1:2::/64");
    expect(clientAddress(from("::1"), false)).toBe("0:0:0:0::/64");
    expect(clientAddress(from("fe80::1%eth0"), false)).toBe("fe80:0:0:0::/64");
  });
});

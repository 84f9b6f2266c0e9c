import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPrivateAddress, PrivateAddressError, publicLookup } from "./private-address.ts";

const ipv4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
const dotted = (parts: number[]) => parts.join(".");
/** The same address in the two ways IPv6 can carry it. */
const mapped = ([a, b, c, d]: number[]) => [
  `::ffff:${dotted([a, b, c, d] as number[])}`,
  `::ffff:${(((a as number) << 8) | (b as number)).toString(16)}:${(((c as number) << 8) | (d as number)).toString(16)}`,
];

describe("a private address", () => {
  it("is any of loopback, private, shared, link-local, metadata, documentation, multicast or reserved", () => {
    const all = [
      "127.0.0.1",
      "127.255.255.254",
      "0.0.0.0",
      "10.1.2.3",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "192.0.2.1",
      "198.18.0.1",
      "224.0.0.1",
      "255.255.255.255",
      "::",
      "::1",
      "fe80::1",
      "fec0::1",
      "fd00::1",
      "fc00::1",
      "ff02::1",
      "64:ff9b::7f00:1",
      "2001:db8::1",
      "2002:7f00:1::",
      "::127.0.0.1",
      "3fff::1",
    ];
    expect(all.filter((address) => !isPrivateAddress(address))).toEqual([]);
  });

  it("is no address of the public internet", () => {
    const all = [
      "1.1.1.1",
      "8.8.8.8",
      "172.15.0.1",
      "172.32.0.1",
      "192.169.0.1",
      "100.128.0.1",
      "2606:4700::1111",
      "2a00:1450::1",
    ];
    expect(all.filter(isPrivateAddress)).toEqual([]);
  });

  it("is what is no address at all", () => {
    for (const text of ["localhost", "", "127.1", "0x7f000001", "2130706433", "1.2.3", "::g"])
      expect(isPrivateAddress(text)).toBe(true);
  });

  it("stays one when it is written as IPv6, and so does a public one", () => {
    fc.assert(
      fc.property(ipv4, (parts) => {
        const plain = isPrivateAddress(dotted(parts));
        expect(mapped(parts).map(isPrivateAddress)).toEqual([plain, plain]);
      }),
    );
  });
});

describe("the lookup of a target", () => {
  const look = (host: string, options: object) =>
    new Promise<unknown>((resolve) =>
      publicLookup(host, options, (error, address) => resolve(error ?? address)),
    );

  it("refuses a name that resolves to a private address", async () => {
    for (const options of [{}, { all: true }, { family: 4 }])
      expect(await look("localhost", options)).toBeInstanceOf(PrivateAddressError);
  });

  it("gives a public address as it was asked for: one, or all", async () => {
    expect(await look("1.1.1.1", {})).toBe("1.1.1.1");
    expect(await look("1.1.1.1", { all: true })).toEqual([{ address: "1.1.1.1", family: 4 }]);
  });

  it("passes on that a name does not resolve", async () => {
    expect(await look("no.such.host.invalid", {})).toMatchObject({ syscall: "getaddrinfo" });
  });
});

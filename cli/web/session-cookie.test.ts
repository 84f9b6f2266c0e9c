import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { SessionCookie } from "./session-cookie.ts";

const maxMs = 604_800_000;
const plain = new SessionCookie({ publicUrl: null, maxMs });
const secure = new SessionCookie({ publicUrl: new URL("https://jobs.example.org"), maxMs });

function written(cookie: SessionCookie, secret: string | null): string {
  let value = "";
  cookie.write(
    { setHeader: (_name: string, text: string) => (value = text) } as unknown as ServerResponse,
    secret,
  );
  return value;
}
const read = (cookie: SessionCookie, header?: string) =>
  cookie.read({ headers: { cookie: header } } as unknown as IncomingMessage);

describe("the session's cookie", () => {
  it("behind TLS is bound to the host and to TLS", () => {
    expect(written(secure, "abc")).toBe(
      "__Host-signalbox_session=abc; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax; Secure",
    );
  });

  it("without TLS has a plain name, and still no script sees it", () => {
    expect(written(plain, "abc")).toBe(
      "signalbox_session=abc; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax",
    );
    expect(written(plain, null)).toContain("signalbox_session=; Max-Age=0;");
  });

  it("is found among others, and never under another name", () => {
    expect(read(plain, "a=1; signalbox_session=abc; b=2")).toBe("abc");
    expect(read(plain, "xsignalbox_session=abc")).toBeNull();
    expect(read(secure, "signalbox_session=abc")).toBeNull();
    expect(read(plain, undefined)).toBeNull();
  });

  it("is not believed when there are two", () => {
    expect(read(plain, "signalbox_session=abc; signalbox_session=def")).toBeNull();
  });
});

import type { IncomingMessage } from "node:http";
import { isLoopbackHost } from "./is-loopback-host.ts";

/**
 * Why a request to the console is refused, or null. Without sign-in whoever can send a request may act, so a page of
 * another site must not: its requests carry a foreign Origin or Sec-Fetch-Site, or, after DNS rebinding, a foreign Host.
 */
export function refuseForeignRequest(req: IncomingMessage, boundHost: string): string | null {
  const host = hostName(req.headers.host ?? "");
  if (host === null) return "The Host header is missing or broken.";
  if (isLoopbackHost(boundHost) && !isLoopbackHost(host)) {
    return `This console answers on this machine only (localhost, 127.0.0.1), not as ${host}.`;
  }
  const { origin } = req.headers;
  if (origin !== undefined && hostName(origin.replace(/^https?:\/\//, "")) !== host) {
    return "Requests from other sites are refused.";
  }
  const site = req.headers["sec-fetch-site"];
  if (req.method !== "GET" && req.method !== "HEAD" && (site === "cross-site" || site === "same-site")) {
    return "Requests from other sites are refused.";
  }
  return null;
}

/** The name in `name:port`, `[::1]:port` or a bare name, in lower case; null when it is none. */
function hostName(authority: string): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(authority);
  return match?.[1]?.toLowerCase() ?? null;
}

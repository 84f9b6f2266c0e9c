import type { IncomingMessage } from "node:http";
import { isLoopbackHost } from "./is-loopback-host.ts";

/** Where the console is reached. */
export interface Reach {
  boundHost: string;
  /** Null: wherever it listens. */
  publicUrl: URL | null;
}

/**
 * Why a request to the console is refused, or null. A page of another site must not act with the session that the
 * browser sends along: its requests carry a foreign Origin or Sec-Fetch-Site, or, after DNS rebinding, a foreign Host.
 * What changes something must show that it comes from here: `Sec-Fetch-Site: same-origin`, or where the browser does
 * not send that (without TLS) an Origin that is ours; with neither it is refused.
 */
export function refuseForeignRequest(req: IncomingMessage, { boundHost, publicUrl }: Reach): string | null {
  if (!req.url?.startsWith("/") || req.url.startsWith("//"))
    return "The address is not one of the console's.";
  const host = readHost(req.headers.host ?? "");
  if (host === null) return "The Host header is missing or broken.";
  if (publicUrl === null && isLoopbackHost(boundHost) && !isLoopbackHost(host.name))
    return `This console answers on this machine only (localhost, 127.0.0.1), not as ${host.name}.`;
  if (publicUrl !== null && !isAt(host, publicUrl) && !isLoopbackHost(host.name))
    return `This console answers as ${publicUrl.host} (PUBLIC_URL), not as ${host.name}.`;
  const isRead = req.method === "GET" || req.method === "HEAD";
  const { origin } = req.headers;
  const site = req.headers["sec-fetch-site"];
  if (origin !== undefined && !isOurs(origin, host, publicUrl)) return foreign;
  if (site === "same-origin") return null;
  if (isRead)
    return site === "cross-site" || site === "same-site" ? (isNavigation(req) ? null : foreign) : null;
  return site === undefined && origin !== undefined ? null : foreign;
}

const foreign = "Requests from other sites are refused. Nothing was done.";

interface Host {
  name: string;
  /** Empty for the port of the scheme. */
  port: string;
}

/** Of `name:port`, `[::1]:port` or a bare name, in lower case; null when it is none. */
function readHost(authority: string): Host | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(authority);
  return match?.[1] ? { name: match[1].toLowerCase(), port: match[2] ?? "" } : null;
}

function isAt({ name, port }: Host, url: URL): boolean {
  const standard = url.protocol === "https:" ? "443" : "80";
  return name === url.hostname && (port || standard) === (url.port || standard);
}

function isOurs(origin: string, host: Host, publicUrl: URL | null): boolean {
  if (publicUrl !== null && origin === publicUrl.origin) return true;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (publicUrl !== null && !isLoopbackHost(host.name)) return false;
  return (url.protocol === "http:" || url.protocol === "https:") && isAt(host, url);
}

/** A link from elsewhere may open a page; it may not read data. */
function isNavigation(req: IncomingMessage): boolean {
  return !req.url?.startsWith("/api/");
}

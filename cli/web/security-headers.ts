import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Sets what a browser may do with an answer: scripts only from here and only those that carry this answer's nonce, no
 * frames, no plugins, nothing kept by a cache unless it is a file of the build. Next.js takes the nonce from the policy
 * on the request, our layout from `x-nonce`; both are overwritten, whatever came in. While the console is worked on
 * (`dev`) React needs eval to rebuild call stacks. Behind TLS (`secure`) browsers are told to keep to it.
 */
export function securityHeaders(
  req: IncomingMessage,
  res: ServerResponse,
  { dev = false, secure = false }: { dev?: boolean; secure?: boolean } = {},
): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  req.headers["content-security-policy"] = policy;
  req.headers["x-nonce"] = nonce;
  res.setHeader("content-security-policy", policy);
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("x-frame-options", "DENY");
  res.setHeader("referrer-policy", "no-referrer");
  res.setHeader("cross-origin-opener-policy", "same-origin");
  res.setHeader("cross-origin-resource-policy", "same-origin");
  res.setHeader("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  if (secure) res.setHeader("strict-transport-security", "max-age=31536000; includeSubDomains");
  if (req.url?.startsWith("/_next/static/")) return;
  res.setHeader("cache-control", "no-store");
  keepVaryingByCookie(res);
}

/** Next.js sets its own Vary in the place of what was there: whatever it says, the answer varies by the cookie too. */
function keepVaryingByCookie(res: ServerResponse): void {
  const set = res.setHeader.bind(res);
  res.setHeader = (name, value) =>
    set(name, name.toLowerCase() === "vary" ? ["Cookie", ...[value].flat().map(String)].join(", ") : value);
  set("vary", "Cookie");
}

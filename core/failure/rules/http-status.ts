import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const http = ruleFamily(
  "http",
  "RFC 9110 section 15; gaxios src/retry.ts; octokit plugin-retry doNotRetry; Azure core exponentialRetryStrategy",
);

/** HTTP statuses, and what may be said beside them that is more specific. */
export const httpStatusRules: BuiltInRule[] = [
  http(
    "conflict-lock",
    "Locked or changed by another",
    {
      httpStatus: [409, 423, 400],
      messagePattern: [
        "lock",
        "locked",
        "concurrent",
        "concurrently",
        "another (request|operation|process|update)",
        "in progress",
        "already (running|being|processing)",
        "modified by",
      ],
    },
    "transient",
    "third-party",
    { byPeer: true },
  ),
  http(
    "conflict-exists",
    "Exists already",
    {
      httpStatus: [409, 400, 422],
      messagePattern: ["already", "duplicate"],
    },
    "permanent",
    "data",
    {
      source: "docs/words.md: already exists is permanent",
    },
  ),
  http(
    "conflict-again",
    "Conflict that clears up",
    { httpStatus: [409, 423], messagePattern: ["try again", "retry"] },
    "transient",
    "third-party",
    { byPeer: true },
  ),
  http(
    "gateway-timeout",
    "Gateway or request timeout",
    { httpStatus: [408, 504, 522, 524, 598, 599, 460] },
    "timeout",
    "third-party",
    { byPeer: true },
  ),
  http("too-many-requests", "Too many requests", { httpStatus: [429, 420] }, "rate-limited", "third-party", {
    byPeer: false,
    remediation: "The other side asks to slow down; lower the rate limit of this dependency when it goes on.",
  }),
  http(
    "unavailable",
    "Service unavailable",
    { httpStatus: [502, 503, 529, 520, 521, 523, 530, 525, 527] },
    "dependency-down",
    "third-party",
    { byPeer: true, source: "RFC 9110 15.6.3 and 15.6.4; Cloudflare 5xx error pages" },
  ),
  http("server-error", "Internal server error", { httpStatus: [500] }, "transient", "third-party", {
    byPeer: true,
  }),
  http("other-server-error", "Server error", { httpStatus: [509, 561] }, "transient", "third-party", {
    byPeer: true,
  }),
  http(
    "not-implemented",
    "Not implemented",
    { httpStatus: [501, 505, 506, 510] },
    "permanent",
    "third-party",
  ),
  http("storage-full", "Their storage is full", { httpStatus: [507] }, "permanent", "third-party"),
  http("loop", "Loop detected", { httpStatus: [508] }, "permanent", "third-party"),
  http("network-login", "Network wants a login", { httpStatus: [511] }, "permanent", "environment"),
  http(
    "their-certificate",
    "Certificate of the origin refused",
    { httpStatus: [526, 495, 496] },
    "permanent",
    "third-party",
  ),
  http("conflict", "Conflict", { httpStatus: [409, 423] }, "transient", "third-party", {
    byPeer: true,
    source: "Stripe RequestSender _shouldRetry: 409; docs/words.md: a bare 409 is transient",
  }),
  http("too-early", "Too early", { httpStatus: [425] }, "transient", "third-party"),
  http("misdirected", "Misdirected request", { httpStatus: [421, 499, 444] }, "transient", "third-party", {
    byPeer: true,
  }),
  http(
    "failed-dependency",
    "A call this one rested on failed",
    { httpStatus: [424] },
    "transient",
    "third-party",
  ),
  http("invalid", "Request refused as invalid", { httpStatus: [400, 422] }, "invalid-input", "data", {
    remediation: "Correct the payload, then retry.",
  }),
  http("too-large", "Body or address too long", { httpStatus: [413, 414, 431] }, "invalid-input", "data", {
    remediation: "Send less at once.",
  }),
  http("range", "Range not satisfiable", { httpStatus: [416] }, "invalid-input", "data"),
  http("unauthorized", "Credentials refused", { httpStatus: [401, 407] }, "permanent", "environment", {
    remediation: "Renew the credentials of this dependency, then retry.",
  }),
  http("payment", "Payment required", { httpStatus: [402] }, "permanent", "environment", {
    remediation: "Settle the account or raise the plan, then retry.",
  }),
  http("forbidden", "Forbidden", { httpStatus: [403] }, "permanent", "environment", {
    remediation: "Give these credentials the right they lack, then retry.",
  }),
  http("not-found", "Not found", { httpStatus: [404, 410] }, "permanent", "data", {
    remediation: "What the job names is not there: restore it, or discard the job.",
  }),
  http("precondition", "Precondition failed", { httpStatus: [412, 428, 417] }, "permanent", "data"),
  http("legal", "Unavailable for legal reasons", { httpStatus: [451] }, "permanent", "third-party"),
  http(
    "wrong-request",
    "Request of the wrong kind",
    { httpStatus: [405, 406, 411, 415, 426] },
    "permanent",
    "code",
    { remediation: "The handler calls this service in a way it does not take: change the handler." },
  ),
  http(
    "redirected",
    "Redirect not followed",
    { httpStatus: [300, 301, 302, 303, 304, 305, 307, 308] },
    "permanent",
    "environment",
    { remediation: "The address moved: set the new one." },
  ),
  http(
    "other-client-error",
    "Request refused",
    { httpStatus: [418, 419, 430, 432, 433, 434, 435, 440, 449, 450, 494, 497, 498] },
    "permanent",
    "third-party",
  ),
];

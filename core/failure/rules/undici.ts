import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const undici = ruleFamily(
  "undici",
  "undici lib/core/errors.js; lib/handler/retry-handler.js (default errorCodes)",
  { byPeer: true },
);

/** undici and fetch. */
export const undiciRules: BuiltInRule[] = [
  undici(
    "connect-timeout",
    "Connect timeout",
    { code: ["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"] },
    "timeout",
    "environment",
  ),
  undici(
    "timeout-name",
    "Connect, headers or body timeout",
    { messagePattern: ["connect timeout error", "headers timeout error", "body timeout error"] },
    "timeout",
    "environment",
  ),
  undici(
    "socket",
    "Socket broke",
    {
      code: `UND_ERR_SOCKET UND_ERR_CLOSED UND_ERR_DESTROYED UND_ERR_INFO
        UND_ERR_RES_CONTENT_LENGTH_MISMATCH UND_ERR_HTTP_PARSER UND_ERR_REQ_RETRY`,
    },
    "transient",
    "environment",
  ),
  undici(
    "other-side-closed",
    "Other side closed",
    { messagePattern: ["other side closed", "body was truncated", "response content-length mismatch"] },
    "transient",
    "environment",
  ),
  undici(
    "terminated",
    "Answer broke off",
    { errorName: ["TypeError"], messagePattern: ["^terminated$"] },
    "transient",
    "environment",
    {
      source: "undici lib/web/fetch/index.js: a body that ends early rejects with TypeError terminated",
    },
  ),
  undici(
    "wrong-use",
    "Wrong use of the client",
    {
      code: `UND_ERR_INVALID_ARG UND_ERR_INVALID_RETURN_VALUE UND_ERR_NOT_SUPPORTED
        UND_ERR_REQ_CONTENT_LENGTH_MISMATCH UND_ERR_BPL_MISSING_UPSTREAM`,
    },
    "bug",
    "code",
    { byPeer: false },
  ),
  undici(
    "too-large",
    "Answer too large",
    { code: ["UND_ERR_RES_EXCEEDED_MAX_SIZE", "UND_ERR_HEADERS_OVERFLOW", "HPE_HEADER_OVERFLOW"] },
    "permanent",
    "third-party",
    { byPeer: false },
  ),
  undici(
    "aborted",
    "Request aborted",
    { code: ["UND_ERR_ABORTED", "UND_ERR_ABORT", "ABORT_ERR"] },
    "timeout",
    "environment",
    {
      source: "docs/words.md: an abort by our own timer is a timeout",
    },
  ),
  undici(
    "aborted-words",
    "Aborted by a timer of ours",
    {
      messagePattern: [
        "user aborted a request",
        "operation was aborted",
        "request was aborted",
        "signal is aborted without reason",
        "this operation was aborted",
      ],
    },
    "timeout",
    "environment",
    { source: "docs/words.md: an abort by our own timer is a timeout" },
  ),
];

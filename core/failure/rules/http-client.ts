import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const client = ruleFamily(
  "http-client",
  "axios AxiosError.js; got source/core/errors.ts; node-fetch errors.md",
  { byPeer: true },
);

/** axios, got, node-fetch, ky, superagent and the HTTP modules of Node.js. */
export const httpClientRules: BuiltInRule[] = [
  client(
    "own-timeout",
    "Timeout of the client",
    {
      code: ["ECONNABORTED"],
      messagePattern: ["timeout of \\d+ ?ms exceeded", "timeout exceeded", "timed out", "timeout"],
    },
    "timeout",
    "environment",
    {
      source: "axios lib/adapters/http.js: a timeout is ECONNABORTED unless transitional.clarifyTimeoutError",
    },
  ),
  client(
    "timeout-words",
    "Timeout of the client",
    {
      messagePattern: [
        "timeout of \\d+ ?ms exceeded",
        "network timeout at",
        "timeout awaiting",
        "timeout exceeded while",
      ],
    },
    "timeout",
    "environment",
  ),
  client(
    "hang-up",
    "Peer hung up",
    {
      messagePattern: [
        "socket hang up",
        "connection reset by peer",
        "connection was closed unexpectedly",
        "client network socket disconnected before secure tls connection was established",
        "econnreset",
      ],
    },
    "transient",
    "environment",
  ),
  client(
    "network",
    "Network error",
    {
      code: `ERR_NETWORK auth/network-request-failed ERR_INTERNET_DISCONNECTED ERR_CONNECTION_RESET ERR_NETWORK_CHANGED
        ERR_HTTP2_STREAM_ERROR ERR_HTTP2_SESSION_ERROR ERR_HTTP2_GOAWAY_SESSION
        ERR_HTTP2_INVALID_SESSION ERR_HTTP2_STREAM_CANCEL ERR_HTTP2_ERROR ERR_SOCKET_CLOSED
        ERR_SOCKET_CONNECTION_TIMEOUT ERR_STREAM_DESTROYED ERR_CONNECTION_CLOSED`,
    },
    "transient",
    "environment",
  ),
  client(
    "refused",
    "Connection refused by name",
    { code: ["ERR_CONNECTION_REFUSED", "ERR_ADDRESS_UNREACHABLE"] },
    "dependency-down",
    "environment",
  ),
  client(
    "browser-timeout",
    "Connection timed out",
    { code: ["ERR_CONNECTION_TIMED_OUT", "ERR_TIMED_OUT", "ERR_HTTP_REQUEST_TIMEOUT"] },
    "timeout",
    "environment",
  ),
  client(
    "http2-refused",
    "Stream refused",
    {
      messagePattern: [
        "nghttp2_refused_stream",
        "nghttp2_enhance_your_calm",
        "nghttp2_internal_error",
        "nghttp2_cancel",
        "goaway",
      ],
    },
    "transient",
    "environment",
  ),
  client(
    "cancelled",
    "Request cancelled on our side",
    { code: ["ERR_CANCELED"], errorName: ["CanceledError", "AxiosError"] },
    "timeout",
    "environment",
    {
      source: "axios lib/cancel/CanceledError.js; docs/words.md: an abort by our own timer",
    },
  ),
  client(
    "fetch-failed",
    "Fetch failed",
    {
      messagePattern: [
        "fetch failed",
        "failed to fetch",
        "networkerror when attempting to fetch resource",
        "network error",
        "network request failed",
        "load failed",
      ],
    },
    "transient",
    "environment",
    {
      source: "undici lib/web/fetch/index.js: TypeError fetch failed wraps the network error",
    },
  ),
  client(
    "redirects",
    "Too many redirects",
    { code: ["ERR_FR_TOO_MANY_REDIRECTS", "ERR_TOO_MANY_REDIRECTS"] },
    "permanent",
    "third-party",
    { byPeer: false },
  ),
  client(
    "redirect-words",
    "Too many redirects",
    {
      messagePattern: [
        "redirect count exceeded",
        "maximum number of redirects exceeded",
        "maximum redirect reached",
        "redirected \\d+ times",
        "too many redirects",
      ],
    },
    "permanent",
    "third-party",
    { byPeer: false },
  ),
  client(
    "bad-url",
    "Malformed address",
    {
      code: "ERR_INVALID_URL ERR_INVALID_PROTOCOL ERR_UNSUPPORTED_PROTOCOL ERR_UNESCAPED_CHARACTERS",
    },
    "invalid-input",
    "data",
    { byPeer: false },
  ),
  client(
    "bad-url-words",
    "Malformed address",
    {
      messagePattern: [
        "invalid url",
        "failed to parse url",
        "only absolute urls are supported",
        "unsupported protocol",
        "only http\\(s\\) protocols are supported",
      ],
    },
    "invalid-input",
    "data",
    { byPeer: false },
  ),
  client(
    "body-limit",
    "Body over the client's limit",
    { code: ["ERR_FR_MAX_BODY_LENGTH_EXCEEDED"] },
    "invalid-input",
    "data",
    { byPeer: false },
  ),
  client(
    "content-limit",
    "Answer over the client's limit",
    { messagePattern: ["maxcontentlength size of \\d+ exceeded", "content size at .{1,200} over limit"] },
    "permanent",
    "third-party",
    { byPeer: false },
  ),
  client(
    "bad-option",
    "Wrong use of the client",
    {
      code: `ERR_BAD_OPTION ERR_BAD_OPTION_VALUE ERR_HTTP_HEADERS_SENT ERR_HTTP_INVALID_HEADER_VALUE
        ERR_INVALID_CHAR ERR_INVALID_HTTP_TOKEN`,
    },
    "bug",
    "code",
    { byPeer: false },
  ),
  client(
    "proxy",
    "Proxy did not connect",
    {
      messagePattern: [
        "tunneling socket could not be established",
        "proxy connection failed",
        "proxy connection timed out",
        "secure proxy connection failed",
      ],
    },
    "dependency-down",
    "environment",
    { byPeer: false },
  ),
  client(
    "answer-parse",
    "Answer cut off",
    {
      code: `HPE_INVALID_CONSTANT HPE_INVALID_EOF_STATE HPE_CLOSED_CONNECTION HPE_INVALID_CHUNK_SIZE
        HPE_INVALID_HEADER_TOKEN HPE_INVALID_CONTENT_LENGTH Z_BUF_ERROR ERR_CONTENT_DECODING_FAILED`,
    },
    "transient",
    "third-party",
  ),
  client(
    "premature",
    "Answer ended early",
    {
      messagePattern: [
        "premature close",
        "unexpected end of file",
        "aborted before the response completed",
        "response ended prematurely",
        "incomplete chunked read",
        "stream has been aborted",
      ],
    },
    "transient",
    "environment",
  ),
];

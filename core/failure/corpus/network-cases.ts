import { failureCase as c, type FailureCase } from "./failure-case.ts";

/** Sockets, names, fetch, HTTP clients, TLS. */
export const networkCases: FailureCase[] = [
  c("transient environment", "Error", "ECONNRESET", "read ECONNRESET"),
  c("transient third-party", "Error", "ECONNRESET", "read ECONNRESET", { on: "stripe" }),
  c("transient environment", "Error", "ECONNRESET", "read ECONNRESET", { on: "orders-db" }),
  c("transient environment", "Error", "ECONNRESET", "socket hang up"),
  c("transient environment", "Error", "EPIPE", "write EPIPE"),
  c("dependency-down environment", "Error", "ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:5432"),
  c("dependency-down environment", "Error", "ECONNREFUSED", "connect ECONNREFUSED ::1:6379"),
  c("dependency-down third-party", "Error", "ECONNREFUSED", "connect ECONNREFUSED 54.187.216.72:443", {
    on: "stripe",
  }),
  c("dependency-down environment", "AggregateError", "ECONNREFUSED", "", {
    causes: [
      { name: "Error", code: "ECONNREFUSED", message: "connect ECONNREFUSED ::1:3000" },
      { name: "Error", code: "ECONNREFUSED", message: "connect ECONNREFUSED 127.0.0.1:3000" },
    ],
  }),
  c("timeout third-party", "Error", "ETIMEDOUT", "connect ETIMEDOUT 104.18.7.46:443"),
  c("timeout environment", "Error", "ETIMEDOUT", "connect ETIMEDOUT 10.2.3.4:8080"),
  c("timeout environment", "RequestError", "ESOCKETTIMEDOUT", "ESOCKETTIMEDOUT"),
  c("dependency-down environment", "Error", "EHOSTUNREACH", "connect EHOSTUNREACH 10.0.0.9:8443"),
  c(
    "dependency-down environment",
    "Error",
    "ENETUNREACH",
    "connect ENETUNREACH 2a00:1450:4001::200e:443 - Local (:::0)",
  ),
  c("transient environment", "Error", "EAI_AGAIN", "getaddrinfo EAI_AGAIN api.github.com"),
  c("transient environment", "Error", "EAI_AGAIN", "getaddrinfo EAI_AGAIN postgres", { on: "postgres" }),
  c("dependency-down third-party", "Error", "ENOTFOUND", "getaddrinfo ENOTFOUND api.mailer.example", {
    on: "mailer",
  }),
  c("dependency-down third-party", "Error", "ENOTFOUND", "getaddrinfo ENOTFOUND api.acme.example", {
    known: ["api.acme.example"],
  }),
  c("dependency-down environment", "Error", "ENOTFOUND", "getaddrinfo ENOTFOUND redis"),
  c("permanent environment", "Error", "ENOTFOUND", "getaddrinfo ENOTFOUND hooks.custmer-site.example"),
  c("permanent environment", "Error", "ENOTFOUND", "getaddrinfo ENOTFOUND undefined"),
  c("transient environment", "Error", "ESERVFAIL", "queryA ESERVFAIL example.com"),
  c("timeout environment", "Error", "ETIMEOUT", "queryTxt ETIMEOUT example.com"),
  c("transient environment", "Error", "EMFILE", "EMFILE: too many open files, open '/data/in/8837.csv'"),
  c(
    "transient environment",
    "Error",
    "EADDRNOTAVAIL",
    "connect EADDRNOTAVAIL 10.0.0.4:443 - Local (0.0.0.0:0)",
  ),
  c("transient environment", "TypeError", null, "fetch failed", {
    causes: [{ name: "Error", code: "ECONNRESET", message: "read ECONNRESET" }],
  }),
  c("dependency-down third-party", "TypeError", null, "fetch failed", {
    on: "crm",
    causes: [{ name: "Error", code: "ECONNREFUSED", message: "connect ECONNREFUSED 93.184.216.34:443" }],
  }),
  c("timeout environment", "TypeError", null, "fetch failed", {
    causes: [
      {
        name: "ConnectTimeoutError",
        code: "UND_ERR_CONNECT_TIMEOUT",
        message: "Connect Timeout Error (attempted address: 10.1.1.1:443, timeout: 10000ms)",
      },
    ],
  }),
  c("timeout third-party", "TypeError", null, "fetch failed", {
    on: "openai",
    causes: [
      { name: "HeadersTimeoutError", code: "UND_ERR_HEADERS_TIMEOUT", message: "Headers Timeout Error" },
    ],
  }),
  c("transient environment", "TypeError", null, "fetch failed", {
    causes: [{ name: "SocketError", code: "UND_ERR_SOCKET", message: "other side closed" }],
  }),
  c("transient environment", "TypeError", null, "fetch failed"),
  c("transient environment", "TypeError", null, "terminated", {
    causes: [{ name: "SocketError", code: "UND_ERR_SOCKET", message: "other side closed" }],
  }),
  c("transient environment", "TypeError", null, "terminated"),
  c("permanent third-party", "TypeError", null, "fetch failed", {
    causes: [{ name: "Error", code: "CERT_HAS_EXPIRED", message: "certificate has expired" }],
  }),
  c("bug code", "TypeError", null, "Body is unusable: Body has already been read"),
  c("invalid-input data", "TypeError", "ERR_INVALID_URL", "Invalid URL"),
  c("invalid-input data", "TypeError", null, "Failed to parse URL from customer-site"),
  c("timeout environment", "TimeoutError", "23", "The operation was aborted due to timeout"),
  c("timeout environment", "AbortError", "20", "This operation was aborted"),
  c("timeout environment", "AbortError", "ABORT_ERR", "The operation was aborted"),
  c("timeout environment", "AxiosError", "ECONNABORTED", "timeout of 10000ms exceeded"),
  c("transient environment", "AxiosError", "ECONNABORTED", "Request aborted"),
  c("transient third-party", "AxiosError", "ECONNABORTED", "stream has been aborted", { on: "carrier-api" }),
  c("timeout environment", "CanceledError", "ERR_CANCELED", "canceled"),
  c("transient environment", "AxiosError", "ERR_NETWORK", "Network Error"),
  c("dependency-down third-party", "AxiosError", "ERR_BAD_RESPONSE", "Request failed with status code 502", {
    httpStatus: 502,
  }),
  c("invalid-input data", "AxiosError", "ERR_BAD_REQUEST", "Request failed with status code 422", {
    httpStatus: 422,
  }),
  c("permanent data", "AxiosError", "ERR_BAD_REQUEST", "Request failed with status code 404", {
    httpStatus: 404,
  }),
  c(
    "permanent third-party",
    "AxiosError",
    "ERR_FR_TOO_MANY_REDIRECTS",
    "Maximum number of redirects exceeded",
  ),
  c("timeout environment", "TimeoutError", "ETIMEDOUT", "Timeout awaiting 'request' for 5000ms"),
  c(
    "dependency-down third-party",
    "HTTPError",
    "ERR_NON_2XX_3XX_RESPONSE",
    "Response code 503 (Service Unavailable)",
  ),
  c("timeout third-party", "FetchError", null, "network timeout at: https://api.partner.example/v2/orders"),
  c(
    "dependency-down third-party",
    "FetchError",
    "invalid-json",
    "invalid json response body at https://api.partner.example/v1 reason: Unexpected token < in JSON at position 0",
  ),
  c(
    "transient third-party",
    "FetchError",
    null,
    "invalid json response body at https://api.partner.example/v1 reason: Unexpected end of JSON input",
  ),
  c(
    "dependency-down third-party",
    "SyntaxError",
    null,
    "Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON",
    { on: "crm" },
  ),
  c("invalid-input data", "SyntaxError", null, "Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON"),
  c("transient third-party", "SyntaxError", null, "Unexpected end of JSON input", { on: "crm" }),
  c("invalid-input data", "SyntaxError", null, "Unexpected end of JSON input"),
  c(
    "invalid-input data",
    "SyntaxError",
    null,
    "Expected ',' or '}' after property value in JSON at position 118 (line 4 column 3)",
  ),
  c("permanent data", "SyntaxError", null, "Unexpected token '<', \"<html>\n<h\"... is not valid JSON", {
    on: "crm",
    httpStatus: 404,
  }),
  c("permanent environment", "Error", "DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"),
  c(
    "permanent environment",
    "Error",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "unable to verify the first certificate",
  ),
  c("permanent third-party", "Error", "CERT_HAS_EXPIRED", "certificate has expired", { on: "partner-api" }),
  c(
    "permanent third-party",
    "Error",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "Hostname/IP does not match certificate's altnames: Host: api.a.example. is not in the cert's altnames: DNS:b.example",
  ),
  c(
    "permanent environment",
    "Error",
    "EPROTO",
    "write EPROTO 80A0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/ssl_record.c:355:",
  ),
  c(
    "transient environment",
    "Error",
    "ECONNRESET",
    "Client network socket disconnected before secure TLS connection was established",
  ),
  c(
    "transient environment",
    "Error",
    "ERR_HTTP2_STREAM_ERROR",
    "Stream closed with error code NGHTTP2_REFUSED_STREAM",
  ),
  c("transient environment", "Error", "ERR_STREAM_PREMATURE_CLOSE", "Premature close"),
  c(
    "dependency-down third-party",
    "Error",
    null,
    "upstream connect error or disconnect/reset before headers. reset reason: connection failure",
  ),
  c(
    "dependency-down environment",
    "Error",
    null,
    "tunneling socket could not be established, statusCode=503",
  ),
  c("transient environment", "Error", null, "Error: read ECONNRESET at TLSWrap.onStreamRead"),
  c("dependency-down environment", "MaxRetryError", null, "Max retries reached", {
    causes: [{ name: "Error", code: "ECONNREFUSED", message: "connect ECONNREFUSED 10.0.0.5:9200" }],
  }),
];

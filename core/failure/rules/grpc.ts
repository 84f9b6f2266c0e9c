import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const num = ruleFamily("grpc", "gRPC status codes guide; gRFC A6 client retries; google-gax retry codes", {
  protocol: "grpc",
});
const grpc = ruleFamily(
  "grpc",
  "gRPC status codes guide; gRFC A6 client retries; Connect protocol error codes",
);

/** gRPC statuses, by number and by name; Google APIs and Connect use the names in JSON as well. */
export const grpcRules: BuiltInRule[] = [
  num(
    "message-size",
    "Message over the limit",
    {
      code: ["8"],
      messagePattern: [
        "received message larger than max",
        "message larger than max",
        "sent message larger than max",
      ],
    },
    "invalid-input",
    "data",
    { source: "grpc-js: RESOURCE_EXHAUSTED for max_receive_message_length" },
  ),
  grpc(
    "message-size-name",
    "Message over the limit",
    {
      code: ["RESOURCE_EXHAUSTED"],
      messagePattern: [
        "received message larger than max",
        "message larger than max",
        "sent message larger than max",
      ],
    },
    "invalid-input",
    "data",
  ),
  num(
    "billing",
    "Plan or billing quota",
    { code: ["8"], messagePattern: ["billing", "credits?", "payment", "plan and billing"] },
    "permanent",
    "environment",
  ),
  grpc(
    "billing-name",
    "Plan or billing quota",
    {
      code: ["RESOURCE_EXHAUSTED"],
      messagePattern: ["plan and billing details", "billing", "out of credits?", "payment"],
    },
    "permanent",
    "environment",
  ),
  num(
    "disk",
    "Their disk or memory is full",
    { code: ["8"], messagePattern: ["no space left", "disk (is )?full", "out of memory"] },
    "dependency-down",
    "third-party",
    { byPeer: true },
  ),
  num("exhausted", "Quota or rate exceeded", { code: ["8"] }, "rate-limited", "third-party"),
  grpc(
    "exhausted-name",
    "Quota or rate exceeded",
    { code: ["RESOURCE_EXHAUSTED"] },
    "rate-limited",
    "third-party",
  ),
  num("unavailable", "Service unavailable", { code: ["14"] }, "dependency-down", "third-party", {
    byPeer: true,
  }),
  grpc(
    "unavailable-name",
    "Service unavailable",
    { code: ["UNAVAILABLE"] },
    "dependency-down",
    "third-party",
    { byPeer: true },
  ),
  num("deadline", "Deadline exceeded", { code: ["4"] }, "timeout", "third-party", { byPeer: true }),
  grpc("deadline-name", "Deadline exceeded", { code: ["DEADLINE_EXCEEDED"] }, "timeout", "third-party", {
    byPeer: true,
  }),
  num("again", "Aborted or cancelled by the peer", { code: ["1", "10"] }, "transient", "third-party", {
    byPeer: true,
  }),
  grpc(
    "again-name",
    "Aborted or cancelled by the peer",
    { code: ["ABORTED", "CANCELLED", "CANCELED"] },
    "transient",
    "third-party",
    { byPeer: true },
  ),
  num("internal", "Internal error of the service", { code: ["13"] }, "transient", "third-party", {
    byPeer: true,
  }),
  grpc("internal-name", "Internal error of the service", { code: ["INTERNAL"] }, "transient", "third-party", {
    byPeer: true,
  }),
  num("unknown", "Unknown error of the service", { code: ["2"] }, "unknown", "third-party", {
    byPeer: true,
    weak: true,
  }),
  grpc("unknown-name", "Unknown error of the service", { code: ["UNKNOWN"] }, "unknown", "third-party", {
    byPeer: true,
    weak: true,
  }),
  num("argument", "Argument refused", { code: ["3", "11"] }, "invalid-input", "data"),
  grpc(
    "argument-name",
    "Argument refused",
    { code: ["INVALID_ARGUMENT", "OUT_OF_RANGE"] },
    "invalid-input",
    "data",
  ),
  num("not-found", "Not found or exists already", { code: ["5", "6", "9"] }, "permanent", "data"),
  grpc(
    "not-found-name",
    "Exists already or precondition failed",
    { code: ["ALREADY_EXISTS", "FAILED_PRECONDITION"] },
    "permanent",
    "data",
  ),
  grpc("not-found-only", "Not found", { code: ["NOT_FOUND"] }, "permanent", "data"),
  num("denied", "Credentials or right refused", { code: ["7", "16"] }, "permanent", "environment"),
  grpc(
    "denied-name",
    "Credentials or right refused",
    { code: ["PERMISSION_DENIED", "UNAUTHENTICATED"] },
    "permanent",
    "environment",
    { weak: true },
  ),
  num("unimplemented", "Method not implemented", { code: ["12"] }, "permanent", "third-party"),
  grpc(
    "unimplemented-name",
    "Method not implemented",
    { code: ["UNIMPLEMENTED"] },
    "permanent",
    "third-party",
  ),
  num("data-loss", "Data lost", { code: ["15"] }, "permanent", "third-party"),
  grpc("data-loss-name", "Data lost", { code: ["DATA_LOSS"] }, "permanent", "third-party"),
  grpc(
    "connect-words",
    "No connection established",
    {
      messagePattern: [
        "no connection established",
        "failed to connect to all addresses",
        "name resolution failed for target",
        "connection dropped",
        "failed to connect before the deadline",
        "no healthy upstream",
        "upstream connect error or disconnect",
        "upstream request timeout",
      ],
    },
    "dependency-down",
    "third-party",
    { byPeer: true, source: "grpc-js load balancers; Envoy response flags" },
  ),
  grpc(
    "stream-words",
    "Stream reset",
    {
      messagePattern: [
        "rst_stream",
        "received rst_stream with code \\d+",
        "call cancelled",
        "stream removed",
        "transport closed",
        "transport is closing",
        "session closed without receiving a status",
      ],
    },
    "transient",
    "third-party",
    { byPeer: true },
  ),
];

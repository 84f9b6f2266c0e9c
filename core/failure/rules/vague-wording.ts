import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const vague = ruleFamily("vague", "docs/words.md: the classes; common wording of clients and proxies", {
  weak: true,
});
const named = ruleFamily("name", "docs/words.md: the classes; names used by many clients");

/** Error names that many clients use, and words too general to overrule a status. */
export const vagueWordingRules: BuiltInRule[] = [
  named(
    "rate",
    "Asked to slow down",
    {
      errorName: `RateLimitError TooManyRequestsError TooManyRequests ThrottledError ThrottlingError
        RateLimiterError RateLimitExceededError`,
    },
    "rate-limited",
    "third-party",
  ),
  named(
    "down",
    "Service unavailable",
    {
      errorName: `ServiceUnavailableError BadGatewayError CircuitBreakerError BrokenCircuitError
        OpenCircuitError ConnectionRefusedError HostNotReachableError SequelizeHostNotReachableError
        SequelizeConnectionRefusedError SequelizeHostNotFoundError NoLivingConnectionsError
        NoAvailableServersError HostUnreachableError ServiceUnavailableException BadGatewayException`,
    },
    "dependency-down",
    "third-party",
    { byPeer: true },
  ),
  named(
    "timeout",
    "Timed out",
    {
      errorName: `GatewayTimeoutError SequelizeTimeoutError SequelizeConnectionTimedOutError
        ConnectTimeoutError HeadersTimeoutError BodyTimeoutError ConnectionTimedOutError
        ReadTimeoutError GatewayTimeoutException ETIMEDOUT QueryTimeoutError`,
    },
    "timeout",
    "environment",
    { byPeer: true },
  ),
  named(
    "broke",
    "Connection broke",
    {
      errorName: `ConnectionError NetworkError SocketError ConnectionLostError ConnectionClosedError
        InternalServerError SequelizeConnectionError SequelizeDatabaseConnectionError DeadlockError
        SerializationError OptimisticLockError OptimisticLockVersionMismatchError ConflictError
        StaleObjectError RequestAbortedError PessimisticLockTransactionRequiredError
        ConcurrencyError InternalServerErrorException ConcurrentModificationError`,
    },
    "transient",
    "environment",
    { byPeer: true },
  ),
  named(
    "missing",
    "Not found or not allowed",
    {
      errorName: `NotFoundError NotFoundException ResourceNotFoundError EntityNotFoundError GoneError
        NoSuchKeyError RecordNotFoundError RecordNotFound EmptyResultError AlreadyExistsError
        ConflictException PreconditionFailedError`,
    },
    "permanent",
    "data",
  ),
  named(
    "denied",
    "Not allowed",
    {
      errorName: `AuthenticationError AuthorizationError PermissionDeniedError ForbiddenError
        ForbiddenException UnauthorizedException AccessDeniedError InvalidCredentialsError
        SequelizeAccessDeniedError PaymentRequiredError ConfigurationError ConfigError`,
    },
    "permanent",
    "environment",
  ),
  vague(
    "timeout",
    "Timed out",
    { messagePattern: ["timeout", "timeouts", "etimedout"] },
    "timeout",
    "environment",
    { byPeer: true },
  ),
  vague(
    "unavailable",
    "Unavailable",
    { messagePattern: ["unavailable", "unreachable", "is down", "outage", "no such service"] },
    "dependency-down",
    "third-party",
    { byPeer: true },
  ),
  vague(
    "missing",
    "Not found",
    {
      messagePattern: [
        "not found",
        "does not exist",
        "doesn't exist",
        "no such (file|object|key|record|user|entity|resource|customer|order)",
        "unknown (user|customer|order|account|id)",
        "expired",
        "gone",
        "cannot find",
        "could not find",
        "couldn't find",
      ],
    },
    "permanent",
    "data",
  ),
  vague(
    "denied",
    "Not allowed",
    {
      messagePattern: [
        "unauthorized",
        "unauthenticated",
        "forbidden",
        "not allowed",
        "not permitted",
        "denied",
      ],
    },
    "permanent",
    "environment",
  ),
  vague(
    "invalid",
    "Refused as invalid",
    {
      messagePattern: [
        "invalid",
        "malformed",
        "bad request",
        "unprocessable",
        "is required",
        "must be",
        "cannot be (empty|blank|null|negative)",
        "not a valid",
        "out of range",
        "too (large|long|short|small|big)",
        "unsupported",
        "missing (field|parameter|property|value)",
        "cannot parse",
        "failed to parse",
        "could not parse",
        "parse error",
      ],
    },
    "invalid-input",
    "data",
  ),
  vague(
    "conflict",
    "Conflict",
    { messagePattern: ["conflict", "locked", "busy"] },
    "transient",
    "third-party",
    { byPeer: true },
  ),
  vague(
    "failed",
    "Their internal error",
    {
      messagePattern: [
        "internal server error",
        "internal error",
        "something went wrong",
        "unexpected error on our (end|side)",
      ],
    },
    "transient",
    "third-party",
    { byPeer: true },
  ),
  vague(
    "network",
    "Network trouble",
    { messagePattern: ["network", "connection error", "connection failed", "hang ?up"] },
    "transient",
    "environment",
    { byPeer: true },
  ),
];

import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const redis = ruleFamily(
  "redis",
  "Redis src/server.c shared error replies; ioredis lib/Redis.ts and Cluster; node-redis errors.ts",
);

/** Redis and Valkey replies, ioredis and node-redis. */
export const redisRules: BuiltInRule[] = [
  redis(
    "loading",
    "Redis is loading or its master is gone",
    {
      code: "LOADING MASTERDOWN CLUSTERDOWN NOREPLICAS READONLY NOMASTERLINK UNBLOCKED NOGOODSLAVE INPROG",
    },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  redis(
    "loading-words",
    "Redis is loading or its master is gone",
    {
      messagePattern: [
        "redis is loading the dataset in memory",
        "link with master is down",
        "clusterdown",
        "readonly you can't write against a read only",
        "can't write against a read only (replica|slave)",
        "not enough good replicas to write",
        "all sentinels are unreachable",
        "failed to refresh slots cache",
        "none of startup nodes is available",
        "all startup nodes",
        "force unblock from blocking operation",
        "hash slot not served",
        "sentinel .{0,80}unreachable",
      ],
    },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  redis(
    "busy",
    "Redis asks to try again",
    { code: ["TRYAGAIN", "BUSY", "MOVED", "ASK"] },
    "transient",
    "environment",
  ),
  redis(
    "busy-words",
    "Redis asks to try again",
    {
      messagePattern: [
        "^(replyerror: )?tryagain",
        "busy redis is busy running a script",
        "redis is busy running a script",
        "^(replyerror: )?moved \\d+",
        "^(replyerror: )?ask \\d+ [0-9a-z.:\\-]{1,255}:\\d+",
        "multiple keys request during rehashing of slot",
        "too many cluster redirections",
      ],
    },
    "transient",
    "environment",
  ),
  redis("memory", "Redis out of memory", { code: ["OOM"] }, "dependency-down", "environment", {
    remediation: "Raise maxmemory, set an eviction policy, or find what fills it.",
  }),
  redis(
    "memory-words",
    "Redis out of memory",
    {
      messagePattern: [
        "oom command not allowed when used memory",
        "command not allowed when used memory > 'maxmemory'",
      ],
    },
    "dependency-down",
    "environment",
    { byPeer: true, remediation: "Raise maxmemory, set an eviction policy, or find what fills it." },
  ),
  redis(
    "persist",
    "Redis cannot write to its disk",
    { code: ["MISCONF"] },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  redis(
    "persist-words",
    "Redis cannot write to its disk",
    {
      messagePattern: [
        "misconf redis is configured to save rdb snapshots",
        "misconf errors writing to the aof file",
      ],
    },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  redis(
    "auth",
    "Redis credentials refused",
    { code: ["NOAUTH", "WRONGPASS", "NOPERM"] },
    "permanent",
    "environment",
  ),
  redis(
    "auth-words",
    "Redis credentials refused",
    {
      messagePattern: [
        "noauth authentication required",
        "wrongpass invalid username-password pair",
        "noperm .{0,80}user",
        "err invalid password",
        "client sent auth, but no password is set",
        "denied redis is running in protected mode",
      ],
    },
    "permanent",
    "environment",
  ),
  redis(
    "clients",
    "Redis has too many clients",
    { messagePattern: ["max number of clients reached", "max number of clients \\+ cluster"] },
    "transient",
    "environment",
    { byPeer: true },
  ),
  redis("script", "Script not loaded", { code: ["NOSCRIPT"] }, "transient", "environment", {
    source: "Redis EVALSHA documentation: clients load and try again",
  }),
  redis(
    "script-words",
    "Script not loaded",
    { messagePattern: ["noscript no matching script"] },
    "transient",
    "environment",
  ),
  redis(
    "wrong-use",
    "Wrong use of Redis",
    { code: ["WRONGTYPE", "CROSSSLOT", "EXECABORT", "NOPROTO", "BUSYGROUP"] },
    "bug",
    "code",
  ),
  redis(
    "wrong-words",
    "Wrong use of Redis",
    {
      messagePattern: [
        "wrongtype operation against a key holding the wrong kind of value",
        "keys in request don't hash to the same slot",
        "err unknown (sub)?command",
        "wrong number of arguments for .{1,60} command",
        "err syntax error",
        "execabort transaction discarded",
        "err value is not an integer or out of range",
        "err no such key",
        "connection in subscriber mode",
      ],
    },
    "bug",
    "code",
  ),
  redis(
    "gave-up",
    "Client gave up its own retries",
    { errorName: ["MaxRetriesPerRequestError"] },
    "dependency-down",
    "environment",
    { byPeer: true, source: "ioredis readme: maxRetriesPerRequest" },
  ),
  redis(
    "gave-up-words",
    "Client gave up its own retries",
    { messagePattern: ["reached the max retries per request limit"] },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  redis(
    "closed",
    "Connection closed",
    {
      messagePattern: [
        "connection is closed",
        "socket closed unexpectedly",
        "stream isn't writeable and enableofflinequeue",
        "the client is (closed|offline)",
        "redis connection (lost|to .{1,200} failed)",
        "connection is in closed state",
      ],
    },
    "transient",
    "environment",
    { byPeer: true },
  ),
  redis(
    "closed-name",
    "Connection closed",
    {
      errorName: `SocketClosedUnexpectedlyError ClientClosedError ClientOfflineError DisconnectsClientError
        AbortedError InterruptError`,
    },
    "transient",
    "environment",
    { byPeer: true },
  ),
  redis(
    "timeout",
    "Command or connect timed out",
    { messagePattern: ["command timed out", "connection timeout"] },
    "timeout",
    "environment",
    { byPeer: true },
  ),
  redis(
    "timeout-name",
    "Command or connect timed out",
    { errorName: ["ConnectionTimeoutError", "SocketTimeoutError", "CommandTimeoutError"] },
    "timeout",
    "environment",
    { byPeer: true },
  ),
  redis(
    "lock",
    "Lock held by another",
    {
      errorName: ["ExecutionError", "ResourceLockedError", "LockError", "WatchError"],
      messagePattern: [
        "unable to achieve a quorum",
        "attempts to lock the resource",
        "exceeded .{1,20} attempts to lock",
        "resource is locked",
        "one \\(or more\\) of the watched keys has been changed",
      ],
    },
    "transient",
    "environment",
    { source: "redlock readme; node-redis WatchError" },
  ),
];

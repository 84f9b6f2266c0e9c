import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const pg = ruleFamily("postgres", "PostgreSQL documentation, appendix A: error codes");
const byClass = ruleFamily(
  "postgres",
  "PostgreSQL documentation, appendix A: a client may go by the class of an unknown code",
  { protocol: "sqlstate" },
);
const peer = ruleFamily("postgres", "PostgreSQL documentation, appendix A: error codes", { byPeer: true });

/** PostgreSQL by SQLSTATE. */
export const postgresRules: BuiltInRule[] = [
  pg(
    "serialization",
    "Serialization failure or deadlock",
    { code: ["40001", "40P01", "40000"] },
    "transient",
    "environment",
    { source: "PostgreSQL documentation 13.5: serialization failure handling" },
  ),
  pg("lock", "Lock not available", { code: ["55P03", "55006"] }, "transient", "environment"),
  pg(
    "statement-timeout",
    "Statement timeout",
    { code: ["57014"], messagePattern: ["statement timeout", "transaction timeout", "query.{0,20}timeout"] },
    "timeout",
    "environment",
    { source: "PostgreSQL src/backend/tcop/postgres.c: ProcessInterrupts words for 57014" },
  ),
  pg(
    "lock-timeout",
    "Lock timeout",
    { code: ["57014"], messagePattern: ["lock timeout"] },
    "transient",
    "environment",
  ),
  pg("query-cancelled", "Statement cancelled", { code: ["57014"] }, "transient", "environment", {
    source: "PostgreSQL src/backend/tcop/postgres.c: due to user request",
  }),
  pg(
    "transaction-timeout",
    "Session idle too long in a transaction",
    { code: ["25P03", "25P04"] },
    "timeout",
    "code",
    { remediation: "The handler keeps a transaction open while it does other work." },
  ),
  pg("idle-session", "Session idle too long", { code: ["57P05"] }, "transient", "environment"),
  peer("starting", "Database starting or stopping", { code: ["57P03"] }, "dependency-down", "environment"),
  peer("shutdown", "Server ended the connection", { code: ["57P01", "57P02"] }, "transient", "environment"),
  peer("read-only", "Server is read-only", { code: ["25006"] }, "dependency-down", "environment", {
    source: "PostgreSQL 25006: a standby after a failover",
  }),
  peer("connect", "Cannot connect", { code: ["08001", "08004"] }, "dependency-down", "environment"),
  peer(
    "connection",
    "Connection broke",
    { code: ["08000", "08003", "08006", "08007", "08P01"] },
    "transient",
    "environment",
  ),
  pg("too-many", "Too many connections", { code: ["53300", "53000"] }, "transient", "environment", {
    remediation: "Lower the pools, raise max_connections, or put a pooler before the database.",
  }),
  pg("disk-full", "Database disk full", { code: ["53100"] }, "permanent", "environment", {
    remediation: "Free space on the database's disk, then retry.",
  }),
  pg("memory", "Database out of memory", { code: ["53200"] }, "transient", "environment"),
  pg("config-limit", "Configured limit reached", { code: ["53400"] }, "permanent", "environment"),
  pg(
    "io",
    "Database input or output error",
    { code: ["58000", "58030", "XX000"] },
    "transient",
    "environment",
  ),
  pg(
    "damage",
    "Database files damaged or missing",
    { code: ["XX001", "XX002", "58P01", "58P02", "F0000", "F0001"] },
    "permanent",
    "environment",
    { remediation: "Stop and look at the database before anything else." },
  ),
  pg("snapshot", "Snapshot too old", { code: ["72000"] }, "transient", "environment"),
  pg("unique", "Unique constraint violated", { code: ["23505"] }, "invalid-input", "data", {
    remediation: "A row with this key exists: correct the payload, or make the handler idempotent.",
  }),
  pg(
    "constraint",
    "Constraint violated",
    { code: ["23000", "23001", "23502", "23503", "23514", "23P01", "44000", "40002", "27000"] },
    "invalid-input",
    "data",
  ),
  pg(
    "data",
    "Value refused",
    {
      code: `22000 22001 22002 22003 22004 22005 22007 22008 22009 2200B 2200C 2200D 2200F 2200G 2200L
        2200M 2200N 2200S 2200T 22010 22011 22012 22013 22014 22015 22016 22018 22019 2201B 2201E
        2201F 2201G 2201W 2201X 22021 22022 22023 22024 22025 22026 22027 2202E 2202G 2202H 22030
        22031 22032 22033 22034 22035 22036 22P01 22P02 22P03 22P04 22P05 22P06 21000 20000`,
    },
    "invalid-input",
    "data",
  ),
  pg(
    "too-big",
    "Row or statement too large",
    { code: ["54000", "54010", "54011", "54023"] },
    "invalid-input",
    "data",
  ),
  pg("stack-depth", "Statement nested too deep", { code: ["54001"] }, "bug", "code"),
  pg(
    "plan-changed",
    "Cached plan outdated",
    { code: ["0A000"], messagePattern: ["cached plan must not change result type"] },
    "transient",
    "environment",
    { source: "PostgreSQL src/backend/utils/cache/plancache.c" },
  ),
  pg("unsupported", "Feature not supported", { code: ["0A000"] }, "permanent", "code"),
  pg(
    "prepared",
    "Prepared statement lost",
    { code: ["26000", "42P05", "34000"] },
    "transient",
    "environment",
    { source: "PgBouncer FAQ: prepared statements in transaction pooling" },
  ),
  pg("password", "Database credentials refused", { code: ["28000", "28P01"] }, "permanent", "environment", {
    remediation: "Correct the database user and password.",
  }),
  pg(
    "privilege",
    "Database right missing",
    { code: ["42501", "0P000", "0L000", "0LP01"] },
    "permanent",
    "environment",
    { remediation: "Grant the right to the role of the worker." },
  ),
  pg("no-database", "Database or schema missing", { code: ["3D000", "3F000"] }, "permanent", "environment"),
  pg(
    "statement",
    "Statement is wrong",
    {
      code: `42000 42601 42602 42611 42622 42701 42702 42703 42704 42710 42712 42723 42725 42803 42804
        42809 42830 42846 42883 42939 42P01 42P02 42P03 42P04 42P06 42P07 42P08 42P09 42P10 42P11
        42P12 42P13 42P14 42P15 42P16 42P17 42P18 42P19 42P20 42P21 42P22 428C9 07001 03000`,
    },
    "bug",
    "code",
    { remediation: "The statement does not fit the schema: fix it, or run the migration it needs." },
  ),
  pg(
    "transaction",
    "Transaction used wrongly",
    {
      code: "25000 25001 25P01 25P02 25007 25008 2D000 3B000 3B001 24000 55000 0B000",
    },
    "bug",
    "code",
  ),
  pg(
    "function",
    "Database function failed",
    { code: ["38000", "39000", "2F000", "P0003", "P0004", "0Z000"] },
    "bug",
    "code",
  ),
  pg("no-data", "Row expected and not found", { code: ["P0002", "02000"] }, "permanent", "data"),
  pg("raised", "Raised by a database function", { code: ["P0001"] }, "invalid-input", "data", { weak: true }),
  byClass(
    "class-connection",
    "Connection trouble by its class",
    { code: ["08"] },
    "transient",
    "environment",
    { byPeer: true },
  ),
  byClass("class-data", "Value or constraint by its class", { code: ["22", "23"] }, "invalid-input", "data"),
  byClass(
    "class-credentials",
    "Credentials refused by their class",
    { code: ["28"] },
    "permanent",
    "environment",
  ),
  byClass(
    "class-rollback",
    "Transaction rolled back by its class",
    { code: ["40"] },
    "transient",
    "environment",
  ),
  byClass("class-statement", "Statement is wrong by its class", { code: ["42"] }, "bug", "code"),
  byClass(
    "class-resources",
    "Short of resources by its class",
    { code: ["53", "57", "58", "XX"] },
    "transient",
    "environment",
  ),
  byClass("class-limit", "Over a limit by its class", { code: ["54"] }, "invalid-input", "data"),
];

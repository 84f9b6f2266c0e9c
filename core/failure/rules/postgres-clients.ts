import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const pg = ruleFamily("postgres", "PostgreSQL documentation, appendix A: error codes");
const peer = ruleFamily("postgres", "PostgreSQL documentation, appendix A: error codes", { byPeer: true });
const orm = ruleFamily("prisma", "Prisma documentation: error message reference");

/** What PostgreSQL, its drivers, pools and Prisma say in words and codes of their own. */
export const postgresClientRules: BuiltInRule[] = [
  peer(
    "words-ended",
    "Connection ended",
    {
      messagePattern: [
        "connection terminated unexpectedly",
        "connection terminated due to connection timeout",
        "terminating connection due to administrator command",
        "server closed the connection unexpectedly",
        "client has encountered a connection error and is not queryable",
        "ssl syscall error",
      ],
    },
    "transient",
    "environment",
    { source: "node-postgres lib/client.js; libpq fe-misc.c" },
  ),
  pg(
    "pool-timeout",
    "No free connection in time",
    { messagePattern: ["timeout exceeded when trying to connect"] },
    "timeout",
    "environment",
    { source: "node-postgres pg-pool index.js: connectionTimeoutMillis" },
  ),
  pg(
    "query-timeout",
    "Query read timeout",
    { messagePattern: ["query read timeout", "canceling statement due to statement timeout"] },
    "timeout",
    "environment",
    { source: "node-postgres lib/client.js: query_timeout" },
  ),
  pg(
    "pool-full",
    "Connection pool exhausted",
    {
      errorName: `ConnectionAcquireTimeoutError SequelizeConnectionAcquireTimeoutError KnexTimeoutError
        PoolTimeoutError`,
    },
    "transient",
    "environment",
  ),
  pg(
    "pool-full-words",
    "Connection pool exhausted",
    {
      messagePattern: [
        "too many clients already",
        "remaining connection slots are reserved",
        "timeout acquiring a connection",
        "resourcerequest timed out",
        "no more connections allowed",
        "max client connections reached",
        "connection pool exhausted",
        "pool is (probably )?full",
        "timed out fetching a new connection from the connection pool",
        "operation timeout.{0,80}connection pool",
      ],
    },
    "transient",
    "environment",
    {
      source:
        "PostgreSQL proc.c; knex client.js; PgBouncer objects.c; Sequelize ConnectionAcquireTimeoutError",
    },
  ),
  peer(
    "words-starting",
    "Database starting or stopping",
    {
      messagePattern: [
        "the database system is (starting up|shutting down|in recovery mode|not yet accepting connections)",
        "cannot execute .{1,60} in a read-only transaction",
        "no postgresql user name specified",
        "can't reach database server",
      ],
    },
    "dependency-down",
    "environment",
  ),
  pg(
    "words-auth",
    "Database credentials refused",
    {
      messagePattern: [
        "password authentication failed for user",
        "no pg_hba\\.conf entry for host",
        "client password must be a string",
        "sasl: scram-server-first-message",
      ],
    },
    "permanent",
    "environment",
  ),
  pg(
    "words-deadlock",
    "Deadlock or serialization failure",
    {
      messagePattern: [
        "deadlock detected",
        "deadlock found when trying to get lock",
        "could not serialize access",
        "could not obtain lock on",
        "canceling statement due to lock timeout",
        "canceling statement due to conflict with recovery",
        "was deadlocked on lock",
        "write conflict",
        "lock wait timeout exceeded",
      ],
    },
    "transient",
    "environment",
  ),
  pg(
    "words-unique",
    "Unique constraint violated",
    {
      messagePattern: [
        "duplicate key value violates unique constraint",
        "violates (foreign key|check|not-null|exclusion) constraint",
        "unique constraint failed",
        "unique constraint .{1,130} violated",
        "integrity constraint .{1,130} violated",
        "foreign key constraint (failed|fails)",
        "not null constraint failed",
        "check constraint failed",
        "duplicate entry .{1,200} for key",
        "null value in column",
      ],
    },
    "invalid-input",
    "data",
  ),
  pg(
    "words-value",
    "Value refused",
    {
      messagePattern: [
        "invalid input syntax for",
        "value too long for type",
        "out of range for type",
        "invalid byte sequence for encoding",
        "data too long for column",
        "incorrect (string|integer|datetime) value",
      ],
    },
    "invalid-input",
    "data",
  ),
  pg(
    "words-statement",
    "Statement is wrong",
    {
      messagePattern: [
        'relation ".{1,130}" does not exist',
        "column .{1,130} does not exist",
        "syntax error at or near",
        "you have an error in your sql syntax",
        "no such (table|column)",
        "unknown column",
      ],
    },
    "bug",
    "code",
  ),
  orm(
    "unreachable",
    "Database unreachable",
    { code: ["P1001", "P1002", "P5000"] },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  orm("timeout", "Database operation timed out", { code: ["P1008", "P5004"] }, "timeout", "environment"),
  orm(
    "transient",
    "Pool, write conflict or closed connection",
    { code: ["P2024", "P2034", "P2037", "P1017", "P2028"] },
    "transient",
    "environment",
  ),
  orm(
    "auth",
    "Database credentials or settings",
    { code: ["P1000", "P1003", "P1010", "P1011", "P1013", "P1014", "P5007"] },
    "permanent",
    "environment",
  ),
  orm(
    "data",
    "Value or constraint",
    {
      code: "P2000 P2002 P2003 P2004 P2005 P2006 P2007 P2011 P2012 P2013 P2014 P2019 P2020 P2033",
    },
    "invalid-input",
    "data",
  ),
  orm("missing", "Record not found", { code: ["P2001", "P2015", "P2018", "P2025"] }, "permanent", "data"),
  orm(
    "query",
    "Query does not fit the schema",
    {
      code: "P2008 P2009 P2010 P2016 P2017 P2021 P2022 P2023 P2026 P2029 P1012 P1016",
      errorName: ["PrismaClientKnownRequestError", "Error", "PrismaClientInitializationError"],
    },
    "bug",
    "code",
    { weak: true },
  ),
  orm(
    "validation",
    "Query does not fit the client",
    { errorName: ["PrismaClientValidationError"] },
    "bug",
    "code",
  ),
];

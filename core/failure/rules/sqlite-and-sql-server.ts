import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const lite = ruleFamily("sqlite", "SQLite documentation: result and error codes");
const mssql = ruleFamily(
  "sql-server",
  "mssql and tedious errors; Microsoft Learn: transient errors of Azure SQL",
);

/** SQLite and SQL Server. */
export const sqliteAndSqlServerRules: BuiltInRule[] = [
  lite(
    "busy",
    "Database locked",
    {
      code: `SQLITE_BUSY SQLITE_LOCKED SQLITE_BUSY_SNAPSHOT SQLITE_BUSY_RECOVERY SQLITE_BUSY_TIMEOUT
        SQLITE_LOCKED_SHAREDCACHE SQLITE_PROTOCOL SQLITE_NOMEM SQLITE_INTERRUPT SQLITE_ABORT
        SQLITE_IOERR SQLITE_SCHEMA`,
    },
    "transient",
    "environment",
  ),
  lite(
    "busy-words",
    "Database locked",
    { messagePattern: ["database is locked", "database table is locked", "database schema has changed"] },
    "transient",
    "environment",
  ),
  lite(
    "constraint",
    "Constraint violated",
    {
      code: `SQLITE_CONSTRAINT SQLITE_CONSTRAINT_UNIQUE SQLITE_CONSTRAINT_PRIMARYKEY
        SQLITE_CONSTRAINT_FOREIGNKEY SQLITE_CONSTRAINT_NOTNULL SQLITE_CONSTRAINT_CHECK
        SQLITE_CONSTRAINT_TRIGGER SQLITE_TOOBIG SQLITE_MISMATCH`,
    },
    "invalid-input",
    "data",
  ),
  lite(
    "storage",
    "Storage full, damaged or closed to us",
    {
      code: `SQLITE_FULL SQLITE_CORRUPT SQLITE_NOTADB SQLITE_CANTOPEN SQLITE_READONLY SQLITE_PERM
        SQLITE_AUTH`,
    },
    "permanent",
    "environment",
  ),
  lite(
    "storage-words",
    "Storage full or damaged",
    {
      messagePattern: [
        "database or disk is full",
        "database disk image is malformed",
        "attempt to write a readonly database",
        "unable to open database file",
      ],
    },
    "permanent",
    "environment",
  ),
  lite(
    "misuse",
    "Statement is wrong",
    { code: ["SQLITE_ERROR", "SQLITE_MISUSE", "SQLITE_RANGE"] },
    "bug",
    "code",
  ),
  mssql(
    "transient",
    "Deadlock, connection or pool",
    { code: ["ESOCKET", "ECONNCLOSED", "ENOTOPEN", "ETRANSIENT"] },
    "transient",
    "environment",
    { byPeer: true },
  ),
  mssql(
    "busy",
    "Service busy or failing over",
    {
      messagePattern: [
        "service is currently busy",
        "the database .{1,130} is not currently available",
        "login failed because the .{0,60}being reconfigured",
        "sql server .{0,60}transport-level error",
      ],
    },
    "dependency-down",
    "third-party",
  ),
  mssql(
    "timeout",
    "Request timed out",
    {
      code: ["ETIMEOUT"],
      messagePattern: [
        "failed to complete in \\d+ ?ms",
        "failed to connect to .{1,200} in \\d+ ?ms",
        "timeout: request failed",
      ],
    },
    "timeout",
    "environment",
  ),
  mssql("login", "Login refused", { code: ["ELOGIN"] }, "permanent", "environment"),
  mssql(
    "data",
    "Constraint violated",
    {
      messagePattern: [
        "violation of (unique|primary) key constraint",
        "conflicted with the (foreign key|check|reference) constraint",
        "cannot insert duplicate key",
        "string or binary data would be truncated",
      ],
    },
    "invalid-input",
    "data",
  ),
];

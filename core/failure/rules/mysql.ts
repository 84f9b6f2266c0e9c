import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const my = ruleFamily(
  "mysql",
  "MySQL 8.4 reference manual, server and client error message reference; mysql2 lib/constants/errors.js",
);
const num = ruleFamily("mysql", "MySQL 8.4 reference manual, server error numbers", { protocol: "mysql" });

/** MySQL and MariaDB by error name and number. */
export const mysqlRules: BuiltInRule[] = [
  my(
    "deadlock",
    "Deadlock or lock wait",
    {
      code: `ER_LOCK_DEADLOCK ER_LOCK_WAIT_TIMEOUT ER_LOCK_NOWAIT ER_LOCK_ABORTED ER_XA_RBDEADLOCK
        ER_XA_RBTIMEOUT ER_CHECKREAD ER_LOCK_TABLE_FULL`,
    },
    "transient",
    "environment",
  ),
  num(
    "deadlock-number",
    "Deadlock or lock wait",
    { code: ["1205", "1213", "3572", "1020", "1206"] },
    "transient",
    "environment",
  ),
  my(
    "connections",
    "Too many connections",
    {
      code: `ER_CON_COUNT_ERROR ER_TOO_MANY_USER_CONNECTIONS ER_USER_LIMIT_REACHED POOL_ENQUEUELIMIT
        POOL_NOCONNECT`,
    },
    "transient",
    "environment",
  ),
  num(
    "connections-number",
    "Too many connections",
    { code: ["1040", "1203", "1226"] },
    "transient",
    "environment",
  ),
  my(
    "lost",
    "Connection lost",
    {
      code: `PROTOCOL_CONNECTION_LOST PROTOCOL_PACKETS_OUT_OF_ORDER ER_NET_READ_ERROR
        ER_NET_READ_INTERRUPTED ER_NET_WRITE_INTERRUPTED ER_NET_ERROR_ON_WRITE
        ER_NET_PACKETS_OUT_OF_ORDER CR_SERVER_GONE_ERROR CR_SERVER_LOST ER_QUERY_INTERRUPTED
        ER_ABORTING_CONNECTION ER_NEW_ABORTING_CONNECTION ER_SESSION_WAS_KILLED`,
    },
    "transient",
    "environment",
    { byPeer: true },
  ),
  num(
    "lost-number",
    "Connection lost",
    { code: ["2006", "2013", "1158", "1159", "1160", "1161", "1317", "1152"] },
    "transient",
    "environment",
    { byPeer: true },
  ),
  my(
    "down",
    "Server shutting down or read-only",
    {
      code: `ER_SERVER_SHUTDOWN ER_NORMAL_SHUTDOWN ER_OPTION_PREVENTS_STATEMENT ER_READ_ONLY_MODE
        ER_SERVER_OFFLINE_MODE CR_CONNECTION_ERROR CR_CONN_HOST_ERROR ER_CLIENT_INTERACTION_TIMEOUT`,
    },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  num(
    "down-number",
    "Server shutting down or read-only",
    { code: ["1053", "1290", "1836", "3032", "2002", "2003"] },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  my(
    "timeout",
    "Query timed out",
    { code: ["ER_QUERY_TIMEOUT", "PROTOCOL_SEQUENCE_TIMEOUT", "ER_STATEMENT_TIMEOUT"] },
    "timeout",
    "environment",
  ),
  num("timeout-number", "Query timed out", { code: ["3024", "1969"] }, "timeout", "environment"),
  my(
    "constraint",
    "Constraint violated",
    {
      code: `ER_DUP_ENTRY ER_DUP_KEY ER_DUP_ENTRY_WITH_KEY_NAME ER_BAD_NULL_ERROR ER_NO_REFERENCED_ROW
        ER_NO_REFERENCED_ROW_2 ER_ROW_IS_REFERENCED ER_ROW_IS_REFERENCED_2
        ER_CHECK_CONSTRAINT_VIOLATED ER_NO_DEFAULT_FOR_FIELD`,
    },
    "invalid-input",
    "data",
  ),
  num(
    "constraint-number",
    "Constraint violated",
    { code: ["1062", "1022", "1586", "1048", "1451", "1452", "1216", "1217", "3819", "1364"] },
    "invalid-input",
    "data",
  ),
  my(
    "value",
    "Value refused",
    {
      code: `ER_DATA_TOO_LONG ER_WARN_DATA_OUT_OF_RANGE ER_TRUNCATED_WRONG_VALUE
        ER_TRUNCATED_WRONG_VALUE_FOR_FIELD WARN_DATA_TRUNCATED ER_DIVISION_BY_ZERO
        ER_NET_PACKET_TOO_LARGE ER_INVALID_JSON_TEXT ER_INVALID_JSON_TEXT_IN_PARAM ER_WRONG_VALUE
        ER_DATA_OUT_OF_RANGE`,
    },
    "invalid-input",
    "data",
  ),
  num(
    "value-number",
    "Value refused",
    { code: ["1406", "1264", "1292", "1366", "1265", "1365", "1153", "3140", "3141", "1690"] },
    "invalid-input",
    "data",
  ),
  my(
    "statement",
    "Statement is wrong",
    {
      code: `ER_PARSE_ERROR ER_BAD_FIELD_ERROR ER_NO_SUCH_TABLE ER_SP_DOES_NOT_EXIST
        ER_WRONG_VALUE_COUNT_ON_ROW ER_NON_UNIQ_ERROR ER_WRONG_FIELD_WITH_GROUP
        ER_TABLE_EXISTS_ERROR ER_BAD_TABLE_ERROR ER_SYNTAX_ERROR ER_UNKNOWN_TABLE ER_WRONG_ARGUMENTS
        ER_CANT_DROP_FIELD_OR_KEY`,
    },
    "bug",
    "code",
  ),
  num(
    "statement-number",
    "Statement is wrong",
    { code: ["1064", "1054", "1146", "1305", "1136", "1052", "1050", "1051", "1149", "1109"] },
    "bug",
    "code",
  ),
  my(
    "access",
    "Credentials or database refused",
    {
      code: `ER_ACCESS_DENIED_ERROR ER_DBACCESS_DENIED_ERROR ER_TABLEACCESS_DENIED_ERROR
        ER_COLUMNACCESS_DENIED_ERROR ER_SPECIFIC_ACCESS_DENIED_ERROR ER_BAD_DB_ERROR
        ER_HOST_NOT_PRIVILEGED ER_HOST_IS_BLOCKED ER_NOT_SUPPORTED_AUTH_MODE ER_MUST_CHANGE_PASSWORD
        ER_ACCOUNT_HAS_BEEN_LOCKED HANDSHAKE_NO_SSL_SUPPORT HANDSHAKE_SSL_ERROR`,
    },
    "permanent",
    "environment",
  ),
  num(
    "access-number",
    "Credentials or database refused",
    { code: ["1044", "1045", "1142", "1143", "1227", "1049", "1130", "1129", "1251", "1820", "3118"] },
    "permanent",
    "environment",
  ),
  my(
    "disk-full",
    "Database disk full",
    { code: ["ER_DISK_FULL", "ER_RECORD_FILE_FULL", "ER_DISK_FULL_NOWAIT"] },
    "permanent",
    "environment",
  ),
  num(
    "disk-full-number",
    "Database disk full",
    { code: ["1021", "1114", "3019"] },
    "permanent",
    "environment",
  ),
  my(
    "memory",
    "Database out of memory",
    { code: ["ER_OUTOFMEMORY", "ER_OUT_OF_SORTMEMORY", "ER_OUT_OF_RESOURCES", "ER_ENGINE_OUT_OF_MEMORY"] },
    "transient",
    "environment",
  ),
  my(
    "wrong-use",
    "Wrong use of the client",
    {
      code: `PROTOCOL_ENQUEUE_AFTER_QUIT PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR
        PROTOCOL_ENQUEUE_HANDSHAKE_TWICE POOL_CLOSED`,
    },
    "transient",
    "environment",
    { source: "mysqljs/mysql readme: fatal errors; a new connection is needed" },
  ),
  my(
    "words",
    "Connection lost",
    {
      messagePattern: [
        "mysql server has gone away",
        "lost connection to mysql server",
        "connection lost: the server closed the connection",
        "can't add new command when connection is in closed state",
      ],
    },
    "transient",
    "environment",
    { byPeer: true },
  ),
  my(
    "words-read-only",
    "Server is read-only",
    {
      messagePattern: [
        "running with the --(super-)?read-only option",
        "can't connect to (local )?mysql server",
      ],
    },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
];

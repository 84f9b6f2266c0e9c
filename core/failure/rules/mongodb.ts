import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const num = ruleFamily(
  "mongodb",
  "node-mongodb-native src/error.ts: retryable read and write codes; MongoDB error_codes.yml",
  { protocol: "mongo" },
);
const mongo = ruleFamily("mongodb", "node-mongodb-native src/error.ts; Mongoose docs: errors");

/** MongoDB server codes (numbers and names) and the errors of its driver and of Mongoose. */
export const mongodbRules: BuiltInRule[] = [
  num(
    "failover",
    "Failover or shutdown",
    { code: ["91", "189", "10107", "11600", "11602", "13435", "13436", "10058", "133", "134"] },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  mongo(
    "failover-name",
    "Failover or shutdown",
    {
      code: `PrimarySteppedDown NotWritablePrimary ShutdownInProgress InterruptedAtShutdown
        InterruptedDueToReplStateChange NotPrimaryNoSecondaryOk NotPrimaryOrSecondary
        FailedToSatisfyReadPreference NotMaster NotMasterNoSlaveOk NotMasterOrSecondary`,
    },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  num("unreachable", "Member unreachable", { code: ["6", "7"] }, "dependency-down", "environment", {
    byPeer: true,
  }),
  mongo(
    "unreachable-name",
    "Member unreachable",
    { code: ["HostUnreachable", "HostNotFound"] },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  num("socket", "Connection broke", { code: ["9001"] }, "transient", "environment", { byPeer: true }),
  num(
    "conflict",
    "Write conflict or stale state",
    {
      code: "112 24 46 225 251 63 150 13388 234 43 64 391 244 246 239 117 228",
    },
    "transient",
    "environment",
  ),
  mongo(
    "conflict-name",
    "Write conflict or stale state",
    {
      code: `WriteConflict LockBusy NoSuchTransaction TransactionTooOld StaleShardVersion
        StaleEpoch StaleConfig RetryChangeStream CursorNotFound WriteConcernFailed
        ReauthenticationRequired SnapshotTooOld SnapshotUnavailable TransientTransactionError
        RetryableWriteError UnknownTransactionCommitResult SocketException`,
    },
    "transient",
    "environment",
  ),
  num("timeout", "Operation over its time", { code: ["50", "89", "262"] }, "timeout", "environment", {
    byPeer: true,
  }),
  mongo(
    "timeout-name",
    "Operation over its time",
    { code: ["MaxTimeMSExpired", "NetworkTimeout", "ExceededTimeLimit", "WriteConcernTimeout"] },
    "timeout",
    "environment",
    { byPeer: true },
  ),
  num(
    "duplicate",
    "Duplicate key or refused document",
    {
      code: "11000 11001 12582 121 2 9 14 22 66 52 17280 10334 17419 16837 40352",
    },
    "invalid-input",
    "data",
  ),
  mongo(
    "duplicate-name",
    "Duplicate key or refused document",
    {
      code: `DuplicateKey DocumentValidationFailure BSONObjectTooLarge DocumentTooLarge TypeMismatch
        InvalidBSON DollarPrefixedFieldName ImmutableField`,
    },
    "invalid-input",
    "data",
  ),
  mongo(
    "duplicate-words",
    "Duplicate key or refused document",
    {
      messagePattern: [
        "e11000 duplicate key error",
        "document failed validation",
        "bsonobj size",
        "bsonobjecttoolarge",
        "bson object too large",
        "input must be a 24 character hex string",
        "argument passed in must be a (string|single string) of 12 bytes",
      ],
    },
    "invalid-input",
    "data",
  ),
  num(
    "auth",
    "Credentials or right refused",
    { code: ["18", "13", "11", "8000"] },
    "permanent",
    "environment",
  ),
  mongo(
    "auth-name",
    "Credentials or right refused",
    { code: ["AuthenticationFailed", "AtlasError"], errorName: ["MongoServerError", "MongoError", "Error"] },
    "permanent",
    "environment",
  ),
  mongo(
    "auth-words",
    "Credentials or right refused",
    {
      messagePattern: [
        "bad auth : authentication failed",
        "bad auth",
        "not authorized on .{1,80} to execute command",
        "command .{1,60} requires authentication",
      ],
    },
    "permanent",
    "environment",
  ),
  num(
    "command",
    "Command is wrong",
    { code: ["59", "20", "115", "16389", "40324", "40415", "27", "85", "86", "72"] },
    "bug",
    "code",
  ),
  num(
    "namespace",
    "Collection missing or exists",
    { code: ["26", "48", "68", "100", "79"] },
    "permanent",
    "environment",
  ),
  num("disk", "Out of disk", { code: ["14031"] }, "permanent", "environment"),
  num("memory", "Out of memory for the operation", { code: ["292", "146"] }, "permanent", "code", {
    remediation: "Add an index or allow the query to use the disk.",
  }),
  mongo(
    "selection",
    "No server selectable",
    {
      errorName: `MongoServerSelectionError MongooseServerSelectionError MongoTopologyClosedError
        MongoServerClosedError`,
    },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  mongo(
    "selection-words",
    "No server selectable",
    {
      messagePattern: [
        "server selection timed out",
        "could not connect to any servers in your mongodb atlas cluster",
        "no primary (server )?(found|available)",
        "not master",
        "node is recovering",
        "not primary",
      ],
    },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  mongo(
    "network",
    "Connection broke",
    {
      errorName: `MongoNetworkError MongoPoolClearedError MongoPoolClosedError MongoNotConnectedError
        MongoExpiredSessionError PoolClearedOnNetworkError MongoClientClosedError`,
    },
    "transient",
    "environment",
    { byPeer: true },
  ),
  mongo(
    "network-words",
    "Connection broke",
    {
      messagePattern: [
        "connection \\d+ to .{1,200} closed",
        "connection pool for .{1,200} was cleared",
        "pool was (force )?destroyed",
        "server instance pool was destroyed",
        "topology (is closed|was destroyed)",
        "client must be connected before running operations",
      ],
    },
    "transient",
    "environment",
    { byPeer: true },
  ),
  mongo(
    "network-timeout",
    "Network timeout",
    { errorName: ["MongoNetworkTimeoutError", "MongoOperationTimeoutError"] },
    "timeout",
    "environment",
    { byPeer: true },
  ),
  mongo(
    "network-timeout-words",
    "Network timeout",
    {
      messagePattern: [
        "connection \\d+ to .{1,200} timed out",
        "operation .{1,120} buffering timed out after",
        "operation exceeded time limit",
      ],
    },
    "timeout",
    "environment",
    { byPeer: true },
  ),
  mongo(
    "pool-wait",
    "Pool exhausted",
    { errorName: ["MongoWaitQueueTimeoutError", "WaitQueueTimeoutError"] },
    "transient",
    "environment",
  ),
  mongo(
    "pool-wait-words",
    "Pool exhausted",
    { messagePattern: ["timed out while checking out a connection from connection pool"] },
    "transient",
    "environment",
  ),
  mongo(
    "mongoose-data",
    "Document refused by its schema",
    { errorName: ["CastError", "StrictModeError", "DocumentNotFoundError", "BSONError", "BSONTypeError"] },
    "invalid-input",
    "data",
  ),
  mongo(
    "version",
    "Document changed by another",
    { errorName: ["VersionError", "ParallelSaveError"] },
    "transient",
    "environment",
    { source: "Mongoose docs: VersionError" },
  ),
  mongo(
    "wrong-use",
    "Wrong use of the driver",
    {
      errorName: `MongoParseError MongoInvalidArgumentError MongoMissingDependencyError MongoAPIError
        MongoTransactionError OverwriteModelError MissingSchemaError`,
    },
    "bug",
    "code",
  ),
];

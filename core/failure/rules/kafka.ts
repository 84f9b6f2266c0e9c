import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const num = ruleFamily(
  "kafka",
  "kafkajs src/protocol/error.js retriable flags; Apache Kafka protocol error codes",
  { protocol: "kafka", byPeer: true },
);
const kafka = ruleFamily(
  "kafka",
  "kafkajs src/protocol/error.js and src/errors.js; librdkafka rdkafka.h rd_kafka_resp_err_t",
  { byPeer: true },
);

/** Kafka by error name and number, kafkajs and librdkafka. */
export const kafkaRules: BuiltInRule[] = [
  kafka(
    "election",
    "Leader or coordinator moving",
    {
      code: `LEADER_NOT_AVAILABLE NOT_LEADER_FOR_PARTITION NOT_LEADER_OR_FOLLOWER
        GROUP_COORDINATOR_NOT_AVAILABLE COORDINATOR_NOT_AVAILABLE NOT_COORDINATOR_FOR_GROUP
        NOT_COORDINATOR GROUP_LOAD_IN_PROGRESS COORDINATOR_LOAD_IN_PROGRESS NOT_CONTROLLER
        NOT_ENOUGH_REPLICAS NOT_ENOUGH_REPLICAS_AFTER_APPEND REPLICA_NOT_AVAILABLE
        BROKER_NOT_AVAILABLE KAFKA_STORAGE_ERROR LISTENER_NOT_FOUND PREFERRED_LEADER_NOT_AVAILABLE
        ELIGIBLE_LEADERS_NOT_AVAILABLE OFFSET_NOT_AVAILABLE`,
    },
    "dependency-down",
    "environment",
  ),
  num(
    "election-number",
    "Leader or coordinator moving",
    { code: ["5", "6", "8", "9", "14", "15", "16", "19", "20", "41", "56", "72", "78", "80"] },
    "dependency-down",
    "environment",
  ),
  kafka(
    "transient",
    "Broker asks to try again",
    {
      code: `NETWORK_EXCEPTION CORRUPT_MESSAGE REBALANCE_IN_PROGRESS ILLEGAL_GENERATION UNKNOWN_MEMBER_ID
        CONCURRENT_TRANSACTIONS FETCH_SESSION_ID_NOT_FOUND INVALID_FETCH_SESSION_EPOCH
        FENCED_LEADER_EPOCH UNKNOWN_LEADER_EPOCH STALE_CONTROLLER_EPOCH REASSIGNMENT_IN_PROGRESS
        OPERATION_NOT_ATTEMPTED UNSTABLE_OFFSET_COMMIT MEMBER_ID_REQUIRED ERR__TRANSPORT
        ERR__QUEUE_FULL ERR__RETRY ERR__WAIT_COORD ERR__DESTROY ERR__PARTITION_EOF`,
    },
    "transient",
    "environment",
  ),
  num(
    "transient-number",
    "Broker asks to try again",
    {
      code: "2 11 13 22 25 27 51 55 60 70 71 74 75 79 88 -195 -184",
    },
    "transient",
    "environment",
  ),
  kafka(
    "timeout",
    "Broker timed out",
    { code: ["REQUEST_TIMED_OUT", "ERR__TIMED_OUT", "ERR__MSG_TIMED_OUT", "ERR__TIMED_OUT_QUEUE"] },
    "timeout",
    "environment",
  ),
  num(
    "timeout-number",
    "Broker timed out",
    { code: ["7", "-185", "-192", "-166"] },
    "timeout",
    "environment",
  ),
  kafka(
    "timeout-name",
    "Broker timed out",
    { errorName: ["KafkaJSRequestTimeoutError", "KafkaJSLockTimeout"] },
    "timeout",
    "environment",
  ),
  kafka(
    "brokers-down",
    "All brokers down",
    { code: ["ERR__ALL_BROKERS_DOWN", "ERR__RESOLVE"] },
    "dependency-down",
    "environment",
  ),
  num(
    "brokers-down-number",
    "All brokers down",
    { code: ["-187", "-193"] },
    "dependency-down",
    "environment",
  ),
  kafka(
    "broker-name",
    "Broker unreachable",
    {
      errorName: `KafkaJSBrokerNotFound KafkaJSGroupCoordinatorNotFound KafkaJSConnectionError
        KafkaJSConnectionClosedError KafkaJSNumberOfRetriesExceeded
        KafkaJSStaleTopicMetadataAssignment KafkaJSMetadataNotLoaded`,
    },
    "dependency-down",
    "environment",
  ),
  kafka(
    "throttled",
    "Quota of the broker",
    { code: ["THROTTLING_QUOTA_EXCEEDED"] },
    "rate-limited",
    "environment",
  ),
  kafka(
    "too-large",
    "Message too large or refused",
    {
      code: `MESSAGE_TOO_LARGE RECORD_LIST_TOO_LARGE INVALID_RECORD INVALID_TIMESTAMP
        OFFSET_METADATA_TOO_LARGE ERR__MSG_SIZE_TOO_LARGE ERR_MSG_SIZE_TOO_LARGE POLICY_VIOLATION`,
    },
    "invalid-input",
    "data",
    { byPeer: false },
  ),
  num(
    "too-large-number",
    "Message too large or refused",
    { code: ["10", "12", "18", "32", "44", "87"] },
    "invalid-input",
    "data",
    { byPeer: false },
  ),
  kafka(
    "topic",
    "Topic missing",
    { code: ["UNKNOWN_TOPIC_OR_PARTITION", "ERR__UNKNOWN_TOPIC", "ERR__UNKNOWN_PARTITION"] },
    "transient",
    "environment",
    { source: "kafkajs src/protocol/error.js: retriable while metadata spreads" },
  ),
  num("topic-number", "Topic missing", { code: ["3"] }, "transient", "environment"),
  kafka(
    "fenced",
    "Producer or transaction fenced",
    {
      code: `INVALID_PRODUCER_EPOCH PRODUCER_FENCED OUT_OF_ORDER_SEQUENCE_NUMBER UNKNOWN_PRODUCER_ID
        INVALID_TXN_STATE INVALID_PRODUCER_ID_MAPPING DUPLICATE_SEQUENCE_NUMBER
        TRANSACTION_COORDINATOR_FENCED FENCED_INSTANCE_ID`,
    },
    "permanent",
    "environment",
    { byPeer: false },
  ),
  num(
    "fenced-number",
    "Producer or transaction fenced",
    { code: ["45", "46", "47", "48", "49", "52", "59", "82", "90"] },
    "permanent",
    "environment",
    { byPeer: false },
  ),
  kafka(
    "denied",
    "Not authorized or not authenticated",
    {
      code: `TOPIC_AUTHORIZATION_FAILED GROUP_AUTHORIZATION_FAILED CLUSTER_AUTHORIZATION_FAILED
        TRANSACTIONAL_ID_AUTHORIZATION_FAILED SASL_AUTHENTICATION_FAILED UNSUPPORTED_SASL_MECHANISM
        ILLEGAL_SASL_STATE DELEGATION_TOKEN_EXPIRED SECURITY_DISABLED ERR__AUTHENTICATION`,
    },
    "permanent",
    "environment",
    { byPeer: false },
  ),
  num(
    "denied-number",
    "Not authorized or not authenticated",
    { code: ["29", "30", "31", "33", "34", "53", "54", "58", "65", "66", "-169"] },
    "permanent",
    "environment",
    { byPeer: false },
  ),
  kafka(
    "denied-name",
    "Not authenticated",
    { errorName: ["KafkaJSSASLAuthenticationError"] },
    "permanent",
    "environment",
    { byPeer: false },
  ),
  kafka(
    "settings",
    "Settings refused",
    {
      code: `INVALID_TOPIC_EXCEPTION INVALID_REPLICATION_FACTOR INVALID_PARTITIONS INVALID_CONFIG
        INVALID_REQUIRED_ACKS INVALID_GROUP_ID INVALID_SESSION_TIMEOUT UNSUPPORTED_VERSION
        UNSUPPORTED_FOR_MESSAGE_FORMAT UNSUPPORTED_COMPRESSION_TYPE INCONSISTENT_GROUP_PROTOCOL
        OFFSET_OUT_OF_RANGE TOPIC_ALREADY_EXISTS GROUP_ID_NOT_FOUND`,
    },
    "permanent",
    "environment",
    { byPeer: false },
  ),
  num(
    "settings-number",
    "Settings refused",
    { code: ["1", "17", "21", "23", "24", "26", "35", "36", "37", "38", "39", "40", "43", "50", "69", "76"] },
    "permanent",
    "environment",
    { byPeer: false },
  ),
  kafka(
    "wrong-use",
    "Wrong use of the client",
    {
      errorName: "KafkaJSNonRetriableError KafkaJSNotImplemented KafkaJSUnsupportedMagicByteInMessageSet",
    },
    "bug",
    "code",
    { byPeer: false },
  ),
  kafka(
    "election-words",
    "Leader or coordinator moving",
    {
      messagePattern: [
        "in the middle of a leadership election",
        "not the leader for that topic-partition",
        "group coordinator is not available",
        "not the correct coordinator for this group",
        "fewer in-sync replicas than required",
        "all broker connections are down",
        "no leader for this topic-partition",
      ],
    },
    "dependency-down",
    "environment",
  ),
  kafka(
    "topic-words",
    "Broker asks to try again",
    {
      messagePattern: [
        "this server does not host this topic-partition",
        "the group is rebalancing",
        "local: broker transport failure",
        "local: queue full",
      ],
    },
    "transient",
    "environment",
  ),
];

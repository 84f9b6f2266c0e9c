import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const amqpNum = ruleFamily("amqp", "AMQP 0-9-1 specification, reply codes; amqplib lib/defs.js", {
  protocol: "amqp",
});
const amqp = ruleFamily("amqp", "RabbitMQ documentation: channels and connections; amqplib");

/** AMQP 0-9-1 (RabbitMQ) by reply code and words. */
export const amqpRules: BuiltInRule[] = [
  amqpNum("forced", "Broker closed the connection", { code: ["320"] }, "dependency-down", "environment", {
    byPeer: true,
  }),
  amqpNum(
    "internal",
    "Broker failed or is short of resources",
    { code: ["506", "541"] },
    "transient",
    "environment",
    { byPeer: true },
  ),
  amqpNum("locked", "Queue locked by another", { code: ["405"] }, "transient", "environment"),
  amqpNum("no-route", "Nothing to route to", { code: ["312", "313", "404"] }, "permanent", "environment", {
    remediation: "Declare the queue or exchange, or correct its name.",
  }),
  amqpNum("too-large", "Message too large", { code: ["311"] }, "invalid-input", "data"),
  amqpNum("access", "Access refused", { code: ["402", "403", "530"] }, "permanent", "environment"),
  amqpNum("declared", "Declared otherwise already", { code: ["406"] }, "permanent", "environment", {
    remediation: "The queue exists with other arguments: delete it or declare it alike.",
  }),
  amqpNum(
    "protocol",
    "Protocol used wrongly",
    { code: ["501", "502", "503", "504", "505", "540"] },
    "bug",
    "code",
  ),
  amqp(
    "forced-words",
    "Broker closed the connection",
    {
      messagePattern: [
        "connection_forced",
        "connection-forced",
        "connection closed: 320",
        "broker forced connection closure",
      ],
    },
    "dependency-down",
    "environment",
    { byPeer: true },
  ),
  amqp(
    "ack-timeout",
    "Delivery not acknowledged in time",
    { messagePattern: ["delivery acknowledgement on channel \\d+ timed out"] },
    "timeout",
    "code",
    { source: "RabbitMQ documentation: consumer acknowledgement timeout" },
  ),
  amqp(
    "declared-words",
    "Declared otherwise already",
    {
      messagePattern: [
        "precondition[_-]failed - inequivalent arg",
        "precondition[_-]failed - unknown delivery tag",
        "inequivalent arg",
      ],
    },
    "permanent",
    "environment",
  ),
  amqp(
    "missing-words",
    "Queue or exchange missing",
    {
      messagePattern: [
        "not[_-]found - no (queue|exchange|binding)",
        "no (queue|exchange) '.{1,130}' in vhost",
      ],
    },
    "permanent",
    "environment",
  ),
  amqp(
    "access-words",
    "Access refused",
    {
      messagePattern: [
        "access_refused",
        "access-refused",
        "not[_-]allowed - (access to )?vhost",
        "login was refused using authentication mechanism",
      ],
    },
    "permanent",
    "environment",
  ),
  amqp(
    "locked-words",
    "Queue locked by another",
    {
      messagePattern: [
        "resource_locked",
        "resource-locked",
        "cannot obtain exclusive access to locked queue",
      ],
    },
    "transient",
    "environment",
  ),
  amqp(
    "closed",
    "Channel or connection closed",
    {
      errorName: ["IllegalOperationError"],
      messagePattern: ["channel closed", "connection closed", "channel closing", "connection closing"],
    },
    "transient",
    "environment",
    { byPeer: true },
  ),
  amqp(
    "closed-words",
    "Connection closed",
    {
      messagePattern: [
        "heartbeat timeout",
        "unexpected close",
        "socket closed abruptly during opening handshake",
        "channel ended, no reply will be forthcoming",
        "connection ended, no reply",
      ],
    },
    "transient",
    "environment",
    { byPeer: true },
  ),
];

import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const aws = ruleFamily("aws", "AWS API references: common errors and errors of the service");

/** AWS accounts, keys and regions by exception name, and what AWS says in words. */
export const awsAccountRules: BuiltInRule[] = [
  aws(
    "quota",
    "Quota of the account",
    {
      code: `ServiceQuotaExceededException ServiceQuotaExceeded QuotaExceededException LimitExceeded
        TooManyBuckets AddressLimitExceeded InstanceLimitExceeded VcpuLimitExceeded
        PolicyLimitExceeded`,
    },
    "permanent",
    "environment",
    { remediation: "Ask for a higher quota of the account, or remove what is not needed." },
  ),
  aws(
    "sending",
    "Sending paused or not verified",
    {
      code: `AccountSendingPausedException MailFromDomainNotVerifiedException
        ConfigurationSetDoesNotExist ConfigurationSetDoesNotExistException AccountSuspendedException`,
    },
    "permanent",
    "environment",
  ),
  aws(
    "kms",
    "Key disabled or in a wrong state",
    {
      code: `KMSDisabledException KMSDisabled DisabledException KMSInvalidStateException KMSInvalidState
        KMSInvalidStateException KMSNotFoundException KMSOptInRequired InvalidObjectState
        RestoreAlreadyInProgress SubscriptionRequiredException`,
    },
    "permanent",
    "environment",
  ),
  aws(
    "action",
    "Action unknown",
    {
      code: `InvalidAction UnknownOperationException UnsupportedOperation UnsupportedOperationException
        MethodNotAllowed NotImplemented`,
    },
    "permanent",
    "code",
  ),
  aws(
    "redirect",
    "Wrong region or endpoint",
    {
      code: `PermanentRedirect AuthorizationHeaderMalformed IllegalLocationConstraintException
        UnknownEndpoint ConfigError`,
    },
    "permanent",
    "environment",
  ),
  aws(
    "multipart",
    "Connection lost while sending",
    { code: ["IncompleteBody", "RequestAbortedException", "NetworkingError"] },
    "transient",
    "environment",
    { byPeer: true },
  ),
  aws(
    "throttled-words",
    "Throttled",
    {
      messagePattern: [
        "rate exceeded",
        "please reduce your request rate",
        "the level of configured provisioned throughput for the table was exceeded",
        "maximum sending rate exceeded",
        "reduce your rate of requests",
        "request rate (is )?too (high|large)",
        "throttl(ing|ed) exception",
      ],
    },
    "rate-limited",
    "third-party",
  ),
  aws(
    "quota-words",
    "Daily quota spent",
    { messagePattern: ["daily message quota exceeded", "daily sending quota exceeded"] },
    "rate-limited",
    "third-party",
    { source: "Amazon SES: sending quotas reset over 24 hours" },
  ),
  aws(
    "credentials-words",
    "No credentials found",
    {
      messagePattern: [
        "could not load credentials from any providers",
        "unable to locate credentials",
        "missing credentials in config",
        "the security token included in the request is invalid",
        "is not authorized to perform",
      ],
    },
    "permanent",
    "environment",
  ),
  aws(
    "token-words",
    "Session credentials ran out",
    {
      messagePattern: [
        "the security token included in the request is expired",
        "the provided token has expired",
      ],
    },
    "transient",
    "environment",
  ),
  aws(
    "condition-words",
    "Condition not met",
    { messagePattern: ["the conditional request failed"] },
    "permanent",
    "data",
  ),
];

import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const google = ruleFamily(
  "google",
  "Google Cloud APIs error model; Cloud Storage retry strategy; Drive, Gmail and YouTube: resolve errors",
);
const azure = ruleFamily(
  "azure",
  "Azure REST error codes: Storage, Service Bus, Cosmos DB, Resource Manager; Azure core exponentialRetryStrategy",
);

/** Google APIs by `reason` and status name; Azure by error code. */
export const googleAndAzureRules: BuiltInRule[] = [
  google(
    "rate",
    "Rate or daily limit",
    {
      code: `rateLimitExceeded userRateLimitExceeded quotaExceeded dailyLimitExceeded
        concurrentLimitExceeded sharingRateLimitExceeded uploadLimitExceeded
        RATE_LIMIT_EXCEEDED variableTermLimitExceeded servingLimitExceeded dailyLimitExceededUnreg
        jobRateLimitExceeded`,
    },
    "rate-limited",
    "third-party",
  ),
  google(
    "billing",
    "Billing or plan",
    {
      code: `billingNotEnabled BILLING_DISABLED billingTierLimitExceeded accountDisabled
        accessNotConfigured SERVICE_DISABLED storageQuotaExceeded teamDriveFileLimitExceeded
        CONSUMER_SUSPENDED CONSUMER_INVALID BILLING_NOT_ACTIVE projectSuspended domainPolicy`,
    },
    "permanent",
    "environment",
    { remediation: "Enable the service or its billing for the project." },
  ),
  google(
    "backend",
    "Backend error",
    {
      code: "backendError backendNotConnected jobBackendError jobInternalError transient stopped",
    },
    "transient",
    "third-party",
  ),
  google(
    "auth",
    "Credentials refused",
    {
      code: `authError API_KEY_INVALID keyInvalid keyExpired API_KEY_SERVICE_BLOCKED
        insufficientPermissions ACCESS_TOKEN_SCOPE_INSUFFICIENT ipRefererBlocked
        insufficientFilePermissions appNotAuthorizedToFile ACCESS_TOKEN_EXPIRED CREDENTIALS_MISSING
        IAM_PERMISSION_DENIED forbiddenForServiceAccounts delegationDenied CONSUMER_NOT_FOUND`,
    },
    "permanent",
    "environment",
  ),
  google(
    "invalid",
    "Request refused",
    {
      code: `invalidParameter badRequest parseError required invalidQuery invalidSharingRequest
        invalidValue uploadTooLarge responseTooLarge`,
    },
    "invalid-input",
    "data",
  ),
  google(
    "gone",
    "Not there any more",
    {
      code: `notFound deleted fullSyncRequired UNREGISTERED SENDER_ID_MISMATCH
        messaging/registration-token-not-registered messaging/invalid-registration-token`,
    },
    "permanent",
    "data",
    { source: "Firebase Cloud Messaging error codes; Calendar API: handle errors" },
  ),
  google("duplicate", "Exists already", { code: ["duplicate", "alreadyExists"] }, "permanent", "data"),
  google(
    "fcm",
    "Messaging unavailable",
    { code: ["messaging/server-unavailable", "messaging/internal-error"] },
    "dependency-down",
    "third-party",
  ),
  google(
    "fcm-rate",
    "Messaging rate",
    {
      code: `messaging/message-rate-exceeded messaging/device-message-rate-exceeded
        messaging/topics-message-rate-exceeded QUOTA_EXCEEDED`,
    },
    "rate-limited",
    "third-party",
  ),
  google(
    "quota-words",
    "Quota a minute or a day",
    {
      messagePattern: [
        "quota exceeded for quota metric",
        "quota exceeded for quota group",
        "user-rate limit exceeded",
        "user rate limit exceeded",
        "rate limit exceeded",
        "per minute per (user|project)",
        "per day per (user|project)",
        "calendar usage limits exceeded",
        "too many concurrent requests for user",
      ],
    },
    "rate-limited",
    "third-party",
  ),
  google(
    "disabled-words",
    "Service not enabled",
    {
      messagePattern: [
        "has not been used in project .{1,60} before or it is disabled",
        "this api method requires billing to be enabled",
        "could not load the default credentials",
        "has been suspended",
      ],
    },
    "permanent",
    "environment",
  ),

  azure(
    "throttled",
    "Throttled",
    {
      code: `TooManyRequests RequestRateTooLarge ThrottlingError SubscriptionRequestsThrottled
        ResourceCollectionRequestsThrottled RequestsThrottled activityLimitReached`,
    },
    "rate-limited",
    "third-party",
  ),
  azure(
    "busy",
    "Server busy",
    {
      code: `ServerBusy ServerBusyError ServiceCommunicationError ServiceCommunicationProblem
        ServerTimeout AccountBeingCreated ServiceTimeout ServerNotAvailable`,
    },
    "dependency-down",
    "third-party",
  ),
  azure(
    "timeout",
    "Operation timed out",
    { code: ["OperationTimedOut", "OperationTimeoutError", "ServiceTimeoutError", "GatewayTimeout"] },
    "timeout",
    "third-party",
  ),
  azure(
    "transient",
    "Lease, lock or concurrent change",
    {
      code: `LeaseAlreadyPresent LeaseIdMissing LeaseLost LeaseIsBreakingAndCannotBeAcquired
        SnapshotInProgress PendingCopyOperation BlobBeingRehydrated EntityGroupTransactionConflict
        ContainerBeingDeleted QueueBeingDeleted TableBeingDeleted ShareBeingDeleted
        AnotherOperationInProgress RetryableError MessageLockLost MessageLockLostError
        SessionLockLost SessionLockLostError SessionCannotBeLocked SessionCannotBeLockedError
        StoreLockLost LinkDetachError InternalServerErrorError InternalOperationError
        REQUEST_SEND_ERROR SERVICE_BUSY`,
    },
    "transient",
    "third-party",
    {
      source:
        "Azure Service Bus messaging exceptions; @azure/core-amqp retryableErrors; Blob service error codes",
    },
  ),
  azure(
    "token",
    "Access token expired",
    { code: ["ExpiredAuthenticationToken"] },
    "transient",
    "environment",
    { source: "@azure/identity renews access tokens by itself" },
  ),
  azure(
    "auth",
    "Credentials or right refused",
    {
      code: `InvalidAuthenticationInfo AuthorizationFailed AuthorizationFailure
        AuthorizationPermissionMismatch InsufficientAccountPermissions InvalidAuthenticationToken
        LinkedAuthorizationFailed UnauthorizedError UnauthorizedAccess AccountIsDisabled
        NoAuthenticationInformation CredentialUnavailableError AuthenticationRequiredError
        AggregateAuthenticationError DisallowedOperation ReadOnlyDisabledSubscription
        SubscriptionNotFound InvalidSubscriptionId`,
    },
    "permanent",
    "environment",
  ),
  azure(
    "missing",
    "Resource not found",
    {
      code: `BlobNotFound ContainerNotFound ResourceGroupNotFound QueueNotFound TableNotFound
        EntityNotFound MessageNotFound ShareNotFound MessagingEntityNotFound
        MessagingEntityNotFoundError SecretNotFound KeyNotFound VaultNotFound DeploymentNotFound
        ParentNotFound`,
    },
    "permanent",
    "data",
  ),
  azure(
    "condition",
    "Condition not met or exists",
    {
      code: `ConditionNotMet TargetConditionNotMet SourceConditionNotMet UpdateConditionNotSatisfied
        BlobAlreadyExists ContainerAlreadyExists EntityAlreadyExists ResourceAlreadyExists
        MessagingEntityAlreadyExists MessagingEntityAlreadyExistsError MessagingEntityDisabled
        MessagingEntityDisabledError BlobArchived BlobImmutableDueToPolicy`,
    },
    "permanent",
    "data",
  ),
  azure(
    "invalid",
    "Request refused",
    {
      code: `InvalidQueryParameterValue OutOfRangeQueryParameterValue InvalidHeaderValue InvalidUri
        InvalidXmlDocument RequestBodyTooLarge InvalidBlobOrBlock InvalidBlockList
        PropertyValueTooLarge MessageSizeExceeded MessageSizeExceededError MessageTooLarge
        InvalidResourceName InvalidRequestContent InvalidTemplate ArgumentError
        ArgumentOutOfRangeError PropertiesNeedValue`,
    },
    "invalid-input",
    "data",
  ),
  azure(
    "quota",
    "Quota of the subscription",
    {
      code: `SkuNotAvailable OperationNotAllowed ResourceQuotaExceeded AccountQuotaExceeded
        SubscriptionQuotaExceeded`,
    },
    "permanent",
    "environment",
    { weak: true },
  ),
  azure(
    "namespace-quota",
    "Entity is full",
    { code: ["QuotaExceeded"], messagePattern: ["maximum entity size", "size quota", "storage quota"] },
    "permanent",
    "environment",
  ),
  azure(
    "login-words",
    "Credentials refused",
    {
      messagePattern: [
        "aadsts7000215",
        "aadsts7000222",
        "aadsts700016",
        "aadsts70011",
        "aadsts90002",
        "aadsts50034",
        "aadsts50126",
        "aadsts700082",
        "aadsts70008",
        "aadsts65001",
      ],
    },
    "permanent",
    "environment",
    { source: "Microsoft Entra authentication error codes" },
  ),
  azure(
    "login-again",
    "Login service asks to try again",
    { messagePattern: ["aadsts90033", "aadsts90006", "aadsts50196", "aadsts90055", "aadsts90010"] },
    "transient",
    "third-party",
  ),
];

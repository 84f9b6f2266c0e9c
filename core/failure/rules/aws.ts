import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const retry = ruleFamily("aws", "smithy-typescript packages/service-error-classification/src/constants.ts");
const aws = ruleFamily("aws", "AWS API references: common errors and errors of the service");

/** AWS services by exception name: throttling, conflicts, credentials, missing and invalid things. */
export const awsRules: BuiltInRule[] = [
  retry(
    "throttled",
    "Throttled",
    {
      code: `BandwidthLimitExceeded EC2ThrottledException LimitExceededException PriorRequestNotComplete
        ProvisionedThroughputExceededException ProvisionedThroughputExceeded RequestLimitExceeded
        RequestThrottled RequestThrottledException SlowDown ThrottledException Throttling
        ThrottlingException TooManyRequestsException ReduceYourRequestRate KMSThrottlingException
        LambdaThrottledException CodeInvocationsThrottled SNSThrottled Throttled OverLimit`,
    },
    "rate-limited",
    "third-party",
    { remediation: "Lower the rate limit of this dependency, or have the quota raised." },
  ),
  retry(
    "transaction",
    "Transaction in progress",
    {
      code: `TransactionInProgressException TransactionConflictException ConcurrentModificationException
        ConcurrentModification ConflictException OperationAbortedException OperationAborted
        ResourceInUseException ResourceConflictException ReplicatedWriteConflictException
        TransactionConflict`,
    },
    "transient",
    "third-party",
    {
      source:
        "smithy constants.ts; DynamoDB error handling: TransactionConflict; S3 OperationAborted; Lambda ResourceConflict",
    },
  ),
  aws(
    "transaction-cancelled",
    "Transaction cancelled by a conflict",
    {
      code: ["TransactionCanceledException"],
      messagePattern: ["transactionconflict", "throttlingerror", "provisionedthroughputexceeded"],
    },
    "transient",
    "third-party",
  ),
  aws(
    "transaction-check",
    "Transaction cancelled by a condition",
    { code: ["TransactionCanceledException"] },
    "permanent",
    "data",
  ),
  retry(
    "timeout",
    "Request timed out",
    {
      code: `RequestTimeout RequestTimeoutException TimeoutException ServiceTimeoutException
        ModelTimeoutException`,
    },
    "timeout",
    "third-party",
  ),
  retry(
    "clock",
    "Clock skew",
    { code: ["RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed"] },
    "transient",
    "environment",
    { remediation: "The clients correct the skew; set the clock of the host when it goes on." },
  ),
  aws(
    "token-renewed",
    "Session credentials ran out",
    { code: ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "CredentialsExpired"] },
    "transient",
    "environment",
    { source: "AWS SDK credential providers renew expired session credentials" },
  ),
  aws(
    "credentials",
    "Credentials refused",
    {
      code: `InvalidClientTokenId UnrecognizedClientException SignatureDoesNotMatch
        InvalidSignatureException AuthFailure InvalidAccessKeyId IncompleteSignature
        MissingAuthenticationToken MissingAuthenticationTokenException InvalidSecurity InvalidToken
        CredentialsProviderError CredentialsError NotAuthorizedException AccountProblem
        OptInRequired InvalidPayer TokenProviderError`,
    },
    "permanent",
    "environment",
    { remediation: "Correct the AWS credentials or the role of the worker." },
  ),
  aws(
    "denied",
    "Access denied",
    {
      code: `AccessDenied AccessDeniedException UnauthorizedOperation AuthorizationError
        AuthorizationErrorException UnauthorizedException KMSAccessDeniedException AllAccessDisabled
        ForbiddenException`,
    },
    "permanent",
    "environment",
    { weak: true, remediation: "Add the right to the policy of the worker's role." },
  ),
  aws(
    "unavailable",
    "Service unavailable",
    {
      code: `ServiceUnavailable ServiceUnavailableException ServiceUnavailableError DependencyUnavailable
        ServerUnavailable ModelNotReadyException EC2UnexpectedException ENILimitReachedException
        InsufficientInstanceCapacity InsufficientCapacityException CapacityNotAvailable`,
    },
    "dependency-down",
    "third-party",
  ),
  aws(
    "internal",
    "Internal error of the service",
    {
      code: `InternalFailure InternalError InternalServerError InternalServerException
        InternalServiceError InternalServiceErrorException InternalServiceException ServiceException
        ServiceFailureException ServerException KMSInternalException KMSInternal DependencyTimeout
        DependencyTimeoutException ModelErrorException ModelStreamErrorException
        InternalErrorException`,
    },
    "transient",
    "third-party",
  ),
  aws(
    "condition",
    "Condition not met",
    {
      code: `ConditionalCheckFailedException ConditionalCheckFailed PreconditionFailed
        PreconditionFailedException IdempotentParameterMismatchException IdempotentParameterMismatch`,
    },
    "permanent",
    "data",
  ),
  aws(
    "missing",
    "Resource not found",
    {
      code: `ResourceNotFoundException ResourceNotFound NoSuchKey NoSuchBucket NoSuchUpload NoSuchVersion
        NoSuchEntity NoSuchEntityException NotFoundException QueueDoesNotExist
        AWS.SimpleQueueService.NonExistentQueue QueueDeletedRecently ParameterNotFound
        StateMachineDoesNotExist ExecutionDoesNotExist TableNotFoundException TopicNotFound
        EndpointDisabled EndpointDisabledException UserNotFoundException NoSuchHostedZone
        NoSuchDistribution DBInstanceNotFound InvalidInstanceID.NotFound ReceiptHandleIsInvalid
        FunctionNotFound`,
    },
    "permanent",
    "data",
  ),
  aws(
    "exists",
    "Resource exists already",
    {
      code: `ResourceAlreadyExistsException BucketAlreadyExists BucketAlreadyOwnedByYou
        EntityAlreadyExists EntityAlreadyExistsException QueueAlreadyExists QueueNameExists
        ExecutionAlreadyExists AlreadyExistsException UsernameExistsException
        ResourceExistsException AliasExistsException`,
    },
    "permanent",
    "data",
  ),
  aws(
    "invalid",
    "Request refused as invalid",
    {
      code: `ValidationException InvalidParameterValue InvalidParameterException
        InvalidParameterValueException InvalidParameterCombination MissingParameter InvalidParameter
        InvalidRequestException MalformedQueryString SerializationException InvalidQueryParameter
        InvalidInput InvalidArgument InvalidArgumentException InvalidMessageContents
        BatchRequestTooLong EntityTooLarge EntityTooSmall InvalidDigest BadDigest KeyTooLongError
        MalformedXML InvalidPart InvalidPartOrder InvalidRange MetadataTooLarge
        RequestTooLargeException RequestEntityTooLargeException
        ItemCollectionSizeLimitExceededException UnsupportedMediaTypeException
        InvalidRequestContentException MessageRejected InvalidBucketName PayloadTooLargeException
        InvalidAddress CodeMismatchException InvalidPasswordException`,
    },
    "invalid-input",
    "data",
  ),
];

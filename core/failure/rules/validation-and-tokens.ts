import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const check = ruleFamily(
  "validation",
  "Zod, Ajv, Joi, Yup, class-validator, Valibot, superstruct: their error names",
);
const token = ruleFamily(
  "token",
  "RFC 6749 section 5.2; RFC 6750 section 3.1; jsonwebtoken and jose error names",
);

/** Libraries that check input, and tokens of OAuth and JWT. */
export const validationAndTokenRules: BuiltInRule[] = [
  check(
    "name",
    "Input against its schema",
    {
      errorName: `ZodError $ZodError ValidationError ValidationException Ajv.ValidationError JoiError YupError
        ValiError StructError ArktypeError TraversalError SchemaValidationError InvalidInputError
        InvalidPayloadError UserInputError ParseError JsonSchemaValidationError SchemaError
        DecodeError ArgumentError InvalidArgumentError InvalidArgumentException BadRequestError
        BadRequestException UnprocessableEntityError UnprocessableEntityException
        SequelizeValidationError SequelizeUniqueConstraintError SequelizeForeignKeyConstraintError
        UniqueConstraintError ForeignKeyConstraintError UniqueViolationError NotNullViolationError
        ForeignKeyViolationError CheckViolationError PayloadTooLargeError PayloadTooLargeException`,
    },
    "invalid-input",
    "data",
    { remediation: "Correct the payload, then retry." },
  ),
  check(
    "code",
    "Input against its schema",
    {
      code: `ERR_VALIDATION VALIDATION_FAILED FST_ERR_VALIDATION BAD_USER_INPUT GRAPHQL_VALIDATION_FAILED
        GRAPHQL_PARSE_FAILED ERR_INVALID_PAYLOAD SCHEMA_VALIDATION_FAILED invalid_payload
        INVALID_INPUT invalid_input BAD_REQUEST`,
    },
    "invalid-input",
    "data",
  ),
  check(
    "issues",
    "Input against its schema",
    {
      code: `invalid_type invalid_string invalid_enum_value unrecognized_keys too_small too_big
        invalid_union invalid_literal invalid_format`,
    },
    "invalid-input",
    "data",
    { source: "Zod documentation: issue codes" },
  ),
  check(
    "words",
    "Input against its schema",
    {
      messagePattern: [
        "must have required property",
        "must not have additional properties",
        "must match (pattern|format|exactly one schema)",
        "must be (string|number|integer|boolean|object|array|null)",
        "must not have (fewer|more) than",
        "must be equal to one of the allowed values",
        "schema validation (failed|error)",
        "data/.{1,120} must",
        "is a required field",
        "is not allowed to be empty",
        "fails to match the required pattern",
        "invalid (input|option): expected",
        "validation failed",
        "validation error",
        "does not match schema",
        "invalid email( address)?",
        "invalid payload",
        "malformed (payload|request|input)",
        "missing required (field|parameter|argument|property)",
        "expected .{1,60}, received",
      ],
    },
    "invalid-input",
    "data",
  ),

  token(
    "renewed",
    "Access token expired, renewed by the client",
    {
      messagePattern: ["access token (has )?expired.{0,80}(refresh|renew)", "refreshing (the )?access token"],
    },
    "transient",
    "environment",
  ),
  token(
    "grant",
    "Grant or client refused",
    {
      code: `invalid_grant invalid_client unauthorized_client unsupported_grant_type invalid_scope
        insufficient_scope consent_required interaction_required login_required invalid_token`,
    },
    "permanent",
    "environment",
    { remediation: "Have the owner grant access again, or correct the client's secret." },
  ),
  token(
    "busy",
    "Login service unavailable",
    { code: ["temporarily_unavailable"] },
    "dependency-down",
    "third-party",
  ),
  token(
    "slow",
    "Asked to poll more slowly",
    { code: ["authorization_pending"] },
    "transient",
    "third-party",
    { source: "RFC 8628 section 3.5" },
  ),
  token(
    "jwt-name",
    "Token refused",
    {
      errorName: `TokenExpiredError JsonWebTokenError NotBeforeError JWTExpired JWTInvalid
        JWTClaimValidationFailed JWSSignatureVerificationFailed JWSInvalid JWEDecryptionFailed
        JWKSNoMatchingKey InvalidTokenError UnauthorizedError`,
    },
    "permanent",
    "environment",
  ),
  token(
    "jwt-code",
    "Token refused",
    {
      code: `ERR_JWT_EXPIRED ERR_JWT_INVALID ERR_JWT_CLAIM_VALIDATION_FAILED
        ERR_JWS_SIGNATURE_VERIFICATION_FAILED ERR_JWS_INVALID ERR_JWKS_NO_MATCHING_KEY
        ERR_JWE_DECRYPTION_FAILED INVALID_ACCESS_TOKEN UNAUTHORIZED FORBIDDEN`,
    },
    "permanent",
    "environment",
    { weak: true },
  ),
  token("jwks", "Key set did not come in time", { code: ["ERR_JWKS_TIMEOUT"] }, "timeout", "third-party"),
  token(
    "words",
    "Token refused",
    {
      messagePattern: [
        "jwt (expired|malformed|not active)",
        "invalid signature",
        "invalid (access|refresh|bearer) token",
        "(access|refresh|bearer|api) token (has |is |was )?(been )?(expired|revoked|invalid)",
        "token (has been|was|is) (expired|revoked|invalid)",
        "token has expired",
        "(credentials?|password|secret|session|key) ((has|have|is|are|was|were) )?(been )?expired",
        "(credentials?|password|secret|session|key) ((has|have|is|are|was|were) )?(been )?revoked",
        "(credentials?|password|secret|session|key) ((has|have|is|are|was|were) )?(been )?disabled",
        "invalid credentials",
        "authentication failed",
        "login failed",
        "invalid (username or password|client secret)",
        "account (has been |is |was )?(disabled|suspended|locked|closed|deactivated)",
      ],
    },
    "permanent",
    "environment",
  ),
];

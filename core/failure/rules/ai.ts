import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const ai = ruleFamily(
  "ai",
  "openai-node src/client.ts shouldRetry and OpenAI error codes guide; Anthropic API errors; Gemini troubleshooting",
);

/** OpenAI, Anthropic, Gemini and services that speak like them. */
export const aiRules: BuiltInRule[] = [
  ai(
    "plan",
    "Plan or credit used up",
    {
      code: `insufficient_quota billing_hard_limit_reached billing_not_active billing_error
        account_deactivated credit_balance_too_low`,
    },
    "permanent",
    "environment",
    { remediation: "Add credit or raise the plan, then retry." },
  ),
  ai(
    "plan-words",
    "Plan or credit used up",
    {
      messagePattern: [
        "exceeded your current quota",
        "check your plan and billing details",
        "credit balance is too low",
        "billing hard limit has been reached",
        "account is not active",
        "your account has been deactivated",
        "insufficient (credits?|balance)",
        "out of credits?",
        "payment (is )?required",
        "subscription (has )?(expired|lapsed|ended)",
        "trial (has )?(expired|ended)",
        "plan limit (reached|exceeded)",
        "upgrade your plan",
        "monthly (spend|usage|request) limit",
        "spending limit",
      ],
    },
    "permanent",
    "environment",
    { remediation: "Add credit or raise the plan, then retry." },
  ),
  ai(
    "rate",
    "Rate limited",
    { code: ["rate_limit_exceeded", "rate_limit_error", "rate_limit_reached", "requests", "tokens"] },
    "rate-limited",
    "third-party",
  ),
  ai(
    "rate-words",
    "Rate limited",
    {
      messagePattern: [
        "rate limit reached for",
        "number of request tokens has exceeded your",
        "tokens per min",
        "requests per min",
        "exceed(s|ed)? (your|the) (organization's )?rate limit",
        "exceeded your .{0,60}rate limit",
        "exceeded call rate limit",
        "exceeded token rate limit",
      ],
    },
    "rate-limited",
    "third-party",
  ),
  ai(
    "overloaded",
    "Model overloaded",
    { code: ["overloaded_error", "engine_overloaded", "model_overloaded", "overloaded"] },
    "dependency-down",
    "third-party",
  ),
  ai(
    "overloaded-words",
    "Model overloaded",
    {
      messagePattern: [
        "model is (currently )?overloaded",
        "currently overloaded with other requests",
        "the engine is currently overloaded",
        "^overloaded$",
        "server is overloaded",
      ],
    },
    "dependency-down",
    "third-party",
  ),
  ai(
    "failed",
    "Model failed",
    {
      code: ["server_error", "internal_server_error", "api_error"],
      messagePattern: [
        "the server had an error",
        "internal server error",
        "an error occurred while processing",
      ],
    },
    "transient",
    "third-party",
  ),
  ai("server-error", "Model failed", { code: ["server_error"] }, "transient", "third-party", { weak: true }),
  ai(
    "timeout",
    "Model ran out of time",
    {
      code: ["timeout_error"],
      errorName: ["APIConnectionTimeoutError", "APIError", "Error", "APITimeoutError"],
    },
    "timeout",
    "third-party",
  ),
  ai(
    "timeout-name",
    "Model ran out of time",
    { errorName: ["APIConnectionTimeoutError", "APITimeoutError"] },
    "timeout",
    "third-party",
  ),
  ai(
    "connection-name",
    "No connection to the model",
    { errorName: ["APIConnectionError"] },
    "transient",
    "third-party",
    { byPeer: true },
  ),
  ai(
    "input",
    "Input refused",
    {
      code: `context_length_exceeded string_above_max_length invalid_image invalid_prompt invalid_type
        invalid_value missing_required_parameter unsupported_parameter unsupported_value
        unknown_parameter image_parse_error invalid_base64_image image_too_large request_too_large
        max_tokens_exceeded invalid_function_parameters array_above_max_length empty_array`,
    },
    "invalid-input",
    "data",
  ),
  ai(
    "input-words",
    "Input too long",
    {
      messagePattern: [
        "maximum context length is",
        "prompt is too long",
        "input length and .{1,40} exceed context limit",
        "input token count .{0,60}exceeds the maximum",
        "reduce the length of the messages",
        "request payload size exceeds the limit",
      ],
    },
    "invalid-input",
    "data",
  ),
  ai(
    "policy",
    "Refused by policy",
    {
      code: `content_policy_violation content_filter moderation_blocked ResponsibleAIPolicyViolation
        content_filter_error safety`,
    },
    "invalid-input",
    "data",
  ),
  ai(
    "key",
    "Key or model refused",
    {
      code: `invalid_api_key authentication_error permission_error invalid_organization
        unsupported_country_region_territory mismatched_project incorrect_api_key access_terminated`,
    },
    "permanent",
    "environment",
  ),
  ai(
    "key-words",
    "Key refused",
    {
      messagePattern: [
        "incorrect api key provided",
        "invalid x-api-key",
        "api key not valid",
        "invalid api key",
        "api key (is )?(invalid|expired|missing|revoked)",
        "no api key provided",
        "you must be a member of an organization",
      ],
    },
    "permanent",
    "environment",
  ),
  ai(
    "model",
    "Model not found",
    { code: ["model_not_found", "deployment_not_found", "model_deprecated"] },
    "permanent",
    "environment",
  ),
  ai(
    "model-words",
    "Model not found",
    {
      messagePattern: [
        "the model .{1,100} does not exist",
        "model .{1,100} has been deprecated",
        "model .{1,100} is not found",
      ],
    },
    "permanent",
    "environment",
  ),
  ai("not-found", "Not found", { code: ["not_found_error"] }, "permanent", "data", { weak: true }),
  ai(
    "invalid",
    "Request refused",
    { code: ["invalid_request_error", "invalid_request"] },
    "invalid-input",
    "data",
    { weak: true },
  ),
];

import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const twilio = ruleFamily("twilio", "Twilio error and warning dictionary");
const shopify = ruleFamily(
  "saas",
  "API documentation of Shopify, HubSpot, Salesforce, Notion, Atlassian, SendGrid",
);

/** Twilio and other services by their codes. */
export const otherServiceRules: BuiltInRule[] = [
  twilio(
    "rate",
    "Queue or rate limit",
    { code: ["20429", "14107", "30001", "63018", "63038"] },
    "rate-limited",
    "third-party",
  ),
  twilio(
    "number",
    "Number refused",
    { code: ["21211", "21214", "21217", "21614", "21601", "21602", "21604", "21617"] },
    "invalid-input",
    "data",
  ),
  twilio(
    "recipient",
    "Recipient cannot be reached",
    { code: ["21610", "21612", "30003", "30004", "30005", "30006", "30007", "21408", "30034"] },
    "permanent",
    "data",
  ),
  twilio(
    "auth",
    "Account refused",
    { code: ["20003", "20005", "20006", "21606", "21603", "30002"] },
    "permanent",
    "environment",
  ),
  twilio(
    "failed",
    "Twilio failed",
    { code: ["20500", "20503", "30008", "30500", "11200", "11205"] },
    "transient",
    "third-party",
  ),
  shopify(
    "rate",
    "Rate limited",
    {
      code: "RATE_LIMIT RATE_LIMITS REQUEST_LIMIT_EXCEEDED THROTTLED TEN_SECONDLY_ROLLING SECONDLY",
    },
    "rate-limited",
    "third-party",
  ),
  shopify(
    "locked",
    "Row locked",
    { code: ["UNABLE_TO_LOCK_ROW", "conflict_error", "CONCURRENT_UPDATE", "ENTITY_IS_LOCKED"] },
    "transient",
    "third-party",
  ),
  shopify("down", "Service unavailable", { code: ["SERVER_UNAVAILABLE"] }, "dependency-down", "third-party"),
  shopify(
    "session",
    "Session refused",
    {
      code: `INVALID_SESSION_ID API_DISABLED_FOR_ORG INSUFFICIENT_ACCESS_OR_READONLY INVALID_LOGIN
        restricted_resource object_not_shared MISSING_SCOPES`,
    },
    "permanent",
    "environment",
  ),
  shopify(
    "data",
    "Value refused",
    {
      code: `FIELD_CUSTOM_VALIDATION_EXCEPTION REQUIRED_FIELD_MISSING MALFORMED_ID STRING_TOO_LONG
        INVALID_FIELD INVALID_EMAIL_ADDRESS INVALID_EMAIL DUPLICATE_VALUE PROPERTY_DOESNT_EXIST
        validation_error VALIDATION_ERROR INVALID_VALUE`,
    },
    "invalid-input",
    "data",
  ),
  shopify(
    "gone",
    "Record deleted",
    {
      code: `ENTITY_IS_DELETED INVALID_CROSS_REFERENCE_KEY object_not_found OBJECT_NOT_FOUND
        CONTACT_EXISTS`,
    },
    "permanent",
    "data",
  ),
];

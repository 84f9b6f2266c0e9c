import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const stripe = ruleFamily(
  "stripe",
  "stripe-node src/RequestSender.ts _shouldRetry; Stripe API reference: errors, error codes, decline codes",
);

/** Stripe by error code, decline code and type. */
export const stripeRules: BuiltInRule[] = [
  stripe(
    "lock",
    "Object locked by another request",
    { code: ["lock_timeout", "idempotency_key_in_use"] },
    "transient",
    "third-party",
  ),
  stripe(
    "rate",
    "Rate limited",
    { code: ["rate_limit", "StripeRateLimitError"] },
    "rate-limited",
    "third-party",
  ),
  stripe(
    "processing",
    "Card network failed",
    {
      code: "processing_error issuer_not_available reenter_transaction try_again_later approve_with_id",
    },
    "transient",
    "third-party",
    { source: "Stripe decline codes: next steps try again" },
  ),
  stripe(
    "declined",
    "Card declined",
    {
      code: `insufficient_funds expired_card lost_card stolen_card do_not_honor generic_decline
        fraudulent pickup_card restricted_card call_issuer card_velocity_exceeded card_not_supported
        transaction_not_allowed withdrawal_count_limit_exceeded merchant_blacklist
        authentication_required payment_intent_authentication_failure currency_not_supported
        card_declined balance_insufficient charge_exceeds_source_limit bank_account_declined
        debit_not_authorized payment_method_provider_decline mandate_invalid`,
    },
    "permanent",
    "data",
    { remediation: "Ask the customer for another way to pay." },
  ),
  stripe(
    "card-data",
    "Card data refused",
    {
      code: `incorrect_number invalid_number incorrect_cvc invalid_cvc invalid_expiry_month
        invalid_expiry_year incorrect_zip incorrect_address parameter_invalid_empty
        parameter_invalid_integer parameter_invalid_string_blank parameter_invalid_string_empty
        parameter_missing parameter_unknown parameters_exclusive amount_too_small amount_too_large
        email_invalid postal_code_invalid invalid_charge_amount url_invalid tax_id_invalid
        country_unsupported invalid_amount invalid_account account_number_invalid
        routing_number_invalid invalid_currency`,
    },
    "invalid-input",
    "data",
  ),
  stripe(
    "state",
    "Object missing or in another state",
    {
      code: `resource_missing charge_already_refunded charge_already_captured charge_disputed
        resource_already_exists payment_intent_unexpected_state setup_intent_unexpected_state
        token_already_used coupon_expired customer_max_subscriptions invoice_no_customer_line_items
        invoice_not_editable bank_account_exists account_closed charge_expired_for_capture
        no_account capture_charge_authorization_expired payout_reconciliation_not_ready
        transfer_source_balance_parameters_mismatch`,
    },
    "permanent",
    "data",
  ),
  stripe(
    "key",
    "Key or account refused",
    {
      code: `api_key_expired platform_api_key_expired secret_key_required livemode_mismatch
        testmode_charges_only account_invalid StripeAuthenticationError StripePermissionError
        account_country_invalid_address platform_account_required not_allowed_on_standard_account
        more_permissions_required payouts_not_allowed tls_version_unsupported`,
    },
    "permanent",
    "environment",
  ),
  stripe(
    "idempotency",
    "Idempotency key reused for another request",
    { code: ["idempotency_error", "StripeIdempotencyError"] },
    "bug",
    "code",
    { remediation: "The handler reuses an idempotency key with other parameters." },
  ),
  stripe(
    "connection",
    "No connection to Stripe",
    {
      code: ["StripeConnectionError"],
      messagePattern: ["request aborted due to timeout being reached", "timeout"],
    },
    "timeout",
    "third-party",
  ),
  stripe(
    "connection-lost",
    "No connection to Stripe",
    { code: ["StripeConnectionError"] },
    "transient",
    "third-party",
  ),
  stripe("api", "Stripe failed", { code: ["StripeAPIError", "api_error"] }, "transient", "third-party", {
    weak: true,
  }),
  stripe("card", "Card refused", { code: ["StripeCardError", "card_error"] }, "permanent", "data", {
    weak: true,
  }),
  stripe(
    "invalid-request",
    "Request refused",
    { code: ["StripeInvalidRequestError"] },
    "invalid-input",
    "data",
    { weak: true },
  ),
  stripe(
    "signature",
    "Webhook signature refused",
    { code: ["StripeSignatureVerificationError"] },
    "permanent",
    "data",
  ),
  stripe(
    "declined-words",
    "Card declined",
    {
      messagePattern: [
        "insufficient funds",
        "card was declined",
        "card has expired",
        "card does not support this type of purchase",
      ],
    },
    "permanent",
    "data",
  ),
];

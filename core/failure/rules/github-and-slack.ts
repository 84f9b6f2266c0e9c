import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const github = ruleFamily(
  "github",
  "octokit plugin-throttling and plugin-retry; GitHub REST: rate limits, troubleshooting",
);
const slack = ruleFamily(
  "slack",
  "@slack/web-api src/errors.ts and retry-policies.ts; Slack Web API method errors",
);

/** GitHub by its words, Slack by its codes. */
export const githubAndSlackRules: BuiltInRule[] = [
  github(
    "secondary",
    "Rate limited",
    {
      messagePattern: [
        "secondary rate limit",
        "abuse detection mechanism",
        "api rate limit exceeded",
        "api rate limit (already )?exceeded for",
        "submitted too quickly",
        "you have exceeded a secondary rate limit",
      ],
    },
    "rate-limited",
    "third-party",
  ),
  github(
    "suspended",
    "Access blocked",
    {
      messagePattern: [
        "sorry\\. your account was suspended",
        "resource not accessible by (integration|personal access token)",
        "must have admin rights to repository",
        "bad credentials",
        "protected by organization saml enforcement",
        "oauth app access restrictions",
        "repository access blocked",
        "repository was archived so is read-only",
      ],
    },
    "permanent",
    "environment",
  ),
  github(
    "stale",
    "Branch changed meanwhile",
    {
      messagePattern: [
        "base branch was modified",
        "head branch was modified",
        "update is not a fast forward",
        "is at [0-9a-f]{7,40} but expected",
        "reference update failed",
        "merge already in progress",
      ],
    },
    "transient",
    "third-party",
  ),
  github(
    "validation",
    "Refused as invalid",
    {
      code: ["missing_field", "unprocessable", "custom", "invalid_field"],
      messagePattern: ["validation failed"],
    },
    "invalid-input",
    "data",
  ),
  github(
    "empty",
    "Repository empty or merge blocked",
    {
      messagePattern: [
        "git repository is empty",
        "merge conflict",
        "pull request is not mergeable",
        "reference already exists",
        "no commits between",
        "at least \\d+ approving review",
      ],
    },
    "permanent",
    "data",
  ),
  slack(
    "rate",
    "Rate limited",
    { code: ["ratelimited", "rate_limited", "slack_webapi_rate_limited_error", "message_limit_exceeded"] },
    "rate-limited",
    "third-party",
  ),
  slack(
    "down",
    "Service unavailable",
    { code: ["service_unavailable", "team_added_to_org", "org_login_required"] },
    "dependency-down",
    "third-party",
  ),
  slack(
    "failed",
    "Service failed",
    { code: ["fatal_error", "internal_error", "slack_webapi_request_error"] },
    "transient",
    "third-party",
  ),
  slack("timeout", "Service ran out of time", { code: ["request_timeout"] }, "timeout", "third-party"),
  slack(
    "auth",
    "Token refused",
    {
      code: `invalid_auth not_authed account_inactive token_revoked token_expired no_permission
        missing_scope not_allowed_token_type ekm_access_denied accesslimited
        enterprise_is_restricted restricted_action restricted_action_read_only_channel
        restricted_action_thread_only_channel app_uninstalled team_access_not_granted
        two_factor_setup_required posting_to_general_channel_denied invalid_client_secret
        bad_client_secret`,
    },
    "permanent",
    "environment",
    { remediation: "Install the app again, or give it the scope it lacks." },
  ),
  slack(
    "missing",
    "Channel, user or message missing",
    {
      code: `channel_not_found user_not_found users_not_found is_archived not_in_channel
        message_not_found file_not_found thread_not_found no_service no_team channel_is_archived
        user_disabled user_is_restricted cant_update_message cant_delete_message edit_window_closed
        already_reacted already_in_channel name_taken user_not_in_channel action_prohibited
        team_disabled not_reactable cannot_dm_bot channel_not_archived expired_trigger_id
        trigger_expired method_deprecated deprecated_endpoint`,
    },
    "permanent",
    "data",
  ),
  slack(
    "invalid",
    "Arguments refused",
    {
      code: `invalid_arguments invalid_arg_name invalid_array_arg invalid_charset invalid_form_data
        invalid_post_type missing_post_type no_text msg_too_long msg_blocks_too_long
        too_many_attachments invalid_blocks invalid_blocks_format invalid_attachments
        invalid_payload too_many_contact_cards markdown_text_conflict
        duplicate_message_not_found invalid_metadata_format invalid_name invalid_cursor
        invalid_limit slack_webapi_file_upload_invalid_args_error missing_charset invalid_channel
        invalid_users`,
    },
    "invalid-input",
    "data",
  ),
];

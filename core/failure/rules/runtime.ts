import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const js = ruleFamily(
  "runtime",
  "ECMAScript specification, native errors; V8 message templates; Node.js documentation, errors",
);

/** What the language and its runtime throw. */
export const runtimeRules: BuiltInRule[] = [
  js(
    "property",
    "Property of nothing",
    {
      messagePattern: [
        "cannot (read|set) propert(y|ies) .{0,120}of (undefined|null)",
        "cannot (read|set) propert(y|ies) of (undefined|null)",
        "cannot destructure property",
        "(undefined|null) is not an object",
        "(undefined|null) is not iterable",
        "cannot convert undefined or null to object",
        "undefined is not a function",
      ],
    },
    "bug",
    "code",
  ),
  js(
    "not-function",
    "Not what it was used as",
    {
      errorName: ["TypeError"],
      messagePattern: [
        "is not a (function|constructor)",
        "is not iterable",
        "is not a valid .{1,60}",
        "assignment to constant variable",
        "cannot mix bigint and other types",
        "do not know how to serialize a bigint",
        "reduce of empty array with no initial value",
        "class constructor .{1,80} cannot be invoked without",
        "cannot assign to read only property",
        "cannot add property",
        "cannot redefine property",
        "object is not extensible",
        "illegal invocation",
        "method .{1,80} called on incompatible receiver",
      ],
    },
    "bug",
    "code",
  ),
  js(
    "undefined-name",
    "Name not defined",
    {
      errorName: ["ReferenceError"],
      messagePattern: [
        "is not defined",
        "cannot access .{1,80} before initialization",
        "must call super constructor",
      ],
    },
    "bug",
    "code",
  ),
  js(
    "body-used",
    "Body read twice",
    {
      messagePattern: [
        "body is unusable",
        "body (has )?already been (used|read|consumed)",
        "body used already",
        "body is disturbed or locked",
        "readablestream is locked",
        "cannot set headers after they are sent",
        "write after end",
        "callback called multiple times",
        "cannot use a pool after calling end",
      ],
    },
    "bug",
    "code",
  ),
  js(
    "body-used-code",
    "Stream used wrongly",
    {
      code: `ERR_STREAM_WRITE_AFTER_END ERR_STREAM_ALREADY_FINISHED ERR_MULTIPLE_CALLBACK
        ERR_STREAM_PUSH_AFTER_EOF ERR_BODY_ALREADY_USED ERR_METHOD_NOT_IMPLEMENTED
        ERR_STREAM_NULL_VALUES`,
    },
    "bug",
    "code",
  ),
  js(
    "circular",
    "Circular structure",
    { messagePattern: ["converting circular structure to json", "cyclic object value"] },
    "bug",
    "code",
  ),
  js(
    "stack",
    "Recursion without end",
    { messagePattern: ["maximum call stack size exceeded", "too much recursion"] },
    "bug",
    "code",
  ),
  js(
    "allocation",
    "Memory allocation failed",
    { messagePattern: ["array buffer allocation failed", "cannot allocate memory", "out of memory"] },
    "transient",
    "environment",
  ),
  js(
    "string-length",
    "String too long",
    { messagePattern: ["invalid string length", "cannot create a string longer than"] },
    "bug",
    "code",
  ),
  js(
    "string-length-code",
    "String or buffer too long",
    { code: ["ERR_STRING_TOO_LONG", "ERR_BUFFER_TOO_LARGE", "ERR_FS_FILE_TOO_LARGE"] },
    "invalid-input",
    "data",
  ),
  js("assertion", "Assertion failed", { code: ["ERR_ASSERTION", "ERR_INTERNAL_ASSERTION"] }, "bug", "code"),
  js(
    "assertion-name",
    "Assertion failed",
    {
      errorName: [
        "AssertionError",
        "AssertionError [ERR_ASSERTION]",
        "Invariant Violation",
        "InvariantError",
      ],
    },
    "bug",
    "code",
  ),
  js(
    "assertion-words",
    "Assertion failed",
    {
      messagePattern: [
        "assertion failed",
        "invariant (violation|failed)",
        "unreachable code",
        "should never happen",
        "this should not happen",
      ],
    },
    "bug",
    "code",
  ),
  js(
    "argument",
    "Wrong argument to the runtime",
    {
      code: `ERR_INVALID_ARG_TYPE ERR_INVALID_ARG_VALUE ERR_MISSING_ARGS ERR_OUT_OF_RANGE
        ERR_INVALID_CALLBACK ERR_INVALID_THIS ERR_INVALID_STATE ERR_ILLEGAL_CONSTRUCTOR
        ERR_UNHANDLED_REJECTION ERR_UNHANDLED_ERROR ERR_INVALID_RETURN_VALUE ERR_AMBIGUOUS_ARGUMENT
        ERR_SOCKET_BAD_PORT ERR_INVALID_OPT_VALUE ERR_USE_AFTER_CLOSE ERR_UNKNOWN_ENCODING`,
    },
    "bug",
    "code",
  ),
  js(
    "module",
    "Module missing",
    {
      code: `MODULE_NOT_FOUND ERR_MODULE_NOT_FOUND ERR_PACKAGE_PATH_NOT_EXPORTED ERR_REQUIRE_ESM
        ERR_UNKNOWN_FILE_EXTENSION ERR_UNSUPPORTED_DIR_IMPORT ERR_PACKAGE_IMPORT_NOT_DEFINED`,
    },
    "bug",
    "code",
    { remediation: "The build lacks a module: deploy a complete one." },
  ),
  js(
    "module-words",
    "Module missing",
    { messagePattern: ["cannot find (module|package)", "does not provide an export named"] },
    "bug",
    "code",
  ),
  js("native", "Native library did not load", { code: ["ERR_DLOPEN_FAILED"] }, "permanent", "environment"),
  js(
    "crypto",
    "Key or ciphertext refused",
    {
      code: `ERR_CRYPTO_INVALID_KEYLEN ERR_CRYPTO_INVALID_IV ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE
        ERR_OSSL_BAD_DECRYPT ERR_OSSL_EVP_BAD_DECRYPT ERR_OSSL_EVP_WRONG_FINAL_BLOCK_LENGTH
        ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH`,
    },
    "permanent",
    "data",
  ),
  js(
    "crypto-words",
    "Ciphertext refused",
    { messagePattern: ["unsupported state or unable to authenticate data", "bad decrypt"] },
    "permanent",
    "data",
  ),
  js(
    "encoding",
    "Malformed text",
    {
      messagePattern: [
        "uri malformed",
        "invalid character in header content",
        "the encoded data was not valid for encoding",
        "invalid base64",
        "invalid time value",
        "invalid date",
        "incorrect header check",
        "invalid distance too far back",
        "unknown compression method",
      ],
    },
    "invalid-input",
    "data",
  ),
  js(
    "encoding-code",
    "Malformed data",
    {
      code: `ERR_ENCODING_INVALID_ENCODED_DATA ERR_INVALID_URI Z_DATA_ERROR ERR_INVALID_FILE_URL_PATH
        ERR_INVALID_IP_ADDRESS`,
    },
    "invalid-input",
    "data",
  ),
  js(
    "child",
    "Child process output too large",
    { code: ["ERR_CHILD_PROCESS_STDIO_MAXBUFFER"] },
    "permanent",
    "code",
  ),
  js(
    "command-missing",
    "Command not found",
    { messagePattern: ["spawn .{1,200} enoent", "command not found"] },
    "permanent",
    "environment",
  ),
  js(
    "environment",
    "Setting missing",
    {
      messagePattern: [
        "missing (required )?environment variable",
        "environment variable .{1,80} is (not set|required|missing)",
        "missing required configuration",
        ".{1,80} environment variable is missing",
      ],
    },
    "permanent",
    "environment",
    { remediation: "Set the missing setting of the worker." },
  ),
  js(
    "timeout-name",
    "A timer of ours ran out",
    {
      errorName: "TimeoutError PTimeoutError TimeoutException DeadlineExceededError RequestTimeoutError",
    },
    "timeout",
    "environment",
    { byPeer: true },
  ),
  js(
    "abort-name",
    "Aborted by a timer of ours",
    { errorName: ["AbortError", "CanceledError", "CancelError"] },
    "timeout",
    "environment",
    { byPeer: true, source: "docs/words.md: an abort by our own timer is a timeout" },
  ),
  js(
    "bug-name",
    "Error of the language",
    {
      errorName:
        "TypeError ReferenceError EvalError RangeError SyntaxError InternalError NotImplementedError",
    },
    "bug",
    "code",
  ),
  js("uri-name", "Malformed address", { errorName: ["URIError"] }, "invalid-input", "data"),
  js("file-exists", "File exists already", { messagePattern: ["eexist"] }, "permanent", "environment"),
];

import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const net = ruleFamily("errno", "Node.js documentation, errors: common system errors; libuv uv-errno", {
  errno: true,
  byPeer: true,
});
const file = ruleFamily("errno", "Node.js documentation, errors: common system errors; man errno(3)", {
  errno: true,
});

/** System error numbers of sockets, names and files, as Node.js reports them in `code`. */
export const nodeErrnoRules: BuiltInRule[] = [
  net("reset", "Connection reset", { code: ["ECONNRESET", "WSAECONNRESET"] }, "transient", "environment"),
  net(
    "broken-pipe",
    "Broken pipe",
    { code: ["EPIPE", "ERR_STREAM_PREMATURE_CLOSE"] },
    "transient",
    "environment",
  ),
  net("connection-aborted", "Connection aborted", { code: ["ECONNABORTED"] }, "transient", "environment", {
    source: "axios lib/core/AxiosError.js: ECONNABORTED is a timeout only where the message says so",
  }),
  net(
    "not-connected",
    "Socket not connected",
    { code: ["ENOTCONN", "ESHUTDOWN", "ENETRESET"] },
    "transient",
    "environment",
  ),
  net(
    "refused",
    "Connection refused",
    { code: ["ECONNREFUSED", "WSAECONNREFUSED"] },
    "dependency-down",
    "environment",
    {
      remediation:
        "Nothing listens at that address: check that the service runs and that host and port are right.",
    },
  ),
  net(
    "host-down",
    "Host unreachable",
    { code: ["EHOSTUNREACH", "EHOSTDOWN"] },
    "dependency-down",
    "environment",
  ),
  file(
    "network-down",
    "Network unreachable",
    { code: ["ENETUNREACH", "ENETDOWN", "ENONET"] },
    "dependency-down",
    "environment",
    {
      remediation: "The worker has no route to the network: check its routes, gateway and firewall.",
    },
  ),
  net(
    "timed-out",
    "Connection timed out",
    { code: ["ETIMEDOUT", "ESOCKETTIMEDOUT", "ETIME"] },
    "timeout",
    "environment",
  ),
  net(
    "name-not-found",
    "Name of a known dependency not found",
    {
      code: ["ENOTFOUND", "EAI_NONAME", "EAI_NODATA", "ENODATA", "ENONAME", "ERR_NAME_NOT_RESOLVED"],
      knownPeer: true,
    },
    "dependency-down",
    "environment",
    { source: "docs/words.md: name not found for a known dependency; getaddrinfo(3)" },
  ),
  file(
    "unknown-host",
    "Host name does not exist",
    { code: ["ENOTFOUND", "EAI_NONAME", "EAI_NODATA", "ENODATA", "ENONAME", "ERR_NAME_NOT_RESOLVED"] },
    "permanent",
    "environment",
    { remediation: "The host name has no address: check its spelling, and that its record exists." },
  ),
  file(
    "name-again",
    "Name service did not answer",
    { code: ["EAI_AGAIN", "ESERVFAIL", "EAI_FAIL", "EAI_SYSTEM"] },
    "transient",
    "environment",
    {
      remediation: "The name server answered late or not at all; look at the resolver when it goes on.",
      source: "getaddrinfo(3); c-ares ares_strerror(3)",
    },
  ),
  file("name-timeout", "Name lookup timed out", { code: ["ETIMEOUT"] }, "timeout", "environment", {
    source: "c-ares ares_strerror(3): ARES_ETIMEOUT",
  }),
  file(
    "name-refused",
    "Name server refused",
    { code: ["EREFUSED", "ENOTIMP"] },
    "dependency-down",
    "environment",
  ),
  file(
    "bad-name",
    "Host name is malformed",
    { code: ["EBADNAME", "EBADQUERY", "EBADFAMILY", "EBADHINTS"] },
    "invalid-input",
    "data",
  ),
  file("too-many-files", "Too many open files", { code: ["EMFILE", "ENFILE"] }, "transient", "environment", {
    remediation: "Raise the limit of open files, or lower the concurrency of the worker.",
  }),
  file("no-memory", "Out of memory or buffers", { code: ["ENOMEM", "ENOBUFS"] }, "transient", "environment"),
  file("disk-full", "No space left on device", { code: ["ENOSPC", "EDQUOT"] }, "permanent", "environment", {
    remediation: "Free space on the disk, or raise the quota, then retry.",
  }),
  file("not-found", "File or directory not found", { code: ["ENOENT"] }, "permanent", "environment", {
    remediation: "The path does not exist: restore the file, or correct the path.",
  }),
  file("exists", "File exists already", { code: ["EEXIST", "ENOTEMPTY"] }, "permanent", "environment"),
  file("denied", "Permission denied", { code: ["EACCES", "EPERM"] }, "permanent", "environment", {
    remediation: "Give the worker's user the right it lacks.",
  }),
  file("read-only-disk", "Read-only file system", { code: ["EROFS"] }, "permanent", "environment"),
  file(
    "busy",
    "Resource busy",
    {
      code: "EBUSY ETXTBSY EAGAIN EWOULDBLOCK EINTR EALREADY EINPROGRESS EDEADLK ENOLCK",
    },
    "transient",
    "environment",
  ),
  file("io", "Input or output error", { code: ["EIO", "ESTALE", "EREMOTEIO"] }, "transient", "environment"),
  file("cancelled", "Operation cancelled below us", { code: ["ECANCELED"] }, "transient", "environment"),
  file("protocol", "Protocol error", { code: ["EPROTO"] }, "transient", "environment"),
  file("address-in-use", "Address in use", { code: ["EADDRINUSE"] }, "permanent", "environment"),
  file(
    "no-address",
    "No local address or port left",
    { code: ["EADDRNOTAVAIL"] },
    "transient",
    "environment",
  ),
  file(
    "name-too-long",
    "File name too long",
    { code: ["ENAMETOOLONG", "EFBIG", "EILSEQ", "EMSGSIZE", "E2BIG"] },
    "invalid-input",
    "data",
  ),
  file(
    "wrong-call",
    "Wrong use of a file or socket",
    {
      code: "EISDIR ENOTDIR EBADF EINVAL EXDEV EISCONN ENOTSOCK EDOM EFAULT ESPIPE",
    },
    "bug",
    "code",
  ),
  file(
    "no-device",
    "Device or path broken",
    { code: ["ENODEV", "ENXIO", "ELOOP", "ENOEXEC", "EMLINK"] },
    "permanent",
    "environment",
  ),
  file(
    "not-supported",
    "Operation not supported",
    { code: ["ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EAFNOSUPPORT", "EPROTONOSUPPORT"] },
    "permanent",
    "environment",
  ),
];

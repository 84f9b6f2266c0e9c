import { type BuiltInRule, ruleFamily } from "./built-in-rule.ts";

const tls = ruleFamily(
  "tls",
  "Node.js documentation, tls: X509 certificate error codes; OpenSSL x509_vfy.h",
  { byPeer: true },
);

/** Certificates and the secure handshake. */
export const tlsRules: BuiltInRule[] = [
  tls(
    "expired",
    "Certificate expired",
    { code: ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID", "CRL_HAS_EXPIRED", "CRL_NOT_YET_VALID"] },
    "permanent",
    "third-party",
    { remediation: "The certificate must be renewed by its owner; check the clock of the host too." },
  ),
  tls(
    "revoked",
    "Certificate revoked or rejected",
    { code: ["CERT_REVOKED", "CERT_REJECTED", "CERT_SIGNATURE_FAILURE"] },
    "permanent",
    "third-party",
  ),
  tls(
    "mismatch",
    "Certificate for another name",
    { code: ["ERR_TLS_CERT_ALTNAME_INVALID", "HOSTNAME_MISMATCH", "ERR_TLS_CERT_ALTNAME_FORMAT"] },
    "permanent",
    "third-party",
    { remediation: "The name called is not in the certificate: correct the address or the certificate." },
  ),
  tls(
    "untrusted",
    "Certificate not trusted",
    {
      code: `DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_GET_ISSUER_CERT
        UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_VERIFY_LEAF_SIGNATURE CERT_UNTRUSTED
        CERT_CHAIN_TOO_LONG INVALID_CA INVALID_PURPOSE PATH_LENGTH_EXCEEDED UNABLE_TO_GET_CRL
        ERR_CERT_AUTHORITY_INVALID`,
    },
    "permanent",
    "environment",
    {
      byPeer: false,
      remediation: "Add the issuing authority to what the worker trusts (NODE_EXTRA_CA_CERTS).",
    },
  ),
  tls(
    "handshake",
    "Secure handshake refused",
    {
      code: `ERR_SSL_WRONG_VERSION_NUMBER ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE
        ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION ERR_SSL_UNSUPPORTED_PROTOCOL
        ERR_SSL_NO_PROTOCOLS_AVAILABLE ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED
        ERR_SSL_DH_KEY_TOO_SMALL ERR_SSL_CA_MD_TOO_WEAK ERR_SSL_EE_KEY_TOO_SMALL
        ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE
        ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED ERR_SSL_TLSV1_ALERT_UNKNOWN_CA
        ERR_SSL_TLSV1_UNRECOGNIZED_NAME ERR_SSL_PACKET_LENGTH_TOO_LONG
        ERR_TLS_PROTOCOL_VERSION_CONFLICT ERR_OSSL_PEM_NO_START_LINE ERR_OSSL_UNSUPPORTED
        ERR_OSSL_EVP_UNSUPPORTED ERR_TLS_INVALID_CONTEXT`,
    },
    "permanent",
    "environment",
    { byPeer: false },
  ),
  tls(
    "handshake-timeout",
    "Secure handshake timed out",
    { code: ["ERR_TLS_HANDSHAKE_TIMEOUT"] },
    "timeout",
    "environment",
  ),
  tls(
    "broken",
    "Secure connection broke",
    {
      code: `ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC ERR_SSL_BAD_RECORD_TYPE
        ERR_SSL_UNEXPECTED_EOF_WHILE_READING ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR
        ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC ERR_TLS_SESSION_ATTACK ERR_SSL_DECRYPT_ERROR`,
    },
    "transient",
    "third-party",
  ),
  tls(
    "expired-words",
    "Certificate expired",
    {
      messagePattern: [
        "certificate (has )?expired",
        "certificate is not yet valid",
        "certificate expired on",
        "sslv3 alert certificate expired",
      ],
    },
    "permanent",
    "third-party",
    { remediation: "The certificate must be renewed by its owner; check the clock of the host too." },
  ),
  tls(
    "mismatch-words",
    "Certificate for another name",
    {
      messagePattern: [
        "hostname/ip does not match certificate's altnames",
        "is not in the cert's altnames",
        "certificate is not valid for",
      ],
    },
    "permanent",
    "third-party",
  ),
  tls(
    "untrusted-words",
    "Certificate not trusted",
    {
      messagePattern: [
        "self[- ]signed certificate",
        "unable to get local issuer certificate",
        "unable to verify the first certificate",
        "unable to get issuer certificate",
        "certificate signed by unknown authority",
        "certificate verify failed",
      ],
    },
    "permanent",
    "environment",
    { byPeer: false },
  ),
  tls(
    "handshake-words",
    "Secure handshake refused",
    {
      messagePattern: [
        "wrong version number",
        "alert handshake failure",
        "unsupported protocol version",
        "tlsv1 alert protocol version",
        "no protocols available",
        "unsafe legacy renegotiation disabled",
        "dh key too small",
        "packet length too long",
      ],
    },
    "permanent",
    "environment",
    { byPeer: false },
  ),
  tls(
    "broken-words",
    "Secure connection broke",
    { messagePattern: ["bad record mac", "unexpected eof while reading", "tls connection was closed"] },
    "transient",
    "third-party",
  ),
];

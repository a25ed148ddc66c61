package dev.mystical.scanner.aws;

import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why a call got no answer, as far as its exception tells. */
enum Trip {
  /** There are no credentials to sign it with: nothing was sent. */
  NO_CREDENTIALS,
  /** The host's name is unknown, or it is not whom it should be: nothing was sent. */
  WRONG_HOST,
  /** Refused, cut off, timed out, or answered in a way that cannot be read. */
  LOST;

  static Trip of(RuntimeException e) {
    String message = e.getMessage();
    if (message != null && message.toLowerCase(Locale.ROOT).contains("credentials")) {
      return NO_CREDENTIALS;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException
          || cause instanceof SSLHandshakeException
          || cause instanceof SSLPeerUnverifiedException) {
        return WRONG_HOST;
      }
    }
    return LOST;
  }
}

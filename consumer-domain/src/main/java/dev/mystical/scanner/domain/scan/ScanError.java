package dev.mystical.scanner.domain.scan;

/**
 * Why a run or a scan did not succeed.
 *
 * @param retryable whether the same request may succeed later without a change
 */
public record ScanError(ErrorCode code, String message, boolean retryable) {}

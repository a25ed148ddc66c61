package dev.mystical.scanner.stand.ecs;

/**
 * A RunTask request as it came.
 *
 * @param body its raw text
 * @param clientToken its token, or empty
 * @param startedBy its startedBy, or empty
 * @param accessKeyId who signed it
 * @param source the caller's address and port
 * @param attempt the SDK's {@code amz-sdk-request} header
 */
public record RunTaskCall(
    String body,
    String clientToken,
    String startedBy,
    String accessKeyId,
    String source,
    String attempt) {}

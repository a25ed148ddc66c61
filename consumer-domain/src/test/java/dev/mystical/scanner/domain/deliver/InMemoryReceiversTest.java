package dev.mystical.scanner.domain.deliver;

import java.util.List;

class InMemoryReceiversTest extends WebhookSenderContract {
  private static final String FORBIDDEN = "https://10.0.0.1/";

  private final InMemoryReceivers receivers = new InMemoryReceivers();

  InMemoryReceiversTest() {
    receivers.listen(FORBIDDEN, 200);
    receivers.block(FORBIDDEN, "not public");
  }

  @Override
  protected WebhookSender sender() {
    return receivers;
  }

  @Override
  protected String receiver(int status) {
    String url = "https://example.com/" + status;
    receivers.listen(url, status);
    return url;
  }

  @Override
  protected String nobody() {
    return "https://example.com/nobody";
  }

  @Override
  protected String forbidden() {
    return FORBIDDEN;
  }

  @Override
  protected List<Seen> seen() {
    return receivers.received().stream().map(it -> new Seen(it.id(), it.body())).toList();
  }
}

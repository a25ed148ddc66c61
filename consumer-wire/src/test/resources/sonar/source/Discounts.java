package shop;

class Discounts {
  private Discounts() {}

  static int percent(String code, boolean loyal) {
    String text = null;
    if (loyal) {
      text = code;
    }
    if (text == null && code != null) {
      return text.length();
    }
    return code.hashCode() % 100;
  }
}
